export { createPlayground, type Playground, type PlaygroundOptions } from "./playground.ts";
export type { CardEntry, Entry, PersonEntry } from "./wire.ts";
