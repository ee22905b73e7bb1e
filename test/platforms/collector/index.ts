export { type Collector, createCollector, type ReceivedSpan } from "./collector.ts";
