export type { Environment } from "./environment.ts";
export { formatJsonSchema } from "./json-schema.ts";
export { type Loaded, type LoadOptions, loadConfig, parseConfig } from "./load.ts";
export { type ConfigProblem, formatProblem } from "./problem.ts";
export type { Config } from "./schema.ts";
export { createSecret, isSecret, type Secret, secretTexts } from "./secret.ts";
export type { StoreUrl } from "./store-url.ts";
export { type TerminalHints, terminalHints } from "./terminal.ts";
