export {
  type CounterKey,
  catalog,
  type HistogramKey,
  type LabelsOf,
  type MetricKey,
  metricName,
  type ReadKey,
} from "./catalog.ts";
export { type LineAbout, lines } from "./lines.ts";
export { type Meter, noMeter } from "./meter.ts";
export type { LabelValues, Metric } from "./metric.ts";
export { scrub } from "./scrub.ts";
export { type AttributesOf, type SpanAbout, type SpanName, spans } from "./spans.ts";
export { conclude, noTracer, type Place, type Span, type Tracer } from "./tracer.ts";
