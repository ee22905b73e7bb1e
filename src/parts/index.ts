export { openChannels } from "./channels.ts";
export { systemClock } from "./clock.ts";
export { type ChatToTry, openChecks } from "./doctor.ts";
export { createRunner, openFleet, openReader } from "./fleet-source.ts";
export { type InForce, openInForce } from "./in-force.ts";
export type { AppOptions } from "./options.ts";
export { type Reloading, startReloading } from "./reloading.ts";
export { storeLocationOf } from "./store-location.ts";
