export { createExporter, type RunningExporter } from "./exporter.ts";
export { placeFile } from "./place-file.ts";
export { unwrittenReason } from "./unwritten.ts";
