export { createMetrics, type Metrics } from "./metrics.ts";
export { createHttpServer } from "./server.ts";
