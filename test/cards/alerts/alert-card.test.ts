import { describe, expect, test } from "vitest";
import { type Alerted, type Card, type Locale, toCard } from "../../../src/cards/index.ts";
import { type AlertAnswer, alertedOf, alertedsOf, alertOf, endedOf, minute, since } from "../alerted.ts";
import { blocksOfKind, buttonsOf, factsOf, headlineOf, pressOf, sentencesOf, tableOf } from "../read.ts";

function cardOf(runtimes: readonly Alerted[], about: Partial<AlertAnswer> = {}, locale: Locale = "en"): Card {
  return toCard(alertOf(runtimes, about), locale);
}

const titleOf = (runtimes: readonly Alerted[], about: Partial<AlertAnswer> = {}, locale: Locale = "en") =>
  cardOf(runtimes, about, locale).header.title;

/** What each row says, without the cells that say nothing. */
const linesOf = (card: Card) =>
  tableOf(card).rows.map(({ cells }) =>
    cells
      .map(({ text }) => text)
      .filter((text) => text !== "–")
      .join(" · "),
  );

const uninstalled = alertedOf({ id: "ep-2", runtime: "ecd-2", name: "agent-020", kind: "agent-uninstalled" });

describe("the title of an alert", () => {
  test.each([
    ["firing", "2 runtimes at risk (new)", "2 个运行时有风险（新增）"],
    ["again", "2 runtimes at risk (again)", "2 个运行时有风险（再次出现）"],
    ["reminder", "2 runtimes at risk (still)", "2 个运行时有风险（仍未解除）"],
    ["summary", "2 runtimes at risk (present state)", "2 个运行时有风险（当前状态）"],
    ["unmuted", "2 runtimes at risk (mute over)", "2 个运行时有风险（静音结束）"],
  ] as const)("says how many and why it is told: %s", (reason, english, chinese) => {
    expect(titleOf(alertedsOf(2), { reason })).toBe(english);
    expect(titleOf(alertedsOf(2), { reason }, "zh")).toBe(chinese);
  });

  test("says how many still are, when some are not any more", () => {
    expect(titleOf([alertedOf(), endedOf({ runtime: "ecd-9" })])).toBe("1 of 2 runtimes at risk (new)");
    expect(titleOf([alertedOf(), endedOf({ runtime: "ecd-9" })], {}, "zh")).toBe("2 个运行时中 1 个有风险（新增）");
  });

  test("counts a runtime once that is at risk in two ways", () => {
    expect(titleOf([alertedOf(), alertedOf({ id: "ep-9", kind: "channel-modified" })])).toBe("1 runtime at risk (new)");
  });

  test("counts what stands on other pages", () => {
    const counted = { all: 900, open: 900 };
    const about = { total: 1_250, open: 1_250, counted, pages: 125 };
    expect(titleOf(alertedsOf(10), about)).toBe("900 runtimes at risk (new)");
  });

  test("says when it is over", () => {
    expect(titleOf([endedOf()])).toBe("1 alert has ended");
    expect(titleOf([endedOf()], {}, "zh")).toBe("1 个告警已结束");
    expect(titleOf([endedOf()], { reason: "passed" })).toBe("1 runtime was at risk (came and went)");
    expect(titleOf([endedOf()], { reason: "passed" }, "zh")).toBe("1 个运行时曾有风险（已自行消失）");
  });
});

describe("the colour of an alert", () => {
  test.each([
    ["orange", "what was changed", [alertedOf()], {}],
    ["red", "an agent that is gone", [uninstalled, alertedOf()], {}],
    ["orange", "an agent that is back", [endedOf({ kind: "agent-uninstalled", runtime: "ecd-2" }), alertedOf()], {}],
    ["red", "an agent that is gone on another page", [alertedOf()], { open: 2, kinds: { "agent-uninstalled": 1 } }],
    ["green", "what is over", [endedOf()], {}],
    ["blue", "what is no longer listed", [endedOf({}, "gone")], {}],
    ["blue", "what is no longer watched", [endedOf(), endedOf({ runtime: "ecd-9" }, "silent")], {}],
  ] as const)("is %s for %s", (colour, _, runtimes, about) => {
    expect(cardOf(runtimes, about).header.colour).toBe(colour);
  });
});

describe("a runtime of an alert", () => {
  test("is told with what was changed, since when, and who is authorised", () => {
    const model = alertedOf({ before: { template: "mt-aaa", channels: [] } });
    const channel = alertedOf({
      runtime: "ecd-3",
      name: "agent-021",
      kind: "channel-modified",
      since: since + minute,
      users: ["li.na", "wang.wei", "zhao.min"],
      before: { template: undefined, channels: ["feishu"] },
      now: { template: undefined, channels: ["feishu", "wechat"] },
    });
    expect(linesOf(cardOf([uninstalled, model, channel]))).toEqual([
      "agent-020 · agent uninstalled · since 14:02 · li.na",
      "agent-017 · model changed · since 14:02 · li.na · was mt-aaa, is mt-zzz",
      "agent-021 · channel changed · since 14:03 · li.na, wang.wei +1 · was Feishu, is Feishu, WeChat",
    ]);
    expect(linesOf(cardOf([uninstalled, model, channel], {}, "zh"))).toEqual([
      "agent-020 · 代理已卸载 · 始于 14:02 · li.na",
      "agent-017 · 模型被修改 · 始于 14:02 · li.na · 原为 mt-aaa，现为 mt-zzz",
      "agent-021 · 渠道被修改 · 始于 14:03 · li.na、wang.wei +1 · 原为 飞书，现为 飞书、微信",
    ]);
  });

  test("is told with how it is now where nobody knows how it was", () => {
    expect(linesOf(cardOf([alertedOf()]))).toEqual(["agent-017 · model changed · since 14:02 · li.na · now mt-zzz"]);
  });

  test.each([
    [undefined, "mt-zzz", "was –, is mt-zzz", "原为 –，现为 mt-zzz"],
    ["mt-aaa", undefined, "was mt-aaa, is –", "原为 mt-aaa，现为 –"],
  ])("is told with a dash where nothing was or is set up: %s, %s", (was, is, english, chinese) => {
    const [before, now] = [was, is].map((template) => ({ template, channels: [] }));
    const runtimes = [alertedOf({ before, now: now ?? { template: undefined, channels: [] } })];
    expect(linesOf(cardOf(runtimes))[0]).toContain(english);
    expect(linesOf(cardOf(runtimes, {}, "zh"))[0]).toContain(chinese);
  });

  test("is told without its users where they may not be shown", () => {
    expect(linesOf(cardOf([uninstalled], { showsUsers: false }))).toEqual([
      "agent-020 · agent uninstalled · since 14:02",
    ]);
  });

  test("says that it came again, who is at it, and until when it is quiet", () => {
    const acked = { by: "li.na", at: since };
    const noisy = { ...uninstalled, users: [], times: 3, acked, mutedUntil: since + 120 * minute };
    expect(linesOf(cardOf([noisy]))).toEqual([
      "agent-020 · agent uninstalled · since 14:02 · muted until 16:02 · acknowledged by li.na · 3rd time within an hour",
    ]);
    expect(linesOf(cardOf([noisy], {}, "zh"))).toEqual([
      "agent-020 · 代理已卸载 · 始于 14:02 · 静音至 16:02 · li.na 已确认 · 一小时内第 3 次",
    ]);
  });

  test("is told with the beginning of the id of who is at it", () => {
    const acked = { by: "ou_7d8a6e6df7621556ce0d21922b676706", at: since };
    expect(linesOf(cardOf([alertedOf({ acked })]))[0]).toContain("acknowledged by ou_7d8a6e6…");
  });

  test.each([
    [2, "2nd"],
    [11, "11th"],
    [21, "21st"],
  ])("is told the %i. time with the right ending", (times, words) => {
    expect(linesOf(cardOf([alertedOf({ times })]))[0]).toContain(`${words} time within an hour`);
  });

  test("says how it ended, below those that are open and without a colour", () => {
    const ended = (how: "resolved" | "gone" | "silent", name: string) =>
      endedOf({ name, runtime: name, users: [] }, how);
    const card = cardOf([ended("resolved", "a"), ended("gone", "b"), ended("silent", "c"), uninstalled]);
    expect(linesOf(card)).toEqual([
      "agent-020 · agent uninstalled · since 14:02 · li.na",
      "a · model changed · over after 42 min (since 14:02)",
      "b · model changed · no longer listed since 14:44",
      "c · model changed · no longer watched since 14:44",
    ]);
    expect(tableOf(card).rows.map(({ colour }) => colour)).toEqual(["red", "grey", "grey", "grey"]);
  });

  test("has its day where that is not the card's, which the card names", () => {
    const card = cardOf([alertedOf({ users: [], since: since - 24 * 60 * minute }), uninstalled]);
    expect(linesOf(card)[0]).toContain("since 29 Nov 14:02");
    expect(sentencesOf(card).at(-1)).toBe("Watch: risk=yes group=rg-finance · Times: 30 Nov 2025, GMT+8");
    expect(sentencesOf(cardOf([uninstalled], {}, "zh")).at(-1)).toBe(
      "监控范围：risk=yes group=rg-finance · 时间：2025年11月30日，GMT+8",
    );
  });

  test("is called by its id where it has no name, and is cut where it would drown the card", () => {
    expect(linesOf(cardOf([alertedOf({ name: undefined })]))[0]).toMatch(/^ecd-1 · /);
    const long = "n".repeat(10_000);
    const setup = { template: long, channels: [long] };
    const cells = tableOf(cardOf([alertedOf({ name: long, users: [long, long], now: setup, before: setup })])).rows[0];
    expect(Math.max(...(cells?.cells ?? []).map(({ text }) => text.length))).toBeLessThanOrEqual(200);
  });
});

describe("beside the runtimes, an alert", () => {
  test("counts kinds first", () => {
    const card = cardOf([uninstalled, alertedOf()]);
    expect(headlineOf(card)).toEqual(["1 agent uninstalled", "1 model changed"]);
    expect(factsOf(card)[0]?.colour).toBe("red");
  });

  test("says what they have in common", () => {
    const common = [{ facet: "region", value: "cn-shanghai", count: 3, of: 4 }] as const;
    expect(sentencesOf(cardOf([alertedOf()], { common }))).toContain("In common: region cn-shanghai (3 of 4)");
    expect(sentencesOf(cardOf([alertedOf()], { common }, "zh"))).toContain("共同点：地域 cn-shanghai（4 个中 3 个）");
  });

  test.each([
    ["group=rg-finance", ["In common: version 1.2 (3 of 3)"]],
    ["group=rg-finance version=1.2", []],
    ["version=1.1,1.2", ["In common: group Finance (3 of 3), version 1.2 (3 of 3)"]],
    ["", ["In common: group Finance (3 of 3), version 1.2 (3 of 3)"]],
  ])("does not call common what its watch asks for: %s", (filter, expected) => {
    const common = [
      { facet: "group", value: "Finance", count: 3, of: 3 },
      { facet: "version", value: "1.2", count: 3, of: 3 },
    ] as const;
    const card = cardOf([alertedOf()], { common, watch: { filter, origin: "command", author: "li.na" } });
    expect(sentencesOf(card).filter((text) => text.startsWith("In common"))).toEqual(expected);
  });

  test("says what to do about each kind that is open", () => {
    const card = cardOf([alertedOf(), endedOf({ kind: "channel-modified", runtime: "ecd-9" })]);
    const section = blocksOfKind(card, "section").find(({ title }) => title === "What to do");
    expect(section?.blocks).toMatchObject([{ kind: "facts", facts: [{ label: "model changed" }] }]);
  });

  test("names who is to know, while something is open", () => {
    const owners = [{ name: "li.na", id: "ou_1" }];
    expect(blocksOfKind(cardOf([alertedOf()], { owners }), "people")).toEqual([
      { kind: "people", label: "Authorised users", people: owners },
    ]);
    expect(blocksOfKind(cardOf([endedOf()], { owners }), "people")).toEqual([]);
  });

  test("says that it may have been sent before", () => {
    expect(sentencesOf(cardOf([alertedOf()], { mayRepeat: true }))).toContain(
      "This may have been sent before: the platform did not say whether it arrived.",
    );
  });

  test.each([
    ["acked", 1, "1 alert acknowledged: no reminders of it come any more.", "已确认 1 个告警，不再重复提醒。"],
    ["muted", 3, "3 alerts muted until 16:02.", "已静音 3 个告警，至 16:02。"],
    ["unmuted", 3, "3 alerts unmuted.", "已取消 3 个告警的静音。"],
  ] as const)("says first what was just done: %s", (what, count, english, chinese) => {
    const runtimes = [alertedOf({ mutedUntil: since + 120 * minute })];
    expect(sentencesOf(cardOf(runtimes, { did: { what, count } }))[0]).toBe(english);
    expect(sentencesOf(cardOf(runtimes, { did: { what, count } }, "zh"))[0]).toBe(chinese);
  });

  test("says in its head that somebody is at all of it", () => {
    const acked = alertedOf({ acked: { by: "li.na", at: since } });
    expect(cardOf([acked]).header.tags).toEqual([{ text: "acknowledged", colour: "blue" }]);
    expect(cardOf([acked, uninstalled]).header.tags).toEqual([]);
    expect(cardOf([acked], { open: 2 }).header.tags).toEqual([]);
  });
});

describe("the buttons of an alert", () => {
  const pressesOf = (card: Card) => buttonsOf(card).map(({ label, command }) => [label, command]);

  test("acknowledge it, mute it, and show more of it", () => {
    expect(pressesOf(cardOf([alertedOf()]))).toEqual([
      ["Acknowledge", "/alerts ack n-1"],
      ["Mute", "/alerts mute n-1"],
      ["Details", "/runtimes show ecd-1"],
      ["Why", "/why n-1"],
    ]);
    expect(buttonsOf(cardOf([alertedOf()], {}, "zh")).map(({ label }) => label)).toEqual([
      "确认",
      "静音",
      "详情",
      "原因",
    ]);
  });

  test("list all its runtimes where it has several", () => {
    expect(pressOf(cardOf([alertedOf(), uninstalled]), "Details")).toBe("/runtimes id=ecd-1,ecd-2");
  });

  test("are gone when nothing is open, but for what shows more", () => {
    expect(buttonsOf(cardOf([endedOf()])).map(({ label }) => label)).toEqual(["Details", "Why"]);
  });

  test("end the mute of everything where it is that which keeps it quiet", () => {
    const muted = alertedOf({ mutedUntil: since + minute, mutedBy: "everything" });
    const card = cardOf([muted], { open: 2, total: 2, pages: 2 });
    expect(pressOf(card, "Unmute all")).toBe("/alerts unmute all");
    expect([pressOf(card, "Unmute"), pressOf(card, "Mute")]).toEqual([undefined, undefined]);
  });

  test("do not offer again what was done", () => {
    const acked = alertedOf({ acked: { by: "li.na", at: since }, mutedUntil: since + minute });
    expect(pressesOf(cardOf([acked])).slice(0, -2)).toEqual([["Unmute", "/alerts unmute n-1"]]);
    expect(buttonsOf(cardOf([acked, uninstalled])).map(({ label }) => label)).toEqual([
      ...["Acknowledge", "Mute", "Unmute"],
      ...["Details", "Why"],
    ]);
  });

  test("turn its pages, but not before the first nor after the last", () => {
    const about = { total: 25, open: 25, pages: 3 };
    const turns = (page: number) => {
      const card = cardOf(alertedsOf(10), { ...about, page });
      return [card.command, pressOf(card, "Previous"), pressOf(card, "Next")];
    };
    expect(turns(1)).toEqual(["/alerts show n-1", undefined, "/alerts show n-1 page=2"]);
    expect(turns(2)).toEqual(["/alerts show n-1 page=2", "/alerts show n-1", "/alerts show n-1 page=3"]);
    expect(turns(3)).toEqual(["/alerts show n-1 page=3", "/alerts show n-1 page=2", undefined]);
    expect(blocksOfKind(cardOf(alertedsOf(10), { ...about, page: 2 }), "page")).toEqual([
      { kind: "page", page: 2, pages: 3, total: 25, text: "Page 2 of 3 · 25 alerts" },
    ]);
  });

  test("show a runtime by a press on its row", () => {
    expect(tableOf(cardOf([uninstalled])).rows[0]?.command).toBe("/runtimes show ecd-2");
  });
});
