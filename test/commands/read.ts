import { type Command, type CommandProblem, parse, print } from "../../src/commands/index.ts";

/** The command that a text is; fails with the problem when it is none. */
export function commandOf(text: string): Command {
  const parsed = parse(text);
  if (!parsed.ok) {
    throw new Error(`${text}: ${JSON.stringify(parsed.problem)}`);
  }
  return parsed.command;
}

/** The canonical text of what a text says. */
export function canonical(text: string): string {
  return print(commandOf(text));
}

/** What is wrong with a text; fails when nothing is. */
export function problemOf(text: string): CommandProblem {
  const parsed = parse(text);
  if (parsed.ok) {
    throw new Error(`${text} is ${print(parsed.command)}`);
  }
  return parsed.problem;
}

/** What is marked of a text. */
export function marked(text: string): string {
  const { text: shown, span } = problemOf(text);
  return shown.slice(span.start, span.end);
}
