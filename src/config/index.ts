export { type Changes, changesBetween, liveKeys } from "./changes.ts";
export type { Environment } from "./environment.ts";
export { configChecks } from "./examine.ts";
export { formatJsonSchema } from "./json-schema.ts";
export { type Loaded, loadConfig, parseConfig } from "./load.ts";
export { type ConfigProblem, formatProblem } from "./problem.ts";
export type { Config } from "./schema.ts";
export { createSecret, isSecret, secretTexts } from "./secret.ts";
export { type TerminalHints, terminalHints } from "./terminal.ts";
