import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { catalog, type LabelValues, type Metric, type MetricKey, metricName } from "../../src/telemetry/index.ts";
import { readPromql } from "./promql.ts";

const fileOf = (path: string) => new URL(`../../deploy/${path}`, import.meta.url);
const textOf = (path: string) => readFile(fileOf(path), "utf8");

/** Labels that Prometheus adds, and `le` of histograms. */
const added = ["job", "instance", "le"];

/** The names of all series, each with the metric that it belongs to. */
const series = new Map<string, Metric>(
  (Object.keys(catalog) as MetricKey[]).flatMap((key): [string, Metric][] => {
    const metric: Metric = catalog[key];
    const name = metricName(key);
    const parts = metric.kind === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    return parts.map((part) => [`${name}${part}`, metric]);
  }),
);

/** What is wrong with an expression, seen from the catalog. */
function faultsOf(expression: string): readonly string[] {
  const { wrong, metrics, labels } = readPromql(expression);
  const own = metrics.filter((name) => name !== "up");
  const known = new Map<string, LabelValues>(own.flatMap((name) => Object.entries(series.get(name)?.labels ?? {})));
  return [
    ...(wrong === undefined ? [] : [`cannot be read: ${wrong}`]),
    ...own.filter((name) => !series.has(name)).map((name) => `no metric: ${name}`),
    ...labels.flatMap(({ label, values }) => {
      const possible = known.get(label);
      if (possible === undefined) {
        return added.includes(label) ? [] : [`no label: ${label}`];
      }
      return values.filter((value) => !possible.includes(value)).map((value) => `no value of ${label}: ${value}`);
    }),
  ];
}

const targetSchema = z.object({
  expr: z.string(),
  datasource: z.object({ uid: z.string().regex(/^\$\{datasource\}$/) }),
});
const panelSchema = z.object({
  id: z.int().positive(),
  type: z.enum(["row", "stat", "timeseries"]),
  title: z.string().min(1),
  datasource: z.object({ uid: z.string().regex(/^\$\{datasource\}$/) }).optional(),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  targets: z.array(targetSchema).optional(),
});
const dashboardSchema = z.object({
  uid: z.literal("deskhand"),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(panelSchema),
});

const rulesSchema = z.object({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Deskhand[A-Za-z]+$/),
          expr: z.string(),
          for: z.string().regex(/^\d+[smh]$/),
          labels: z.strictObject({ severity: z.enum(["critical", "warning"]) }),
          annotations: z.strictObject({
            summary: z.string().min(1),
            description: z.string().min(1),
            runbook: z.string().min(1),
          }),
        }),
      ),
    }),
  ),
});

test("a wrong name, label or value of an expression is found", () => {
  expect(faultsOf("sum(rate(deskhand_nothing_total[5m]))")).toEqual(["no metric: deskhand_nothing_total"]);
  expect(faultsOf('deskhand_watches{chat="x"}')).toEqual(["no label: chat"]);
  expect(faultsOf('rate(deskhand_sends_total{outcome=~"ok|bad"}[5m])')).toEqual(["no value of outcome: bad"]);
  expect(faultsOf("sum(deskhand_watches")[0]).toContain("cannot be read");
});

describe("the dashboard", async () => {
  const dashboard = dashboardSchema.parse(JSON.parse(await textOf("grafana/deskhand.json")));
  const panels = dashboard.panels.filter(({ type }) => type !== "row");

  test.each(panels.map(({ title, targets = [] }) => ({ title, targets })))(
    "asks for what there is: $title",
    (panel) => {
      expect(panel.targets.length).toBeGreaterThan(0);
      expect(panel.targets.flatMap(({ expr }) => faultsOf(expr))).toEqual([]);
    },
  );

  test("asks the data source that is chosen, and gives each panel its own id and place", () => {
    expect(dashboard.templating.list[0]).toMatchObject({ name: "datasource", type: "datasource" });
    expect(panels.every(({ datasource }) => datasource !== undefined)).toBe(true);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(dashboard.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });
});

describe("the alert rules", async () => {
  const { groups } = rulesSchema.parse(parse(await textOf("prometheus/alerts.yaml")));
  const rules = groups.flatMap((group) => group.rules);

  test.each(rules)("ask for what there is: $alert", ({ expr, annotations }) => {
    expect(faultsOf(expr)).toEqual([]);
    const shown = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1] ?? "");
    const named = readPromql(expr).labels.map(({ label }) => label);
    expect(shown.filter((label) => label !== "instance" && !named.includes(label))).toEqual([]);
  });

  test("have each its own name", () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  test("pass the tool of Prometheus, where that is installed", async ({ skip }) => {
    const run = promisify(execFile);
    const installed = await run("promtool", ["--version"]).then(
      () => true,
      () => false,
    );
    skip(!installed, "promtool is not installed");
    const { stdout } = await run("promtool", ["check", "rules", fileOf("prometheus/alerts.yaml").pathname]);
    expect(stdout).toContain("SUCCESS");
  });
});
