import { Hono } from "hono";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import {
  type CounterKey,
  catalog,
  type HistogramKey,
  type LabelValues,
  type Meter,
  type Metric,
  type MetricKey,
  metricName,
  type ReadKey,
} from "../telemetry/index.ts";

/** What Prometheus asks for at GET /metrics, and where parts tell of themselves. */
export interface Metrics extends Meter {
  /** Serves GET /metrics. */
  readonly routes: Hono;
}

export interface MetricsOptions {
  /** The names of the channels that are switched on: what counts for these is there from the start, at 0. */
  readonly channels?: readonly string[] | undefined;
}

type Labels = Readonly<Record<string, string>>;

/** The values of a metric, each by its labels; none while it is not known. */
type Readings = readonly (readonly [Labels, number])[];

/** Creates the metrics of one bot, in a registry of its own. */
export function createMetrics({ channels = [] }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counters = lazily((key: CounterKey) => {
    const counter = new Counter({ ...aboutOf(key), registers });
    return { counter, fold: createFold(catalog[key]) };
  });
  const histograms = lazily((key: HistogramKey) => {
    const { buckets } = catalog[key];
    const histogram = new Histogram({ ...aboutOf(key), buckets: [...buckets], registers });
    return { histogram, fold: createFold(catalog[key]) };
  });
  const reads = new Map<ReadKey, () => unknown>();

  function gauge(key: ReadKey, read: () => unknown): void {
    const isNew = !reads.has(key);
    reads.set(key, read);
    if (isNew) {
      const fold = createFold(catalog[key]);
      const create = catalog[key].kind === "total" ? createTotal : createGauge;
      create(key, { registers, read: () => readSafely(key, fold) });
    }
  }

  /** One metric that cannot be read does not take the others with it. */
  function readSafely(key: ReadKey, fold: (labels: Labels) => Labels): Readings {
    try {
      return readingsOf(reads.get(key)?.(), fold);
    } catch {
      counters("metrics_unread").counter.inc();
      return [];
    }
  }

  for (const key of countersOf(channels)) {
    const { counter } = counters(key);
    for (const labels of combinations(catalog[key].labels, channels)) {
      counter.inc(labels, 0);
    }
  }

  const routes = new Hono();
  routes.get("/metrics", async (context) =>
    context.text(await registry.metrics(), 200, { "content-type": registry.contentType }),
  );
  return {
    count(key, labels) {
      const { counter, fold } = counters(key);
      counter.inc(fold(labels), 1);
    },
    observe(key, value, labels) {
      const { histogram, fold } = histograms(key);
      histogram.observe(fold(labels), value);
    },
    gauge,
    routes,
  };
}

/** Makes what belongs to a key when it is asked for first. */
function lazily<Key extends MetricKey, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    const made = known.get(key) ?? make(key);
    known.set(key, made);
    return made;
  };
}

function aboutOf(key: MetricKey): { name: string; help: string; labelNames: string[] } {
  const { help, labels } = catalog[key];
  return { name: metricName(key), help, labelNames: Object.keys(labels) };
}

interface ReadMetric {
  readonly registers: Registry[];
  readonly read: () => Readings;
}

/** What only grows: its value is what was read, and not what was added. */
function createTotal(key: ReadKey, { registers, read }: ReadMetric): void {
  new Counter({
    ...aboutOf(key),
    registers,
    collect() {
      this.reset();
      const readings = read();
      for (const [labels, value] of readings) {
        this.inc(labels, value);
      }
      if (isUnknown(key, readings)) {
        this.remove();
      }
    },
  });
}

function createGauge(key: ReadKey, { registers, read }: ReadMetric): void {
  new Gauge({
    ...aboutOf(key),
    registers,
    collect() {
      this.reset();
      const readings = read();
      for (const [labels, value] of readings) {
        this.set(labels, value);
      }
      if (isUnknown(key, readings)) {
        this.remove();
      }
    },
  });
}

/** Whether prom-client would show a 0 for what is not known, as it does for what has no labels. */
function isUnknown(key: ReadKey, readings: Readings): boolean {
  return readings.length === 0 && Object.keys(catalog[key].labels).length === 0;
}

function readingsOf(reading: unknown, fold: (labels: Labels) => Labels): Readings {
  if (Array.isArray(reading)) {
    return reading.map(([labels, value]) => [fold(labels), value]);
  }
  return typeof reading === "number" ? [[{}, reading]] : [];
}

/** Puts `other` in the place of what is not listed, so that no text from outside makes a series. */
function createFold({ labels }: Metric): (given: object) => Labels {
  const known = Object.entries(labels).map(([label, values]) => [label, new Set<string>(values)] as const);
  const isConstant = Object.values(labels).includes("constant");
  return (given) => {
    const folded: Record<string, string> = {};
    for (const [label, values] of known) {
      const value = String(Reflect.get(given, label));
      folded[label] = isConstant || values.has(value) ? value : "other";
    }
    return folded;
  };
}

/** The counters that belong to some channels, or to all. */
function countersOf(channels: readonly string[]): readonly CounterKey[] {
  const all: readonly (readonly [string, Metric])[] = Object.entries(catalog);
  const isIn = ({ of, kind }: Metric) => kind === "counter" && (of === undefined || channels.includes(of));
  return all.filter(([, metric]) => isIn(metric)).map(([key]) => key as CounterKey);
}

/** Every combination of values that can come up with some channels. */
function combinations(labels: Metric["labels"], channels: readonly string[]): readonly Labels[] {
  const valuesOf = (label: string, values: LabelValues) =>
    values === "constant"
      ? []
      : values.filter((value) => value !== "other" && (label !== "channel" || channels.includes(value)));
  return Object.entries(labels).reduce<readonly Labels[]>(
    (all, [label, values]) =>
      all.flatMap((one) => valuesOf(label, values).map((value) => ({ ...one, [label]: value }))),
    [{}],
  );
}
