export { createLightTracer } from "./light-tracer.ts";
export { type OtelTracer, openOtelTracer, type Trouble } from "./otel-tracer.ts";
export { createTelling } from "./telling-trouble.ts";
