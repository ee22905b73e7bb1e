import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { metricsPage } from "../../scripts/metrics-page.ts";
import { catalog, type MetricKey, metricName } from "../../src/telemetry/index.ts";

const page = metricsPage();

test("docs/metrics.md is the committed one; npm run docs writes it", async () => {
  expect(await readFile(new URL("../../docs/metrics.md", import.meta.url), "utf8")).toBe(page);
});

test("docs/metrics.md has a row for every metric", () => {
  for (const key of Object.keys(catalog) as MetricKey[]) {
    expect(page).toContain(`| \`${metricName(key)}\` |`);
  }
});
