import { callOf, isPackage } from "./own-files.ts";

const shared = [
  ["start", "[--config FILE]", "start the bot"],
  ["ask", '"<command>" [--config FILE] [--locale en|zh] [--format text|json|lark|dingtalk]', "answer one command here"],
  ["doctor", "[--config FILE] [--json] [--chat ID]", "check everything that is configured, and say what to do"],
  ["simulate", "[--help]", "serve the simulated App Streaming API alone"],
  ["backup", "--to FILE [--config FILE]", "copy the embedded store, also while the bot runs"],
  ["restore", "--from FILE [--config FILE]", "put such a copy back, while no bot runs"],
] as const;

/** Those that npm needs no name for, as a person has the sources before them. */
const packageOnly = [
  ["init", "", "write app.yaml, with comments, into this directory"],
  ["--version", "", "print the version"],
  ["--help", "", "print this"],
] as const;

/** What can be typed to run Deskhand, as it is called here. */
export function usage(): string {
  const rows = isPackage ? [...shared, ...packageOnly] : shared;
  const lines = rows.map(([command, options, does]) =>
    `  ${callOf(command)}${options}`.trimEnd().concat(`\n      ${does}`),
  );
  return `Usage:\n${lines.join("\n")}\n`;
}
