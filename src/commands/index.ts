export {
  type Command,
  commandSchema,
  defaultSize,
  type ExportCommand,
  type ExportFormat,
  exportFormats,
  type ListCommand,
  limits,
  type SummaryCommand,
  type Topic,
  topics,
} from "./command.ts";
export { type Completion, complete } from "./complete.ts";
export { findKey, isOption, type Key, keyDefinition, optionDefinition, optionsOf } from "./keys.ts";
export { commandText, parseMessage } from "./message.ts";
export { foldWord, nearestWord } from "./nearest.ts";
export { type Parsed, parse, parseFilters } from "./parse.ts";
export { print, printFilters } from "./print.ts";
export type { CommandProblem } from "./problem.ts";
export { commandNames, subcommands } from "./words.ts";
