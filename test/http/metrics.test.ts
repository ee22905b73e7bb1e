import { describe, expect, test } from "vitest";
import { createMetrics, type Metrics } from "../../src/http/index.ts";
import { catalog, type MetricKey, metricName } from "../../src/telemetry/index.ts";

const read = async (metrics: Metrics) => (await metrics.routes.request("/metrics")).text();
const series = (text: string) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

describe("GET /metrics", () => {
  test("counts by labels, under names that begin with deskhand_", async () => {
    const metrics = createMetrics();
    metrics.count("sends", { channel: "lark", act: "send", outcome: "ok" });
    metrics.count("sends", { channel: "lark", act: "send", outcome: "ok" });
    metrics.count("api_retries", {});
    const text = await read(metrics);
    expect(text).toContain('deskhand_sends_total{channel="lark",act="send",outcome="ok"} 2');
    expect(text).toContain("\ndeskhand_api_retries_total 1\n");
    expect(series(text).every((line) => line.startsWith("deskhand_"))).toBe(true);
  });

  test("shows in buckets how large something was", async () => {
    const metrics = createMetrics();
    metrics.observe("command_duration_seconds", 0.02, { command: "list" });
    const text = await read(metrics);
    expect(text).toContain('deskhand_command_duration_seconds_bucket{le="0.01",command="list"} 0');
    expect(text).toContain('deskhand_command_duration_seconds_bucket{le="0.025",command="list"} 1');
    expect(text).toContain('deskhand_command_duration_seconds_sum{command="list"} 0.02');
  });

  test("shows numbers as they are when they are read, and none that is not known", async () => {
    let watches: number | undefined = 3;
    let kinds: readonly (readonly [{ readonly urgency: "person" | "scan" }, number])[] = [[{ urgency: "scan" }, 1]];
    const metrics = createMetrics();
    metrics.gauge("watches", () => watches);
    metrics.gauge("api_queue", () => kinds);
    expect(await read(metrics)).toContain("\n# TYPE deskhand_watches gauge\ndeskhand_watches 3\n");
    watches = undefined;
    kinds = [[{ urgency: "person" }, 2]];
    const text = await read(metrics);
    expect(series(text).filter((line) => /deskhand_(?:watches|api_queue)\b/.test(line))).toEqual([
      'deskhand_api_queue{urgency="person"} 2',
    ]);
  });

  test("reads a number from who gave it last", async () => {
    const metrics = createMetrics();
    metrics.gauge("leading", () => 1);
    metrics.gauge("leading", () => 0);
    expect(await read(metrics)).toContain("\ndeskhand_leading 0\n");
  });

  test.each(["leading", "process_cpu_seconds"] as const)(
    "leaves out %s while it cannot be read, counts that, and shows all the others",
    async (key) => {
      let fault = true;
      const metrics = createMetrics();
      metrics.gauge("watches", () => 3);
      metrics.gauge(key, () => {
        if (fault) {
          throw new Error("It cannot be read.");
        }
        return 7;
      });
      metrics.gauge("api_rate", () => 5);
      const response = await metrics.routes.request("/metrics");
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toContain("\ndeskhand_watches 3\n");
      expect(text).toContain("\ndeskhand_api_rate 5\n");
      expect(series(text).filter((line) => line.startsWith(`${metricName(key)} `))).toEqual([]);
      fault = false;
      const later = await read(metrics);
      expect(later).toContain(`\n${metricName(key)} 7\n`);
      expect(later).toContain("\ndeskhand_metrics_unread_total 1\n");
    },
  );

  test("calls what only grows a counter, also where it is read", async () => {
    const metrics = createMetrics();
    metrics.gauge("process_cpu_seconds", () => 1.5);
    await read(metrics);
    expect(await read(metrics)).toContain(
      "\n# TYPE deskhand_process_cpu_seconds_total counter\ndeskhand_process_cpu_seconds_total 1.5\n",
    );
  });

  test("has every counter of the channels that are on at 0 from the start, and none of the others", async () => {
    const text = await read(createMetrics({ channels: ["lark"] }));
    expect(text).toContain('deskhand_sends_total{channel="lark",act="file",outcome="final"} 0');
    expect(text).toContain('deskhand_lark_calls_total{call="create",outcome="rate"} 0');
    expect(text).toContain('deskhand_api_calls_total{outcome="denied"} 0');
    expect(text).not.toContain("dingtalk");
    expect(text).not.toContain("playground");
  });

  test("two bots in one process do not share their metrics", async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.count("api_retries", {});
    expect(await read(other)).not.toContain("\ndeskhand_api_retries_total 1\n");
  });

  test("has a bounded number of series, whatever comes from outside", async () => {
    const channels = ["playground", "lark", "dingtalk"];
    const metrics = createMetrics({ channels });
    const hostile = ['x"} 1\nevil 1', "__proto__", "constructor", "", "🙂", ...Array.from({ length: 500 }, String)];
    for (const channel of hostile) {
      metrics.count("arrivals", { channel, kind: "message" });
      metrics.count("commands", { channel, command: "none", outcome: "problem" });
      metrics.observe("click_duration_seconds", 1, { channel });
    }
    metrics.gauge("part_ready", () => hostile.map((part) => [{ part }, 1]));
    const text = await read(metrics);
    expect(text).toContain('deskhand_arrivals_total{channel="other",kind="message"} 505');
    expect(text).not.toContain("evil");
    expect(series(text).length).toBeLessThan(2_000);
  });
});

describe("the catalog", () => {
  const keys = Object.keys(catalog) as MetricKey[];

  test.each(keys)("%s is named after the conventions of Prometheus, and says what it tells", (key) => {
    const name = metricName(key);
    const { kind, help, labels } = catalog[key];
    expect(name).toMatch(/^deskhand_[a-z][a-z0-9_]*$/);
    expect(name.endsWith("_total")).toBe(kind === "counter" || kind === "total");
    expect(kind === "histogram" ? /_(?:seconds|bytes)$/.test(name) : true).toBe(true);
    expect(help).toMatch(/\.$|^1; /);
    for (const [label, values] of Object.entries(labels)) {
      expect(label).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(values === "constant" || new Set(values).size === values.length).toBe(true);
    }
  });
});
