export { openChannels } from "./channels.ts";
export { systemClock } from "./clock.ts";
export { createRunner, openFleet, openReader } from "./fleet-source.ts";
export { type InForce, openInForce } from "./in-force.ts";
export type { AppOptions } from "./options.ts";
