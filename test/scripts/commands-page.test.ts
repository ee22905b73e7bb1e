import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { commandsPage } from "../../scripts/commands-page.ts";
import { optionsOf, parse, topics } from "../../src/commands/index.ts";
import { filterDefinition, filterKeyNames } from "../../src/fleet/index.ts";

const page = commandsPage();
const options = [...new Set(Object.values(optionsOf).flat())];

describe("docs/commands.md", () => {
  test("is the committed one; npm run docs writes it", async () => {
    expect(await readFile(new URL("../../docs/commands.md", import.meta.url), "utf8")).toBe(page);
  });

  test("has a row for every filter and every option", () => {
    for (const key of filterKeyNames) {
      expect(page).toContain(`| \`${key}\` | ${filterDefinition(key).chinese} |`);
    }
    for (const key of options) {
      expect(page).toMatch(new RegExp(`^\\| \`${key}\` \\|`, "m"));
    }
    for (const topic of topics) {
      expect(page).toContain(`\`${topic}\``);
    }
  });

  test("has examples that are commands", () => {
    const spans = [...page.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");
    const indented = [...page.matchAll(/^ {4}(\/.+)$/gm)].map((match) => match[1] ?? "");
    // What asks why of nothing, and what a mistake stands behind, may lack something.
    const begun = ["/why", "/为什么", ...[...page.matchAll(/ after `([^`]+)`:/g)].map((match) => match[1])];
    const mistaken = [...page.matchAll(/^- `(\/[^`]+)`:/gm)].map((match) => match[1]);
    const whole = [...spans, ...indented].filter(
      (text) => /^[/／]\p{L}/u.test(text) && !/[…<[]/.test(text) && ![...begun, ...mistaken].includes(text),
    );
    const rows = [...page.matchAll(/\| `([a-z-]+=[^`]+)` \|$/gm)].map((match) => match[1] ?? "");
    const takers: Readonly<Record<string, string>> = {
      by: "/runtimes summary",
      format: "/runtimes export",
      days: "/runtimes trend",
      for: "/alerts mute all",
      at: "/digest on",
      tz: "/digest on at=09:00",
      until: "/audit",
    };
    const filters = rows.map((text) => `${takers[text.split("=")[0] ?? ""] ?? "/runtimes"} ${text}`);
    expect(whole.length).toBeGreaterThan(8);
    expect(filters).toHaveLength(filterKeyNames.length + options.length);
    for (const text of [...whole, ...filters]) {
      expect([text, parse(text).ok]).toEqual([text, true]);
    }
  });

  test("has mistakes that are mistakes, and names the nearest words", () => {
    const listed = [...page.matchAll(/^- `([^`]+)`(?: after `([^`]+)`)?:(?:.* the nearest is `([^`]+)`)?/gm)];
    expect(listed.length).toBeGreaterThan(5);
    for (const [, wrong = "", after = "/runtimes", nearest] of listed) {
      const parsed = parse(wrong.startsWith("/") ? wrong : `${after} ${wrong}`);
      expect([wrong, parsed.ok]).toEqual([wrong, false]);
      if (nearest !== undefined) {
        expect(!parsed.ok && parsed.problem.nearest).toBe(nearest);
      }
    }
  });
});
