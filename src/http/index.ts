export { createMetrics } from "./metrics.ts";
export { createHttpServer } from "./server.ts";
