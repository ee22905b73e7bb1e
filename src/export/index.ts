export { createExporter, type RunningExporter } from "./exporter.ts";
