export { type Attributes, noTracer, type Span, type Tracer } from "./tracer.ts";
