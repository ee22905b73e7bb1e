import { describe, expect, test } from "vitest";
import { type Card, toCard } from "../../src/cards/index.ts";
import type { SummaryCommand } from "../../src/commands/index.ts";
import { countRuntimes, type FacetKey, type Facets, type Summary } from "../../src/fleet/index.ts";
import { runtimeOf, runtimesOf } from "../builders.ts";
import { chartOf, headlineOf, pressOf, sentencesOf } from "./read.ts";

function cardOf(summary: Partial<Summary>, command: Partial<SummaryCommand> = {}, canExport = false): Card {
  const whole: Summary = {
    kind: "summary",
    counts: countRuntimes(runtimesOf(10)),
    facets: {},
    counted: "runtimes",
    unreadable: 0,
    complete: true,
    ...summary,
  };
  const whichever: SummaryCommand = { kind: "summary", filters: {}, ...command };
  return toCard({ kind: "summary", command: whichever, summary: whole, canExport }, "en");
}

const facet = (key: FacetKey, ...counts: readonly (readonly [string | undefined, number])[]): Facets => ({
  [key]: counts.map(([label, count]) => ({ values: label === undefined ? [] : [label], label, count })),
});

describe("the headline of a summary", () => {
  test("says how many run and how many are at risk in which way", () => {
    const runtimes = [
      ...runtimesOf(2),
      runtimeOf({ status: "Stopped", risks: ["model-modified"] }),
      runtimeOf({ status: "Pending", risks: ["agent-uninstalled"] }),
    ];
    const card = cardOf({ counts: countRuntimes(runtimes) });
    expect(headlineOf(card)).toEqual([
      "4 runtimes",
      "2 running",
      "1 stopped",
      "1 other",
      "2 at risk",
      "1 agent uninstalled",
      "1 model changed",
    ]);
    expect(card.header).toMatchObject({
      colour: "red",
      tags: [
        { text: "2 at risk", colour: "red" },
        { text: "2 running", colour: "green" },
      ],
    });
  });

  test("has a colour that says what holds", () => {
    const colourOf = (runtimes: Parameters<typeof countRuntimes>[0], about: Partial<Summary> = {}) =>
      cardOf({ counts: countRuntimes(runtimes), ...about }).header.colour;
    expect(colourOf(runtimesOf(2))).toBe("green");
    expect(colourOf(runtimesOf(2, { risks: ["model-modified"] }))).toBe("orange");
    expect(colourOf(runtimesOf(2), { complete: false })).toBe("orange");
    expect(colourOf(runtimesOf(2), { unreadable: 1 })).toBe("orange");
    expect(colourOf(runtimesOf(2, { risks: undefined }))).toBe("blue");
    expect(colourOf([])).toBe("grey");
  });

  test("says nothing of risk where the API said nothing", () => {
    const card = cardOf({ counts: countRuntimes(runtimesOf(2, { risks: undefined })) });
    expect(headlineOf(card)).toEqual(["2 runtimes", "2 running"]);
    expect(sentencesOf(card)).toEqual(["The API said nothing on the risk of 2 runtimes."]);
  });
});

describe("a chart of a summary", () => {
  test("has slices that lead to the list of what was counted", () => {
    const card = cardOf({ facets: facet("status", ["Running", 8], ["Stopped", 2]) }, { filters: { os: ["Linux"] } });
    expect(chartOf(card, "Status")).toEqual({
      kind: "chart",
      shape: "donut",
      title: "Status",
      total: 10,
      slices: [
        { label: "Running", value: 8, colour: "green", command: "/runtimes status=Running os=Linux" },
        { label: "Stopped", value: 2, colour: "grey", command: "/runtimes status=Stopped os=Linux" },
      ],
    });
  });

  test("leads nowhere from a value that no filter knows", () => {
    const chart = chartOf(cardOf({ facets: facet("status", ["Migrating", 10]) }), "Status");
    expect(chart?.slices).toEqual([{ label: "Migrating", value: 10, colour: "blue", command: undefined }]);
  });

  test("counts what was not told apart from what is without risk", () => {
    const runtimes = [...runtimesOf(6), ...runtimesOf(4, { risks: undefined })];
    const facets = facet("risk", [undefined, 10]);
    const chart = chartOf(cardOf({ counts: countRuntimes(runtimes), facets }), "Risk");
    expect(chart?.slices.map(({ label, value, command }) => [label, value, command])).toEqual([
      ["no risk", 6, "/runtimes risk=no"],
      ["unknown", 4, undefined],
    ]);
  });

  test("adds up what it has no room for, so that nothing is missing", () => {
    const counts = Array.from({ length: 12 }, (_, index): [string, number] => [`v${index}`, 1]);
    const chart = chartOf(cardOf({ facets: facet("version", ...counts) }), "Version");
    expect(chart?.slices).toHaveLength(8);
    expect(chart?.slices.at(-1)).toMatchObject({ label: "Others", value: 5 });
  });

  test("says that a runtime may count twice only when one does", () => {
    const note = "A runtime with several agents or channels counts under each.";
    expect(sentencesOf(cardOf({ facets: facet("provider", ["OpenClaw", 7], ["HermesAgent", 5]) }))).toContain(note);
    expect(sentencesOf(cardOf({ facets: facet("provider", ["OpenClaw", 7], ["HermesAgent", 3]) }))).not.toContain(note);
  });

  test("of the one value that was asked for is left out, unless it was asked for", () => {
    const facets = facet("status", ["Running", 10]);
    expect(chartOf(cardOf({ facets }, { filters: { status: ["Running"] } }), "Status")).toBeUndefined();
    expect(chartOf(cardOf({ facets }, { filters: { status: ["Running"] }, by: "status" }), "Status")).toBeDefined();
  });
});

test("a summary leads to its list, and to itself anew", () => {
  const card = cardOf({}, { filters: { risk: ["yes"] }, by: "version" });
  expect(pressOf(card, "Refresh")).toBe("/runtimes summary risk=yes by=version");
  expect(pressOf(card, "List")).toBe("/runtimes risk=yes");
});

test("a summary by totals says how it was counted", () => {
  expect(sentencesOf(cardOf({ counted: "totals" }))).toEqual([
    "The list is long: it was counted by the API's totals, without reading every runtime.",
  ]);
});

test("a summary of nothing says so", () => {
  const card = cardOf({ counts: countRuntimes([]), facets: facet("status", ["Running", 0]) });
  expect(headlineOf(card)).toEqual(["0 runtimes"]);
  expect(sentencesOf(card)).toEqual(["No runtime matches."]);
  expect(chartOf(card, "Status")).toBeUndefined();
});

test("what a summary counts can be had as a file where that is allowed", () => {
  const about: Partial<SummaryCommand> = { filters: { status: ["Running"] }, by: "version" };
  expect(pressOf(cardOf({}, about, true), "Export")).toBe("/runtimes export status=Running");
  expect(pressOf(cardOf({}, about), "Export")).toBeUndefined();
  expect(pressOf(cardOf({ counts: countRuntimes([]) }, about, true), "Export")).toBeUndefined();
});
