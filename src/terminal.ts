import process from "node:process";

/** Prints a line of an answer. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a line that is none of the answer: what went wrong, or how it goes. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Exit codes: 0 done, 1 the command was bad or something failed, 2 the call or the configuration was bad. */
export type ExitCode = 0 | 1 | 2;
