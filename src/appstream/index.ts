export { createAppStream } from "./appstream.ts";
export { fleetChecks } from "./examine.ts";
export type { AppStream, AppStreamOptions, Log } from "./options.ts";
export { parseRow } from "./row.ts";
export { hostOf } from "./sdk.ts";
