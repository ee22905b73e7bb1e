import { describe, expect, test } from "vitest";
import { type Alerted, type Answer, type Card, type Locale, toCard } from "../../../src/cards/index.ts";
import { alertedOf, endedOf, minute, since, zone } from "../alerted.ts";
import { pressOf, sentencesOf, tableOf } from "../read.ts";

type OverAnswer = Extract<Answer, { kind: "over" }>;

function over(runtimes: readonly Alerted[], about: Partial<OverAnswer> = {}, locale: Locale = "en"): Card {
  const watch = { filter: "risk=yes", origin: "command", author: "wang.wei" } as const;
  const rest = { total: runtimes.length, open: 0, mayRepeat: false, ...about };
  return toCard({ kind: "over", zone, watch, runtimes, ...rest }, locale);
}

const headOf = ({ header: { title, colour } }: Card) => [title, colour];

describe("what is over", () => {
  const two = [endedOf(), endedOf({ runtime: "ecd-2", name: "agent-020", kind: "agent-uninstalled" })];

  test("is named in the title when it is one", () => {
    expect(headOf(over([endedOf()]))).toEqual(["Over: agent-017 · model changed", "green"]);
    expect(headOf(over([endedOf()], {}, "zh"))).toEqual(["已解除：agent-017 · 模型被修改", "green"]);
  });

  test("is counted in the title when it is more", () => {
    expect(headOf(over(two))).toEqual(["Over: 2 alerts", "green"]);
    expect(headOf(over(two, {}, "zh"))).toEqual(["已解除：2 个告警", "green"]);
  });

  test("is a line a runtime, and how long it lasted", () => {
    const lines = tableOf(over(two)).rows.map(({ cells }) => cells.map(({ text }) => text).join(" · "));
    expect(lines).toEqual([
      "agent-017 · model changed · over after 42 min (since 14:02)",
      "agent-020 · agent uninstalled · over after 42 min (since 14:02)",
    ]);
  });

  test("is not called so, nor green, when it is no longer listed", () => {
    const gone = over([endedOf({}, "gone")]);
    expect(headOf(gone)).toEqual(["No longer listed: agent-017", "blue"]);
    expect(JSON.stringify(gone)).not.toContain("over after");
    expect(sentencesOf(gone)[0]).toMatch(/^What is no longer listed was not seen to be in order/);
    expect(headOf(over([endedOf({}, "gone")], {}, "zh"))).toEqual(["不再列出：agent-017", "blue"]);
    expect(headOf(over([...two, endedOf({ runtime: "ecd-9" }, "gone")]))[0]).toBe("3 alerts have ended");
  });

  test("says how many more there are, of which nobody can tell how they ended", () => {
    const card = over(two, { total: 12 });
    expect(card.header.title).toBe("12 alerts have ended");
    expect(sentencesOf(card)).toContain("And 10 more.");
  });

  test("says what is still open, and leads there", () => {
    const card = over([endedOf()], { open: 2 });
    expect(sentencesOf(card)).toContain("2 alerts of this watch are still open.");
    expect(pressOf(card, "Alert status")).toBe("/alerts status");
    expect(pressOf(card, "Details")).toBe("/runtimes show ecd-1");
    expect(pressOf(over([endedOf()]), "Alert status")).toBeUndefined();
  });

  test("says that it may have been sent before", () => {
    expect(sentencesOf(over([endedOf()], { mayRepeat: true })).join()).toContain("may have been sent before");
  });
});

describe("a chat that gets alerts", () => {
  test("is told since when no scan was complete, and why", () => {
    const blind = { kind: "blind", zone, since, reason: "throttled" } as const;
    const card = toCard(blind, "en");
    expect(headOf(card)).toEqual(["This chat's alerts are blind", "orange"]);
    expect(sentencesOf(card)[0]).toBe(
      "Since 30 Nov 14:02 no scan was complete: new risks, and the end of old ones, may go unseen.",
    );
    expect(sentencesOf(card).at(-1)).toBe("Why: Alibaba Cloud is asking this bot to slow down.");
    expect(sentencesOf(toCard(blind, "zh"))[0]).toMatch(/^自 11月30日 14:02 起没有一次完整的扫描/);
    expect(sentencesOf(toCard(blind, "zh")).at(-1)).toBe("原因：阿里云要求降低请求频率。");
    expect(sentencesOf(toCard({ ...blind, reason: "constructor" }, "en")).at(-1)).toBe("Why: constructor.");
  });

  test("is told for how long it was so", () => {
    const sight = { kind: "sight", zone, since, until: since + 38 * minute } as const;
    expect(sentencesOf(toCard(sight, "en"))[0]).toBe("From 30 Nov 14:02 to 14:40 (38 min) no scan was complete.");
    expect(sentencesOf(toCard(sight, "zh"))[0]).toBe("11月30日 14:02 至 14:40（38 分钟）没有一次完整的扫描。");
  });

  test.each(["right", "filter", "chat"] as const)("is told that its watch stands still: %s", (why) => {
    for (const locale of ["en", "zh"] as const) {
      const card = toCard({ kind: "watch-paused", why, filter: "group=rg-finance" }, locale);
      expect(card.header.colour).toBe("orange");
      expect(sentencesOf(card)[2]).toContain("group=rg-finance");
      expect(pressOf(card, locale === "en" ? "Watch this" : "开始监控")).toBe("/alerts on group=rg-finance");
    }
  });

  test("is offered no watch of a filter that cannot be read", () => {
    const card = toCard({ kind: "watch-paused", why: "filter", filter: "colour=red" }, "en");
    expect(pressOf(card, "Watch this")).toBeUndefined();
  });

  test.each([
    ["calls-optional", "API calls run short this month", "orange", /^What is not needed to see risks is left out/],
    ["calls-slower", "API calls run short this month", "orange", /^Scans are 5 min apart from now on/],
    ["pushes-optional", "Messages run short this month", "orange", /^Reminders and digests are left out/],
    ["pushes-spent", "Messages run short this month", "red", /^Nothing more is sent by itself until next month/],
  ] as const)("is told what a budget leaves out: %s", (what, title, colour, happened) => {
    const card = toCard({ kind: "budget", what, used: 9_000, of: 10_000, interval: 5 * minute }, "en");
    expect(headOf(card)).toEqual([title, colour]);
    expect(sentencesOf(card)[0]).toMatch(happened);
    expect(sentencesOf(card).at(-1)).toBe("9,000 of 10,000 this month");
  });

  test("is shown who wanted to see that alerts arrive", () => {
    const sent = { kind: "alert-test", zone, by: "li.na", at: since } as const;
    expect(sentencesOf(toCard(sent, "en"))).toEqual([
      "Alerts arrive in this chat.",
      "li.na asked for this test at 30 Nov 14:02 (GMT+8). Nothing is at risk by it.",
    ]);
    expect(sentencesOf(toCard(sent, "zh"))[0]).toBe("告警可以送达此会话。");
    const begun = toCard({ kind: "alert-test-begun", command: { kind: "alerts-test" } }, "en");
    expect([begun.command, pressOf(begun, "Alert status")]).toEqual(["/alerts test", "/alerts status"]);
  });
});

test("an alert that is open is never told as over, whatever its state says", () => {
  const card = over([alertedOf({ state: "ended" })]);
  expect(headOf(card)).toEqual(["1 alert has ended", "blue"]);
});
