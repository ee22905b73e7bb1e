export { createPlayground, type Playground } from "./playground.ts";
export type { Entry } from "./wire.ts";
