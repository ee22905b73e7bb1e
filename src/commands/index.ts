export {
  type AlertsOnCommand,
  type Command,
  commandSchema,
  type DeskCommand,
  type DigestOnCommand,
  defaultSize,
  defaultTrendDays,
  type ExportCommand,
  type ExportFormat,
  everything,
  exportFormats,
  type FleetCommand,
  isForDesk,
  type ListCommand,
  limits,
  muteTimes,
  type SummaryCommand,
  type Topic,
  type TrendCommand,
  topics,
  type WhyCommand,
  type Weekday,
  weekdays,
} from "./command.ts";
export { type Completion, complete } from "./complete.ts";
export { findKey, isOption, type Key, keyDefinition, optionDefinition, optionsOf } from "./keys.ts";
export { commandText, parseMessage } from "./message.ts";
export { foldWord, nearestWord } from "./nearest.ts";
export { type Parsed, parse, parseFilters } from "./parse.ts";
export { print, printFilters } from "./print.ts";
export type { CommandProblem } from "./problem.ts";
export { commandNames, subcommands } from "./words.ts";
