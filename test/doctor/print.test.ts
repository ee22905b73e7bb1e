import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { inert } from "../../adapters/terminal/index.ts";
import { createPrinter, type Finding, reportOf, summaryLine } from "../../src/doctor/index.ts";

const plain = { colour: false, inert };
const findings: readonly Finding[] = [
  { part: "store", check: "tables", state: "ok", says: "The tables are up to date." },
  { part: "fleet", check: "permission", state: "failed", says: "It is denied.", todo: "Allow it." },
  { part: "fleet", check: "OpenClaw", state: "skipped", says: "This can be seen once permission is well." },
  { part: "fleet", check: "乌龟", state: "note", says: "There is none." },
];
const checks = findings.map(({ part, check: name }) => ({ part, name }));

test("each finding is a line with a sign, in columns, and what to do stands on the next one", () => {
  expect(findings.map(createPrinter(checks, plain)).join("\n")).toBe(
    [
      "✓ store  tables      The tables are up to date.",
      "✗ fleet  permission  It is denied.",
      "                     → Allow it.",
      "- fleet  OpenClaw    This can be seen once permission is well.",
      "! fleet  乌龟        There is none.",
    ].join("\n"),
  );
});

test("colour is there only where it is wanted", () => {
  const [, failed] = findings.map(createPrinter(checks, { ...plain, colour: true }));
  expect(failed).toContain("\u001b[31m✗\u001b[0m");
  expect(findings.map(createPrinter(checks, plain)).join("")).not.toContain("\u001b");
});

test("whatever a finding says, it is one line that does nothing to a terminal, and one more for what to do", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (says, name) => {
      const finding: Finding = { part: "fleet", check: name, state: "failed", says, todo: says };
      const lines = createPrinter([{ part: "fleet", name }], plain)(finding).split("\n");
      expect(lines).toHaveLength(2);
      expect(lines.join("")).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 30 },
  );
});

test("columns keep their places whatever the names of checks are", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1 }), (names) => {
      const line = createPrinter(
        names.map((name) => ({ part: "fleet", name })),
        plain,
      );
      const starts = names.map((name) => {
        const text = line({ part: "fleet", check: name, state: "ok", says: "SAYS" });
        return stringWidth(text.slice(0, text.lastIndexOf("SAYS")));
      });
      expect(new Set(starts).size).toBe(1);
    }),
    { numRuns: 20 },
  );
});

test.each([
  ["All is well.", { ok: 3 }],
  ["All is well, with 1 note.", { note: 1 }],
  ["1 thing needs you.", { failed: 1 }],
  ["2 things need you, with 3 notes; 4 more cannot be seen before that.", { failed: 2, note: 3, skipped: 4 }],
])("the last line is: %s", (line, counts) => {
  expect(summaryLine({ ok: 0, note: 0, failed: 0, skipped: 0, ...counts })).toBe(line);
});

test("a report counts the findings, and is good when none of them failed", () => {
  expect(reportOf(findings)).toEqual({ ok: false, count: { ok: 1, note: 1, failed: 1, skipped: 1 }, findings });
  expect(reportOf([]).ok).toBe(true);
});
