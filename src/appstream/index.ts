export { createAppStream } from "./appstream.ts";
export type { AppStream, AppStreamOptions, Log } from "./options.ts";
export { parseRow } from "./row.ts";
