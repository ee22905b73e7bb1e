export { pressables } from "./card.ts";
export type { Disturbance } from "./connection.ts";
export { createFakeLark, type FakeLark } from "./fake-lark.ts";
export { runLoad } from "./load.ts";
export type { ShownMessage } from "./messages.ts";
export { documentedLimits, type FakeLarkOptions } from "./options.ts";
export type { Writing } from "./people.ts";
export type { Pressed } from "./press.ts";
