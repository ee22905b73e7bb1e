import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { logsPage } from "../../scripts/logs-page.ts";
import { lines } from "../../src/telemetry/index.ts";

test("docs/logs.md is the committed one; npm run docs writes it", async () => {
  expect(await readFile(new URL("../../docs/logs.md", import.meta.url), "utf8")).toBe(logsPage());
});

test("docs/logs.md has a row for every line that stays as it is", () => {
  for (const msg of Object.keys(lines)) {
    expect(logsPage()).toContain(`| \`${msg}\` |`);
  }
});
