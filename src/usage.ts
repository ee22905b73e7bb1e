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

/** That there is no such command, the one that was most likely meant, and what can be typed. @param name as it was typed */
export async function notKnown(name: string): Promise<string> {
  const { nearestWord } = await import("./commands/index.ts");
  const near = nearestWord(
    name,
    [...shared, ...packageOnly].map(([command]) => command),
  );
  // Nothing of it may move the cursor or colour the terminal.
  const said = `There is no command "${name.slice(0, longest).replace(/\p{C}/gu, "?")}".`;
  return `${said}${near === undefined ? "" : ` Did you mean ${near}?`}\n\n${usage()}`;
}

/** Characters that are shown of what was typed. */
const longest = 60;
