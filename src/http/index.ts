export { portCheck } from "./examine.ts";
export { createMetrics, type Metrics } from "./metrics.ts";
export { createProcessMetrics } from "./process-metrics.ts";
export { createHttpServer } from "./server.ts";
