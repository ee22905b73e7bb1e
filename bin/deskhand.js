#!/usr/bin/env node
// The program of the package. Plain JavaScript for any Node from 20: it finds a Node 24 and gives way to it, with the flags
// with which npm runs the same command.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const neededMajor = 24;
/** The commands that are scripts of package.json as well; the others there are for who changes the sources. */
const commands = ["start", "ask", "doctor", "simulate", "backup", "restore"];
const root = fileURLToPath(new URL("..", import.meta.url));
const given = process.argv.slice(2);
// Without a command it starts: `npx deskhand` is all that somebody has to know.
const args = given.length === 0 || given[0].startsWith("--config") ? ["start", ...given] : given;

const main = join(root, "dist/src/main.js");
const node = newEnough() ? process.execPath : broughtAlong();
if (!existsSync(main)) {
  fail(`${main} is not there: this is no whole package. In the sources, \`npm start\` starts the bot.`);
} else if (node === undefined) {
  fail(
    [
      `Node ${neededMajor} is needed, and this is ${process.version}.`,
      "The package `node` brings it in its install script, which did not run. Install Deskhand again and allow that script",
      `(npm's option --ignore-scripts=false, or --allow-scripts=node), or install Node ${neededMajor} yourself.`,
    ].join("\n  "),
  );
} else {
  run(node, [...flags(args[0]), main, ...args]);
}

function newEnough() {
  return Number(process.versions.node.split(".")[0]) >= neededMajor;
}

/** The Node that a package of Deskhand's brings. */
function broughtAlong() {
  try {
    const manifest = createRequire(import.meta.url).resolve("node/package.json");
    const file = join(dirname(manifest), "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The flags of a command's script in package.json, which is what npm runs; those of a usual one where it has none there. */
function flags(command) {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const words = scripts[commands.includes(command) ? command : "simulate"].split(" ");
  const own = words.filter((word) => word.startsWith("--") && !word.startsWith("--import="));
  return [...own, `--import=${new URL("../scripts/keep-compiled.js", import.meta.url).href}`];
}

/** Becomes that process where Node can; elsewhere starts it, passes signals on, and ends as it does. */
function run(file, words) {
  if (process.execve !== undefined && process.platform !== "win32") {
    process.execve(file, [file, ...words], process.env);
  }
  const child = spawn(file, words, { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", (error) => fail(`${file} could not be started: ${error.message}`));
  child.on("close", (code, signal) => {
    // As a shell says it of a process that a signal ended.
    process.exitCode = code ?? (signal === "SIGKILL" ? 137 : 1);
  });
}

function fail(text) {
  process.stderr.write(`deskhand: ${text}\n`);
  process.exitCode = 1;
}
