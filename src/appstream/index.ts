export { createAppStream } from "./appstream.ts";
export type { AppStream, AppStreamOptions, AppStreamStats, Credentials, Log } from "./options.ts";
export { parseRow } from "./row.ts";
