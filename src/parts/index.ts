export { accessOf } from "./access.ts";
export { openAlerts } from "./alerts.ts";
export { openChannels } from "./channels.ts";
export { systemClock } from "./clock.ts";
export { createRunner, openFleet, openReader } from "./fleet-source.ts";
export type { AppOptions } from "./options.ts";
