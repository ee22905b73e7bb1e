import { catalog, type LabelValues, type Metric, type MetricKey, metricName } from "../src/telemetry/index.ts";
import { code, table } from "./markdown.ts";

/** docs/metrics.md, from the table that every metric comes from. */
export function metricsPage(): string {
  const rows = (Object.keys(catalog) as MetricKey[]).map((key) => row(metricName(key), catalog[key]));
  return `${[introduction, table(["metric", "type", "labels", "tells"], rows), notes].join("\n\n")}\n`;
}

const introduction = `<!-- Written by npm run docs from src/telemetry/catalog.ts. Change that. -->

# Metrics

\`GET /metrics\` gives these in the format of Prometheus. [Operations](operations.md#watching-it) says how to load the
dashboard and the alert rules.`;

const notes = `Counters of the channels that are switched on are there at 0 from the start. What is only known where a process scans and
sends, one of all replicas, is not there at the others. A value that is not in the table counts as \`other\` where that is
listed: no text from a chat or from the API ever becomes a label.`;

function row(name: string, metric: Metric): string[] {
  const labels = Object.entries(metric.labels).map(([label, values]) => `${code(label)}: ${valuesOf(values)}`);
  return [code(name), metric.kind === "total" ? "counter" : metric.kind, labels.join("<br>"), metric.help];
}

/** How many values of a label are named; of some there are more than one wants to read. */
const mostNamed = 10;

function valuesOf(values: LabelValues): string {
  if (values === "constant") {
    return "one value";
  }
  const named = values.slice(0, mostNamed).join(", ");
  return values.length > mostNamed ? `${named} and ${values.length - mostNamed} more` : named;
}
