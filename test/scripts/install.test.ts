import { spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("../../scripts/install.js", import.meta.url));
/** The Node that runs the tests is 24 or later; the tool under test is run by it. */
const node = process.execPath;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "deskhand-install-"));
  for (const folder of ["scripts", "own"]) {
    mkdirSync(join(root, folder));
  }
  copyFileSync(script, join(root, "scripts/install.js"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module", dependencies: { one: "1.0.0" } }));
  lock("1.0.0");
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function lock(version: string): void {
  const packages = { "": { dependencies: { one: "1.0.0" } }, "node_modules/one": { version } };
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
}

function program(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A person's own Node of this version; asked to run a file, it runs it. */
function ownNode(version: string): void {
  program("own/node", `if [ "$1" = --version ]; then echo ${version}; else exec "${node}" "$@"; fi`);
}

/** What stands in for npm: notes that it ran, and leaves a node_modules whose `node` says the version (none: no file). */
function npm(version: string | undefined): string {
  const file = join(root, "npm-cli.js");
  const brings =
    version === undefined ? "" : `writeFileSync(bin + "/node", "#!/bin/sh\\necho ${version}\\n", { mode: 0o755 });`;
  writeFileSync(
    file,
    `import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
     appendFileSync("ran", process.argv.slice(2, 3) + "\\n");
     const bin = "node_modules/.bin";
     rmSync("node_modules", { recursive: true, force: true });
     mkdirSync(bin, { recursive: true });
     ${brings}`,
  );
  return file;
}

function runs(): number {
  return existsSync(join(root, "ran")) ? readFileSync(join(root, "ran"), "utf8").trim().split("\n").length : 0;
}

/** Runs the tool to its end. */
function install(npmFile: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const path = [join(root, "node_modules/.bin"), join(root, "own"), "/usr/bin", "/bin"].join(delimiter);
  const child = spawn(node, [join(root, "scripts/install.js")], {
    env: { PATH: path, npm_execpath: npmFile },
    timeout: 15_000,
  });
  let output = "";
  child.stdout.on("data", (data) => {
    output += data;
  });
  child.stderr.on("data", (data) => {
    output += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

describe.skipIf(process.platform === "win32")("the installation before a script", () => {
  it("installs once, says so in one line, and is silent from then on", async () => {
    ownNode("v20.1.0");
    const first = await install(npm("v24.1.0"));
    expect(first.output).toMatch(/^deskhand: installing .* done in \d+\.\d s\n$/);
    expect(first.code).toBe(0);
    expect(await install(npm("v24.1.0"))).toEqual({ code: 0, output: "" });
    expect(runs()).toBe(1);
  });

  it("has the sources read once, with the flags of the start", async () => {
    ownNode("v24.1.0");
    const start = "exec node --no-warnings --expose-gc src/main.ts start --config app.yaml";
    writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module", scripts: { start } }));
    writeFileSync(
      join(root, "scripts/compile.ts"),
      `import { appendFileSync } from "node:fs"; appendFileSync("compiled", process.execArgv.join() + "\\n");`,
    );
    await install(npm(undefined));
    await install(npm(undefined));
    expect(readFileSync(join(root, "compiled"), "utf8")).toBe("--no-warnings,--expose-gc\n");
  });

  it("does without where they cannot be read", async () => {
    ownNode("v24.1.0");
    writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module", scripts: { start: "node a.ts" } }));
    writeFileSync(join(root, "scripts/compile.ts"), "throw new Error('broken');");
    expect((await install(npm(undefined))).code).toBe(0);
  });

  it("installs again when the lock file changed", async () => {
    ownNode("v20.1.0");
    await install(npm("v24.1.0"));
    lock("1.0.1");
    await install(npm("v24.1.0"));
    expect(runs()).toBe(2);
  });

  it("installs once for two that start at the same time", async () => {
    ownNode("v20.1.0");
    const file = npm("v24.1.0");
    const both = await Promise.all([install(file), install(file)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs()).toBe(1);
  });

  it("takes over from one that was killed", async () => {
    ownNode("v20.1.0");
    const gone = spawn(node, ["--version"]);
    await new Promise((resolve) => gone.on("close", resolve));
    mkdirSync(join(root, ".deskhand-install.lock"));
    writeFileSync(join(root, ".deskhand-install.lock/owner"), `${gone.pid}@${hostname()}`);
    expect((await install(npm("v24.1.0"))).code).toBe(0);
    expect(existsSync(join(root, ".deskhand-install.lock"))).toBe(false);
  });

  it("accepts what somebody installed by hand", async () => {
    ownNode("v24.0.0");
    mkdirSync(join(root, "node_modules"));
    writeFileSync(
      join(root, "node_modules/.package-lock.json"),
      JSON.stringify({ packages: { "node_modules/one": { version: "1.0.0" } } }),
    );
    expect(await install(npm("v24.1.0"))).toEqual({ code: 0, output: "" });
    expect(runs()).toBe(0);
  });

  it("leaves a person's own Node in force when that is new enough", async () => {
    ownNode("v26.0.0");
    expect((await install(npm("v24.1.0"))).code).toBe(0);
    expect(existsSync(join(root, "node_modules/.bin/node"))).toBe(false);
  });

  it("says what to do when npm ignored the install script of node", async () => {
    ownNode("v20.1.0");
    const { code, output } = await install(npm(undefined));
    expect(code).toBe(1);
    expect(output).toContain("only v20.1.0");
    expect(output).toContain("npm rebuild node --ignore-scripts=false");
  });

  it("shows what npm said when it failed, and leaves no mark", async () => {
    ownNode("v20.1.0");
    const file = join(root, "npm-cli.js");
    writeFileSync(file, 'console.error("no space left"); process.exit(3);');
    const { code, output } = await install(file);
    expect(code).toBe(1);
    expect(output).toMatch(/failed after .*npm ended with 3\nno space left/);
    expect(existsSync(join(root, "node_modules/.deskhand-install"))).toBe(false);
  });
});
