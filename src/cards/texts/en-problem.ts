import { type CommandProblem, printDuration } from "../../commands/index.ts";

const targets: Readonly<Record<Extract<CommandProblem, { kind: "missing-target" }>["target"], string>> = {
  runtime: "Which runtime? Its name or its id is missing.",
  alert: "Which alert? Its id is missing; it stands on the alert's card.",
  "runtime-or-alert": "Which runtime or which alert? Its name or its id is missing.",
  "runtime-or-all": "Which runtime? Give its name or its id, or “all”.",
};

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
    case "unknown-choice":
      return `“${it.word}” is nothing that ${it.command} knows: it takes ${either(it.allowed)}.`;
    case "nothing-more":
      return `“${it.word}” does not belong here: this command is complete without it.`;
    case "unknown-topic":
      return `There is no help on “${it.word}”.`;
    case "unknown-key":
      return `There is no filter “${it.word}”.`;
    case "key-elsewhere":
      return `“${it.key}” cannot be used in this command.`;
    case "missing-target":
      return targets[it.target];
    case "missing-name":
      return "The view needs a name, in quotation marks where it has spaces.";
    case "missing-filters":
      return "A view without filters would show everything: add at least one, for example status=Running.";
    case "missing-time":
      return "When? A digest needs a time of the day, for example at=09:00.";
    case "reserved-name":
      return `A view cannot be called “${it.word}”: that is a word of this command.`;
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
    case "bad-time":
      return `“${it.word}” is no time of the day: write it as 09:00.`;
    case "bad-zone":
      return `“${it.word}” is no time zone: write its name, for example Asia/Shanghai.`;
    case "bad-place":
      return `“${it.word}” is no place in an audit: the buttons Previous and Next write it. Without it, an audit begins with the newest.`;
    case "bad-duration":
      return `“${it.word}” is no such duration: write 30m, 2h or 1d12h, from ${printDuration(it.least)} to ${printDuration(it.most)}.`;
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
