import { execFile } from "node:child_process";
import { cp, glob, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLockFile, shippedPackages } from "../../scripts/lock-file.ts";
import { runIn } from "../e2e/process.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const call = promisify(execFile);

let place: string;
/** Where somebody has installed the package. */
let home: string;
let tarball: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "deskhand-package-"));
  home = join(place, "home");
  const sources = join(place, "sources");
  await mkdir(sources);
  // Of a copy, as what is packed may not disturb what others run from the sources at the same time.
  const left = new Set(["node_modules", "data", "dist", ".git", "test", "bench", "soak"]);
  for (const name of (await readdir(root)).filter((entry) => !left.has(entry))) {
    await cp(join(root, name), join(sources, name), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(sources, "node_modules"));
  // What `prepack` does, without the installation that npm makes sure of before.
  for (const script of ["build", "sbom"]) {
    await call(process.execPath, ["--no-warnings", `scripts/${script}.ts`], { cwd: sources });
  }
  await call("npm", ["pack", "--ignore-scripts", "--pack-destination", place], { cwd: sources });
  tarball = join(place, (await readdir(place)).find((name) => name.endsWith(".tgz")) ?? "none");
  await install();
}, 120_000);

afterAll(() => rm(place, { recursive: true, force: true }));

/** Unpacks the package where npm would, and beside it links the packages that it says it needs: there is no registry to ask. */
async function install(): Promise<void> {
  const folder = join(home, "node_modules/deskhand");
  await mkdir(folder, { recursive: true });
  await call("tar", ["--extract", "--strip-components=1", `--directory=${folder}`, `--file=${tarball}`]);
  const lock = readLockFile(await readFile(join(root, "package-lock.json"), "utf8"));
  // Without the package `node`: the Node that runs the tests is new enough.
  const folders = Object.keys(shippedPackages(lock)).filter((name) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(name));
  for (const name of folders.filter((path) => path !== "node_modules/node")) {
    const present = await stat(join(root, name)).catch(() => undefined);
    if (present !== undefined) {
      await mkdir(dirname(join(home, name)), { recursive: true });
      await symlink(join(root, name), join(home, name));
    }
  }
}

const program = "node_modules/deskhand/bin/deskhand.js";
const deskhand = (...args: readonly string[]) => runIn(home, process.execPath, [program, ...args]);

async function contents(): Promise<readonly string[]> {
  const { stdout } = await call("tar", ["--list", `--file=${tarball}`]);
  return stdout
    .trim()
    .split("\n")
    .map((name) => name.replace(/^package\//, ""));
}

describe("the package", () => {
  it("is small, and carries no sources, no tests and no pictures", async () => {
    const names = await contents();
    expect(
      names.filter((name) => /^(src|adapters|test|bench|soak)\/|\.tsx?$|\.png$|scripts\/install/.test(name)),
    ).toEqual([]);
    expect((await stat(tarball)).size).toBeLessThan(1_500_000);
  });

  it("carries every module, the page, the configuration, the documents and the bill of materials", async () => {
    const names = new Set(await contents());
    const modules: string[] = [];
    for await (const name of glob("{src,adapters}/**/*.ts", { cwd: root })) modules.push(name);
    const rest = ["app.yaml", "app.schema.json", "package.json", "sbom.json", "adapters/playground/page/index.html"];
    const wanted = [
      ...modules.map((name) => `dist/${name.replace(/\.ts$/, ".js")}`),
      ...rest.map((name) => `dist/${name}`),
      ...["bin/deskhand.js", "README.md", "LICENSE", "CHANGELOG.md", "docs/operations.md"],
    ];
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it("has no packages of development, and no script that runs when it is installed", async () => {
    const { scripts, private: hidden } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const installing = ["preinstall", "install", "postinstall", "prepare"].filter((name) => name in scripts);
    expect([installing, hidden]).toEqual([[], undefined]);
    expect(scripts.prepack).toBe("npm run --silent build && npm run --silent sbom");
  });

  it("lists in its bill of materials every package that is installed with it, by version", async () => {
    const bom = JSON.parse(await readFile(join(home, "node_modules/deskhand/dist/sbom.json"), "utf8"));
    const listed = new Set(bom.components.map(({ purl }: { readonly purl: string }) => decodeURIComponent(purl)));
    const lock = readLockFile(await readFile(join(root, "package-lock.json"), "utf8"));
    const missing = Object.entries(shippedPackages(lock))
      .map(([folder, { version }]) => `pkg:npm/${folder.replace(/^.*node_modules\//, "")}@${version}`)
      .filter((purl) => !listed.has(purl));
    expect([bom.metadata.component.name, missing]).toEqual(["deskhand", []]);
  });
});

// Each starts a process or two, on a machine that may be busy.
describe("the program of the package", { timeout: 60_000 }, () => {
  it("starts without any configuration, says which one it takes, serves its page, is copied while it runs, and ends with 0", async () => {
    const bot = runIn(home, "/usr/bin/env", ["PORT=0", process.execPath, program]);
    const [, url = ""] = await bot.printed(/Playground: (http:\/\/127\.0\.0\.1:\d+)/);
    const page = await (await fetch(`${url}/`)).text();
    const [, script = ""] = /src="([^"]+\.js)"/.exec(page) ?? [];
    const served = await fetch(new URL(script, url));
    expect([served.status, served.headers.get("content-type")]).toEqual([200, "text/javascript; charset=utf-8"]);
    expect(await served.text()).not.toContain('.ts"');
    const backup = await deskhand("backup", "--to", "copy.db").finished;
    expect([backup.code, backup.stdout]).toEqual([0, expect.stringContaining("copy.db now")]);
    bot.signal("SIGTERM");
    const { code, stderr } = await bot.finished;
    expect(code).toBe(0);
    expect(stderr).toContain("There is no app.yaml in this directory");
    expect((await stat(join(home, "data/deskhand.db"))).isFile()).toBe(true);
    const restore = await deskhand("restore", "--from", "copy.db").finished;
    expect([restore.code, restore.stdout]).toEqual([0, expect.stringContaining("What was there before is in")]);
  });

  it("answers a command in the terminal", async () => {
    const { code, stdout } = await deskhand("ask", "/runtimes size=3").finished;
    expect([code, stdout]).toEqual([0, expect.stringContaining("Page 1 of 80")]);
  });

  it("writes a configuration to change, and overwrites none", async () => {
    const first = await deskhand("init").finished;
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining("deskhand start")]);
    await writeFile(join(home, "app.yaml"), "locale: zh\n");
    const second = await deskhand("init").finished;
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining("app.yaml was not written")]);
    expect(await readFile(join(home, "app.yaml"), "utf8")).toBe("locale: zh\n");
    expect((await stat(join(home, "app.schema.json"))).isFile()).toBe(true);
    await rm(join(home, "app.yaml"));
  });

  it("says its version and what can be typed, and refuses what it does not know", async () => {
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    expect(await deskhand("--version").finished).toMatchObject({ code: 0, stdout: `${version}\n` });
    expect((await deskhand("--help").finished).stdout).toContain("deskhand restore --from FILE");
    for (const unknown of ["dance", "lint", "constructor"]) {
      expect(await deskhand(unknown).finished).toMatchObject({
        ...{ code: 2, stdout: "" },
        stderr: expect.stringMatching(new RegExp(`^There is no command "${unknown}"[^\\n]*\\n+Usage:`)),
      });
    }
  });
});
