// Installs what package-lock.json names, when it is not there already. npm runs this before every script of the project,
// so it is plain JavaScript for any Node from 20 and any npm from 9, and returns at once when nothing is to be done.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { delimiter, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

const neededMajor = 24;
const deadline = 10 * 60_000;
const root = realpathSync(fileURLToPath(new URL("..", import.meta.url)));
const modules = join(root, "node_modules");
const bin = join(modules, ".bin");
const markFile = join(modules, ".deskhand-install");
const lockFolder = join(root, ".deskhand-install.lock");
const windows = process.platform === "win32";

const key = installKey();
// Where this very process is new enough, `node` of the script that follows is too: npm finds both in the same place.
if (readMark() !== key || !newEnough(process.version)) {
  process.exitCode = await install();
}

async function install() {
  if (!(await takeLock())) {
    say(`another installation has held ${lockFolder} for ${deadline / 60_000} minutes. Remove it if none is running.`);
    return 1;
  }
  try {
    const own = ownNode();
    if (!installed() || (!newEnough(own.version) && !existsSync(join(bin, "node")))) {
      if (!(await runNpm(own.path))) {
        return 1;
      }
    }
    writeFileSync(markFile, key);
    if (newEnough(own.version)) {
      for (const name of ["node", "node.cmd", "node.ps1"]) {
        rmSync(join(bin, name), { force: true });
      }
    }
    const code = checkNode(own);
    if (code === 0) {
      await compile(own);
    }
    return code;
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

/** What an installation depends on. Scripts and descriptions may change without one. */
function installKey() {
  const { dependencies, devDependencies, overrides, allowScripts } = JSON.parse(read("package.json"));
  return createHash("sha256")
    .update(JSON.stringify({ dependencies, devDependencies, overrides, allowScripts }))
    .update(read("package-lock.json"))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
}

function read(name) {
  return readFileSync(join(root, name), "utf8");
}

function readMark() {
  return existsSync(markFile) ? readFileSync(markFile, "utf8") : undefined;
}

/** Whether node_modules is what the lock file says, by the mark or because somebody ran npm by hand. */
function installed() {
  if (readMark() === key) {
    return true;
  }
  const tree = join(modules, ".package-lock.json");
  if (!existsSync(tree)) {
    return false;
  }
  const present = JSON.parse(readFileSync(tree, "utf8")).packages;
  const { "": project, ...wanted } = JSON.parse(read("package-lock.json")).packages;
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  return (
    isDeepStrictEqual([project.dependencies, project.devDependencies], [dependencies, devDependencies]) &&
    Object.entries(wanted).every(([path, { version, optional }]) => optional || present[path]?.version === version)
  );
}

/** The `node` of the person, which is not the one that this project brings. */
function ownNode() {
  const name = windows ? "node.exe" : "node";
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file) && !realpathSync(file).startsWith(modules + sep));
  return path === undefined ? { path: process.execPath, version: "" } : { path, version: versionOf(path) };
}

function versionOf(node, options = {}) {
  return (spawnSync(node, ["--version"], { encoding: "utf8", timeout: 10_000, ...options }).stdout ?? "").trim();
}

function newEnough(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) >= neededMajor;
}

/** `npm ci` in one line of output; what npm printed is shown only when it failed. */
async function runNpm(node) {
  const started = Date.now();
  process.stderr.write("deskhand: installing the packages of package-lock.json … ");
  const flags = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath ?? "";
  const byFile = /npm-cli\.c?js$/.test(npm);
  // Without this project's own bin folder: npm is about to delete the Node in it.
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== bin);
  const child = spawn(byFile ? node : "npm", byFile ? [npm, ...flags] : flags, {
    cwd: root,
    env: { ...process.env, PATH: path.join(delimiter) },
    stdio: ["ignore", "pipe", "pipe"],
    shell: windows && !byFile,
    timeout: deadline,
  });
  const stop = () => child.kill();
  process.on("SIGINT", stop).on("SIGTERM", stop);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-20_000);
    });
  }
  const outcome = await new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code === 0 ? "" : `npm ended with ${signal ?? code}`));
  });
  process.off("SIGINT", stop).off("SIGTERM", stop);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stderr.write(
    outcome === "" ? `done in ${seconds} s\n` : `failed after ${seconds} s: ${outcome}\n${output}\n`,
  );
  return outcome === "";
}

/** Has the sources read with the flags of `npm start`, so that its first time is as quick and as small as the others. */
async function compile(own) {
  const file = join(root, "scripts", "compile.ts");
  if (!existsSync(file)) {
    return;
  }
  const { start } = JSON.parse(read("package.json")).scripts;
  // V8 takes only what it has compiled with the same flags; every word with dashes before the program is one.
  const flags = start
    .split(/ \S+\.ts/, 1)[0]
    .split(" ")
    .filter((word) => word.startsWith("--"));
  const node = existsSync(join(bin, "node")) ? join(bin, "node") : own.path;
  const child = spawn(node, [...flags, file], { cwd: root, stdio: "ignore", timeout: 60_000 });
  // Nothing depends on it: what is not compiled now is when it is needed.
  await new Promise((resolve) => child.on("error", resolve).on("close", resolve));
}

/** Whether `node` is new enough for what follows, as npm will find it. */
function checkNode(own) {
  const path = [bin, process.env.PATH].join(delimiter);
  const version = versionOf("node", { env: { ...process.env, PATH: path }, shell: windows });
  if (newEnough(version)) {
    return 0;
  }
  say(
    [
      `Node ${neededMajor} is needed, and there is ${own.version === "" ? "none" : `only ${own.version}`}.`,
      "The package `node` brings it in its install script, which did not run. If npm is told to ignore install scripts,",
      "allow this one with `npm rebuild node --ignore-scripts=false`,",
      `or install Node ${neededMajor} yourself; then run the same command again.`,
    ].join("\n  "),
  );
  return 1;
}

/** Waits while another process installs. False when that takes too long. */
async function takeLock() {
  const until = Date.now() + deadline;
  const owner = join(lockFolder, "owner");
  while (Date.now() < until) {
    try {
      mkdirSync(lockFolder);
      writeFileSync(owner, `${process.pid}@${hostname()}`);
      return true;
    } catch (error) {
      if (error.code !== "EEXIST") {
        throw error;
      }
    }
    if (abandoned(owner)) {
      // Renaming is atomic: of several that find it abandoned, one removes it.
      const aside = `${lockFolder}.${process.pid}`;
      try {
        renameSync(lockFolder, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {
        // Another process was faster.
      }
    } else {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return false;
}

/** Whether the lock's owner is gone: its process is, or it is older than any installation may last. */
function abandoned(owner) {
  try {
    if (Date.now() - statSync(lockFolder).mtimeMs > deadline + 60_000) {
      return true;
    }
    const [pid, host] = readFileSync(owner, "utf8").split("@");
    if (host !== hostname()) {
      return false;
    }
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function say(text) {
  process.stderr.write(`deskhand: ${text}\n`);
}
