import { constants } from "node:fs";
import { copyFile } from "node:fs/promises";
import { callOf, ownFile } from "./own-files.ts";
import { complain, type ExitCode, say } from "./terminal.ts";

/** `init`: writes a configuration with comments into the present directory, and its schema for editors. Overwrites nothing. */
export async function runInit(argv: readonly string[]): Promise<ExitCode> {
  if (argv.length > 0) {
    complain(`init takes no options: it writes app.yaml and app.schema.json into the present directory.`);
    return 2;
  }
  const written: string[] = [];
  for (const name of ["app.yaml", "app.schema.json"] as const) {
    try {
      await copyFile(ownFile(name), name, constants.COPYFILE_EXCL);
      written.push(name);
    } catch (error) {
      complain(`${name} was not written: ${isThere(error) ? "it is there already" : "this directory takes no file"}.`);
    }
  }
  if (!written.includes("app.yaml")) {
    return 1;
  }
  say(`${written.join(" and ")} ${written.length === 1 ? "is" : "are"} here now. As it stands, it needs no account:`);
  say(`  ${callOf("start").trim()}`);
  say(
    "then open the address that it prints. app.yaml says in its comments how to ask about a fleet of your own, and from",
  );
  say(`Lark and DingTalk. \`${callOf("doctor").trim()}\` says what is missing.`);
  return 0;
}

function isThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
