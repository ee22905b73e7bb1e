import { describe, expect, test } from "vitest";
import { type Answer, type Locale, type TrendPoint, toCard } from "../../../src/cards/index.ts";
import { blocksOfKind, buttonsOf, headlineOf, pickerOf, pressOf, sentencesOf } from "../read.ts";

type Trend = Extract<Answer, { kind: "trend" }>;

const hour = 60 * 60_000;
/** 30 November 2025, 14:02 in Shanghai. */
const now = Date.UTC(2025, 10, 30, 6, 2);

/** Counts an hour apart, the last of them now. */
function hourly(...values: readonly (number | undefined)[]): readonly TrendPoint[] {
  return values.map((value, index) => ({ at: now - (values.length - 1 - index) * hour, value }));
}

function cardOf(about: Partial<Trend>, locale: Locale = "en") {
  return toCard(
    {
      ...{ kind: "trend", command: { kind: "trend", filters: {}, days: 7 }, zone: "Asia/Shanghai", by: undefined },
      ...{ series: [], since: undefined, samples: 0, known: [] },
      ...about,
    },
    locale,
  );
}

const watched: Partial<Trend> = {
  series: [
    { of: "total", label: undefined, points: hourly(240, 241, 243) },
    { of: "at-risk", label: undefined, points: hourly(1, 9, 4) },
  ],
  since: now - 2 * hour,
  samples: 3,
};

describe("the trend of a list", () => {
  test("says first how many there are now, and how many more or fewer than at its beginning", () => {
    const card = cardOf(watched);
    expect(headlineOf(card)).toEqual(["243 runtimes (+3)", "4 at risk (+3)"]);
    expect(sentencesOf(card).slice(0, 2)).toEqual([
      "4 are at risk, 3 more than on 30 Nov 12:02.",
      "Most were at risk on 30 Nov 13:02: 9.",
    ]);
    expect(card.header).toMatchObject({ title: "Agent runtimes over 7 days", colour: "orange" });
  });

  test("draws the total and what is at risk in pictures of their own", () => {
    expect(blocksOfKind(cardOf(watched), "timeline")).toMatchObject([
      { title: "Runtimes", times: ["12:02", "13:02", "14:02"], series: [{ values: [240, 241, 243] }] },
      { title: "At risk", series: [{ values: [1, 9, 4], colour: "orange" }] },
    ]);
  });

  test("draws what was counted by one thing in one picture", () => {
    const series = ["Running", undefined].map((label, index) => ({
      of: "facet" as const,
      label,
      points: hourly(5 + index, 6, 7),
    }));
    const card = cardOf({ ...watched, by: "status", series });
    expect(headlineOf(card)).toEqual(["7 Running (+2)", "7 none (+1)"]);
    expect(blocksOfKind(card, "timeline")).toMatchObject([
      { title: "Status", series: [{ label: "Running", colour: "green" }, { label: "none" }] },
    ]);
    expect(sentencesOf(card)).toContain("Changes are since 30 Nov 12:02.");
  });

  test("says since when there are counts, in which zone, and that there are none from before", () => {
    const sentences = sentencesOf(cardOf(watched));
    expect(sentences).toContain("3 counts since 30 Nov 12:02 (GMT+8), none from before.");
  });

  test("leaves a gap in its lines where counts are missing for long", () => {
    const points = [...hourly(1, 2, 3).map(({ at, value }) => ({ at: at - 9 * hour, value })), ...hourly(4, 5, 6)];
    const [timeline] = blocksOfKind(
      cardOf({ ...watched, series: [{ of: "total", label: undefined, points }] }),
      "timeline",
    );
    expect(timeline?.series[0]?.values).toEqual([1, 2, 3, null, 4, 5, 6]);
  });

  test("lets the latest of counts that are close together stand for them", () => {
    const points = [...hourly(1, 2, 3, 4), { at: now + 60_000, value: 7 }, { at: now + 120_000, value: 8 }];
    const [timeline] = blocksOfKind(
      cardOf({ ...watched, series: [{ of: "total", label: undefined, points }] }),
      "timeline",
    );
    expect(timeline?.series[0]?.values).toEqual([1, 2, 3, 8]);
    expect(timeline?.times.at(-1)).toBe("14:04");
  });

  test("has dates beside its times where it is longer than a day", () => {
    const points = [{ at: now - 30 * hour, value: 1 }, ...hourly(2)];
    const [timeline] = blocksOfKind(
      cardOf({ ...watched, series: [{ of: "total", label: undefined, points }] }),
      "timeline",
    );
    expect(timeline?.times).toEqual(["29 Nov 08:02", "30 Nov 14:02"]);
  });

  test("asks for patience while there is one count only", () => {
    const card = cardOf({ series: [{ of: "at-risk", label: undefined, points: hourly(0) }], since: now, samples: 1 });
    expect(sentencesOf(card)).toEqual([
      "Nothing is at risk.",
      "1 count since 30 Nov 14:02 (GMT+8), none from before.",
      "Too soon for all lines: the next count comes at about 15:00.",
    ]);
    expect(blocksOfKind(card, "timeline")).toEqual([]);
    expect(card.header.colour).toBe("green");
  });

  test("draws nothing of counts within a minute, but what goes on for longer", () => {
    const total = { of: "total", label: undefined, points: hourly(240) } as const;
    const seconds = [0, 5_000, 10_000].map((after) => ({ at: now + after, value: 3 }));
    const card = (points: readonly TrendPoint[]) =>
      cardOf({ ...watched, series: [total, { of: "at-risk", label: undefined, points }] });
    expect(blocksOfKind(card(seconds), "timeline")).toEqual([]);
    const longer = card([...seconds, { at: now + 60_000, value: 4 }]);
    expect(blocksOfKind(longer, "timeline")).toMatchObject([
      { title: "At risk", times: ["14:02", "14:03"], series: [{ values: [3, 4] }] },
    ]);
    expect(sentencesOf(longer)).toContain("Too soon for all lines: the next count comes at about 15:00.");
  });

  test("offers other times, and other things to count by", () => {
    const command = { kind: "trend", filters: { status: ["Running"] }, days: 14, by: "region" } as const;
    const card = cardOf({ ...watched, command, by: "region" });
    expect(pickerOf(card, "Days").options).toEqual([
      { label: "1 day", command: "/runtimes trend status=Running days=1 by=region", selected: false },
      { label: "7 days", command: "/runtimes trend status=Running by=region", selected: false },
      { label: "14 days", command: "/runtimes trend status=Running days=14 by=region", selected: true },
      { label: "30 days", command: "/runtimes trend status=Running days=30 by=region", selected: false },
    ]);
    const by = pickerOf(card, "Count by").options;
    expect(by[0]).toEqual({
      label: "Total and at risk",
      command: "/runtimes trend status=Running days=14",
      selected: false,
    });
    expect(by.filter(({ selected }) => selected).map(({ label }) => label)).toEqual(["Region"]);
    expect(pressOf(card, "List")).toBe("/runtimes status=Running");
  });

  test("speaks Chinese", () => {
    const card = cardOf(watched, "zh");
    expect(card.header.title).toBe("代理运行时 7 天趋势");
    expect(sentencesOf(card)[0]).toBe("4 个运行时存在风险，比 11月30日 12:02 多 3 个。");
  });
});

describe("the trend of a list that is not counted", () => {
  const none: Partial<Trend> = {
    command: { kind: "trend", filters: { group: ["rg-1"] }, days: 30 },
    known: ["", "status=Running", "group=rg-1"],
  };

  test("says so, and what to do", () => {
    const card = cardOf(none);
    expect(card.header.colour).toBe("grey");
    expect(sentencesOf(card)).toEqual([
      "This list has not been counted over time.",
      "Lists that a chat watches are counted every hour, from when their watch begins.",
    ]);
  });

  test("offers the lists that are counted, and a look at a watch, which changes nothing yet", () => {
    expect(buttonsOf(cardOf(none)).map(({ label, command }) => [label, command])).toEqual([
      ["Trend of all runtimes", "/runtimes trend days=30"],
      ["Trend of status=Running", "/runtimes trend status=Running days=30"],
      ["Look at a watch", "/alerts on group=rg-1 preview"],
      ["Help", "/help trend"],
    ]);
  });
});
