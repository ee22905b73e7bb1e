import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { tracingPage } from "../../scripts/tracing-page.ts";
import { spans } from "../../src/telemetry/index.ts";

test("docs/tracing.md is what the tables say", async () => {
  expect(await readFile(new URL("../../docs/tracing.md", import.meta.url), "utf8")).toBe(tracingPage());
});

test("every span and every attribute is on the page", () => {
  const names = Object.entries(spans).flatMap(([name, { attributes }]) => [name, ...Object.keys(attributes)]);
  expect(names.filter((name) => !tracingPage().includes(`\`${name}\``))).toEqual([]);
});
