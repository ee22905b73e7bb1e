export {
  type AlertsOnCommand,
  type AuditCommand,
  type Command,
  commandSchema,
  type DeskCommand,
  type DigestOnCommand,
  defaultAuditDays,
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
  type Weekday,
  type WhyCommand,
  weekdays,
} from "./command.ts";
export { type Completion, complete } from "./complete.ts";
export { printDuration } from "./duration.ts";
export { findKey, isOption, type Key, keyDefinition } from "./keys.ts";
export { commandText, parseMessage } from "./message.ts";
export { foldWord, nearestWord } from "./nearest.ts";
export { type OptionKey, optionDefinition, optionsOf } from "./options.ts";
export { type Parsed, parse, parseFilters } from "./parse.ts";
export { print, printFilters, quote } from "./print.ts";
export type { CommandProblem } from "./problem.ts";
export { printTime } from "./time-of-day.ts";
export { daysWords, printDays } from "./weekdays.ts";
export {
  alertsWords,
  type CommandWord,
  commandNames,
  digestWords,
  languages,
  subcommands,
  viewWords,
} from "./words.ts";
export { nearestZone, zoneOf } from "./zone.ts";
