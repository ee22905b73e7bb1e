import type { CommandProblem } from "../../commands/index.ts";

const number = new Intl.NumberFormat("en");
const either = (words: readonly string[]): string => new Intl.ListFormat("en", { type: "disjunction" }).format(words);

/** What is wrong with a command, in a sentence. */
export function problemInEnglish(it: CommandProblem): string {
  switch (it.kind) {
    case "not-a-command":
      return "A command begins with a slash, for example /runtimes.";
    case "too-long":
      return `This is too long for a command: ${number.format(it.limit)} characters at most.`;
    case "unclosed-quote":
      return "This quotation mark is never closed.";
    case "unknown-command":
      return `There is no command “${it.word}”.`;
    case "unknown-word":
      return `“${it.word}” does not belong here: filters are written key=value, a value with spaces in quotation marks.`;
    case "unknown-topic":
      return `There is no help on “${it.word}”.`;
    case "unknown-key":
      return `There is no filter “${it.word}”.`;
    case "planned":
      return `This version of Deskhand does not know “${it.word}” yet.`;
    case "key-elsewhere":
      return `“${it.key}” cannot be used in this command.`;
    case "missing-target":
      return "Which runtime? Its name or its id is missing.";
    case "missing-value":
      return it.allowed.length === 0
        ? `“${it.key}” needs a value.`
        : `“${it.key}” needs a value, such as ${either(it.allowed)}.`;
    case "bad-value":
      return `“${it.word}” is not a value of “${it.key}”: it can be ${either(it.allowed)}.`;
    case "not-whole":
      return it.greatest > 0
        ? `“${it.key}” is a whole number from 1 to ${number.format(it.greatest)}.`
        : `“${it.key}” is a whole number.`;
    case "value-too-long":
      return `This value is too long: ${number.format(it.limit)} characters at most.`;
    case "too-many-values":
      return `“${it.key}” takes ${number.format(it.limit)} values at most.`;
    case "one-value":
      return `“${it.key}” takes one value, once.`;
    case "exclusive":
      return `“${it.key}” is either yes, or no, or names: these cannot be mixed.`;
    case "contradiction":
      return `“${it.key}=no” leaves out what “${it.other}” asks for.`;
  }
}
