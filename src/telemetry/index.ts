export {
  type CounterKey,
  catalog,
  type HistogramKey,
  type LabelsOf,
  type MetricKey,
  metricName,
  type ReadKey,
} from "./catalog.ts";
export { type Meter, noMeter } from "./meter.ts";
export type { LabelValues, Metric } from "./metric.ts";
export { type Attributes, noTracer, type Span, type Tracer } from "./tracer.ts";
