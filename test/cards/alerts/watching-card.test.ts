import { describe, expect, test } from "vitest";
import { type Answer, type Card, type Locale, toCard } from "../../../src/cards/index.ts";
import type { AlertsOnCommand } from "../../../src/commands/index.ts";
import { failureOf } from "../../builders.ts";
import { minute } from "../alerted.ts";
import { buttonsOf, factsOf, headlineOf, pressOf, sentencesOf } from "../read.ts";

type Watching = Extract<Answer, { kind: "watching" }>;

const command: AlertsOnCommand = { kind: "alerts-on", filters: { group: ["rg-finance"] }, preview: false };

function watching(about: Partial<Watching> = {}, locale: Locale = "en"): Card {
  const answer: Watching = {
    kind: "watching",
    command,
    saved: "new",
    ended: 0,
    now: { ok: true, total: 30, atRisk: 2 },
    kinds: ["agent-uninstalled", "model-modified"],
    interval: minute,
    hold: 0,
    repeat: 24 * 60 * minute,
    resolved: true,
    groupLimit: 10,
    ...about,
  };
  return toCard(answer, locale);
}

const rulesOf = (card: Card) => Object.fromEntries(factsOf(card).map(({ label, value }) => [label, value]));

describe("a watch that was set up", () => {
  test("says what it matches now, what it tells and how often", () => {
    const card = watching();
    expect([card.header.title, card.header.colour]).toEqual(["This chat is watching", "orange"]);
    expect(headlineOf(card)).toEqual(["30 runtimes", "2 at risk"]);
    expect(rulesOf(card)).toMatchObject({
      Watches: "group=rg-finance",
      "Tells of": "agent uninstalled, model changed",
      Scans: "every 1 min",
      "New risks": "told at once",
      Reminders: "every 24 h",
      "When it is over": "that is told",
      "On one card": "up to 10 runtimes, the rest by paging",
    });
    expect(card.command).toBe("/alerts on group=rg-finance");
  });

  test("says the same in Chinese", () => {
    expect(rulesOf(watching({ hold: 5 * minute }, "zh"))).toMatchObject({
      监控范围: "group=rg-finance",
      通知内容: "代理已卸载、模型被修改",
      扫描: "每 1 分钟",
      新的风险: "持续 5 分钟后通知",
      重复提醒: "每 24 小时",
    });
  });

  test("says what is left out by its rules", () => {
    const about = { command: { ...command, filters: {} }, hold: 5 * minute, repeat: 0, resolved: false, groupLimit: 1 };
    expect(rulesOf(watching(about))).toMatchObject({
      Watches: "all runtimes",
      "New risks": "told when they have lasted 5 min",
      Reminders: "never",
      "When it is over": "nothing is said",
      "On one card": "up to 1 runtime, the rest by paging",
    });
  });

  test("says that a summary follows, and leads to what can be done with it", () => {
    expect(sentencesOf(watching())[0]).toMatch(/^What is at risk now follows/);
    expect(buttonsOf(watching()).map(({ command: text }) => text)).toEqual([
      "/alerts status",
      "/alerts test",
      "/alerts off",
    ]);
  });

  test("is green when nothing is at risk", () => {
    expect(watching({ now: { ok: true, total: 30, atRisk: 0 } }).header.colour).toBe("green");
  });

  test("says that it is saved though the fleet gave no answer", () => {
    const card = watching({ now: { ok: false, failure: failureOf({ kind: "throttled" }) } });
    expect(sentencesOf(card)[0]).toBe(
      "It is saved, but what matches now is not known. Alibaba Cloud is asking this bot to slow down.",
    );
    expect([card.header.colour, headlineOf(card)]).toEqual(["orange", []]);
  });
});

test("a watch that was changed says what goes on and what ended with that", () => {
  expect(sentencesOf(watching({ saved: "edited" }))).toEqual(["Alerts that the new filter matches as well go on."]);
  expect(sentencesOf(watching({ saved: "edited", ended: 1 }))[1]).toBe(
    "1 alert that it does not match has ended without a message.",
  );
  expect(sentencesOf(watching({ saved: "edited", ended: 4 }, "zh"))[1]).toBe("4 个不再符合的告警已结束，不另行通知。");
});

describe("a watch that somebody looks at first", () => {
  const preview = { saved: "preview", command: { ...command, view: "night", preview: true } } as const;

  test("says that nothing was saved, and can be", () => {
    const card = watching(preview);
    expect(card.command).toBe("/alerts on view=night group=rg-finance preview");
    expect(sentencesOf(card)).toEqual(["Nothing is saved yet."]);
    expect(pressOf(card, "Watch this")).toBe("/alerts on view=night group=rg-finance");
    expect(pressOf(card, "List")).toBe("/runtimes view=night group=rg-finance");
  });

  test("does not claim to be saved where the fleet gave no answer", () => {
    const card = watching({ ...preview, now: { ok: false, failure: failureOf() } });
    expect(sentencesOf(card)[0]).toMatch(/^What matches now is not known\./);
  });
});

test("a filter that leaves all risk out is offered without that", () => {
  const filters = { group: ["rg-finance"], risk: ["no"] };
  const card = toCard({ kind: "unwatchable", command: { ...command, filters } }, "en");
  expect(pressOf(card, "Without these filters")).toBe("/alerts on group=rg-finance");
  expect(pressOf(toCard({ kind: "unwatchable", command }, "en"), "Without these filters")).toBeUndefined();
});

describe("a watch that is turned off", () => {
  const off = { kind: "watch-off", command: { kind: "alerts-off" }, configured: 0 } as const;

  test("says that nothing more comes, or that there was none", () => {
    expect(toCard({ ...off, was: true }, "en").header).toMatchObject({ title: "The watch is off", colour: "blue" });
    expect(toCard({ ...off, was: false }, "zh").header).toMatchObject({ title: "没有可关闭的监控", colour: "grey" });
  });

  test("says what stays, as it is configured", () => {
    const card = toCard({ ...off, was: true, configured: 2 }, "en");
    expect(sentencesOf(card).at(-1)).toMatch(/^2 watches of this chat stand in the bot's configuration/);
  });
});
