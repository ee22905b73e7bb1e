import { describe, expect, test } from "vitest";
import { type Answer, type Locale, toCard } from "../../../src/cards/index.ts";
import type { RuntimeCounts } from "../../../src/fleet/index.ts";
import { blocksOfKind, buttonsOf, chartOf, headlineOf, sentencesOf } from "../read.ts";

type Digest = Extract<Answer, { kind: "digest" }>;

const hour = 60 * 60_000;
/** 30 November 2025, 09:00 in Shanghai. */
const slot = Date.UTC(2025, 10, 30, 1);

function countsOf(about: Partial<RuntimeCounts> = {}): RuntimeCounts {
  return {
    ...{ runtimes: 240, running: 186, stopped: 54, other: 0, atRisk: 0, riskUnknown: 0 },
    risks: { "agent-uninstalled": 0, "model-modified": about.atRisk ?? 0, "channel-modified": 0 },
    ...about,
  };
}

function summaryOf(counts: RuntimeCounts): Digest["summary"] {
  const status = [
    { values: ["Running"], label: "Running", count: counts.running },
    { values: ["Stopped"], label: "Stopped", count: counts.stopped },
  ];
  const version = [{ values: ["1"], label: "1", count: 3 }];
  return { counts, facets: { status, version }, counted: "runtimes", unreadable: 0, complete: true };
}

function cardOf(about: Partial<Digest>, locale: Locale = "en") {
  return toCard(
    {
      ...{ kind: "digest", slot, zone: "Asia/Shanghai", filter: "", late: 0, skipped: [], last: undefined },
      summary: summaryOf(countsOf({ atRisk: 12 })),
      ...about,
    },
    locale,
  );
}

describe("a digest", () => {
  test("says first what is at risk, and how many more that is than in the last one", () => {
    const card = cardOf({ last: { slot: slot - 24 * hour, counts: countsOf({ atRisk: 9, running: 190 }) } });
    expect(sentencesOf(card)[0]).toBe("12 are at risk, 3 more than yesterday.");
    expect(headlineOf(card)).toEqual([
      "240 runtimes",
      "186 running (−4)",
      "54 stopped",
      "12 at risk (+3)",
      "12 model changed (+3)",
    ]);
    expect(sentencesOf(card)).toContain("Changes are since 29 Nov 09:00.");
  });

  test.each([
    [0, { atRisk: 0 }, "Nothing is at risk, as many as yesterday."],
    [1, { atRisk: 3 }, "1 is at risk, 2 fewer than yesterday."],
  ])("has %i at risk in good English", (atRisk, before, sentence) => {
    const last = { slot: slot - 24 * hour, counts: countsOf(before) };
    expect(sentencesOf(cardOf({ summary: summaryOf(countsOf({ atRisk })), last }))[0]).toBe(sentence);
  });

  test("names the time of the last one where that is not yesterday", () => {
    const card = cardOf({ last: { slot: slot - 72 * hour, counts: countsOf() } });
    expect(sentencesOf(card)[0]).toBe("12 are at risk, 12 more than on 27 Nov 09:00.");
  });

  test("knows yesterday by the calendar of its zone, also where a day is an hour shorter", () => {
    const zone = "America/New_York";
    // The clocks went forward in the night of 9 March 2025.
    const [before, after] = [Date.UTC(2025, 2, 8, 14), Date.UTC(2025, 2, 9, 13)];
    const card = cardOf({ zone, slot: after, last: { slot: before, counts: countsOf({ atRisk: 12 }) } });
    expect(sentencesOf(card)[0]).toBe("12 are at risk, as many as yesterday.");
  });

  test("compares nothing when it is the first one", () => {
    expect(sentencesOf(cardOf({}))).toEqual(["12 are at risk.", "30 Nov 09:00 (GMT+8)"]);
  });

  test("says nothing of risk when nothing is known of it", () => {
    const counts = countsOf({ riskUnknown: 240 });
    const last = { slot: slot - 24 * hour, counts };
    const sentences = sentencesOf(cardOf({ summary: summaryOf(counts), last }));
    expect(sentences.some((one) => /Nothing is at risk|as many/.test(one))).toBe(false);
  });

  test("draws status and risk alone, and leads from there to the list", () => {
    const card = cardOf({ filter: "group=rg-1" });
    expect(blocksOfKind(card, "chart").map(({ title }) => title)).toEqual(["Status"]);
    expect(chartOf(card, "Status")?.slices[0]?.command).toBe("/runtimes status=Running group=rg-1");
  });

  test("says when it was due, how late it is, and what was left out", () => {
    const sentences = sentencesOf(cardOf({ late: 25, skipped: [slot - 48 * hour, slot - 24 * hour] }));
    expect(sentences).toContain("Due 30 Nov 09:00 (GMT+8), 25 min late");
    expect(sentences).toContain("Left out since the last one: 28 Nov 09:00, 29 Nov 09:00.");
  });

  test("says so when the fleet did not answer", () => {
    const card = cardOf({ summary: undefined });
    expect(card.header.colour).toBe("orange");
    expect(sentencesOf(card)[0]).toBe("The fleet did not answer: there are no counts this time.");
    expect(headlineOf(card)).toEqual([]);
  });

  test("leads to what is at risk, to the list and to the summary, each with its filter", () => {
    expect(buttonsOf(cardOf({ filter: "status=Running" })).map(({ label, command }) => [label, command])).toEqual([
      ["Risks", "/runtimes status=Running risk=yes"],
      ["List", "/runtimes status=Running"],
      ["Summary", "/runtimes summary status=Running"],
    ]);
  });

  test("does without buttons where its filter cannot be read any more", () => {
    const card = cardOf({ filter: "statsu=Running" });
    expect(buttonsOf(card)).toEqual([]);
    expect(sentencesOf(card)).toContain("Of statsu=Running");
  });

  test("speaks Chinese", () => {
    const card = cardOf({ last: { slot: slot - 24 * hour, counts: countsOf({ atRisk: 9 }) }, late: 5 }, "zh");
    expect(card.header.title).toBe("代理运行时日报");
    expect(sentencesOf(card)[0]).toBe("12 个运行时存在风险，比昨天多 3 个。");
    expect(sentencesOf(card)).toContain("应于 11月30日 09:00（GMT+8）发送，晚了 5 分钟");
  });
});
