import { describe, expect, test } from "vitest";
import {
  type Answer,
  type Card,
  type Locale,
  type NoticeView,
  toCard,
  type WhyEpisode,
  type WhyNext,
} from "../../../src/cards/index.ts";
import { alertedOf, endedOf, minute, since, watchStatusOf, zone } from "../alerted.ts";
import { blocksOfKind, buttonsOf, factsOf, pressOf, sentencesOf } from "../read.ts";

type WhyAnswer = Extract<Answer, { kind: "why" }>;

const notice: NoticeView = {
  id: "n-1",
  kind: "firing",
  state: "sent",
  madeAt: since,
  sentAt: since + minute,
  attempts: 1,
  message: "om_1",
  reason: undefined,
};

function episodeOf(about: Partial<WhyEpisode> = {}): WhyEpisode {
  return {
    alerted: alertedOf({ before: { template: "mt-aaa", channels: [] } }),
    watch: { filter: "group=rg-finance", origin: "command", author: "wang.wei" },
    notices: [notice],
    observed: [],
    next: { kind: "end-only" },
    ...about,
  };
}

function why(episodes: readonly WhyEpisode[], about: Partial<WhyAnswer> = {}, locale: Locale = "en"): Card {
  const command = { kind: "why", target: "agent-017" } as const;
  const rest = { target: "agent-017", showsUsers: true, watches: [], ...about };
  return toCard({ kind: "why", command, zone, episodes, ...rest }, locale);
}

const factOf = (card: Card, label: string) => factsOf(card).find((fact) => fact.label === label)?.value;

describe("the story of an alert", () => {
  test("says how it stands, what was changed, and which watch tells it", () => {
    const card = why([episodeOf()]);
    expect([card.header.title, card.header.colour]).toEqual(["Why: agent-017", "orange"]);
    expect(blocksOfKind(card, "section").map(({ title }) => title)).toEqual(["model changed · since 14:02"]);
    expect(factOf(card, "State")).toBe("at risk");
    expect(factOf(card, "Change")).toBe("was mt-aaa, is mt-zzz");
    expect(factOf(card, "Authorised users")).toBe("li.na");
    expect(factOf(card, "Watch")).toBe("group=rg-finance, set up by wang.wei");
  });

  test("says the same in Chinese", () => {
    const card = why([episodeOf()], {}, "zh");
    expect(card.header.title).toBe("原因：agent-017");
    expect(factOf(card, "状态")).toBe("有风险");
    expect(factOf(card, "监控")).toBe("group=rg-finance，由 wang.wei 设置");
    expect(factOf(card, "消息")).toBe("新告警已于 14:03 发送（消息 om_1）");
  });

  test("shows no users where they may not be shown", () => {
    expect(factOf(why([episodeOf()], { showsUsers: false }), "Authorised users")).toBeUndefined();
  });

  test("tells scans together that saw the same, the latest first", () => {
    const at = (ago: number, observation: "risk" | "clear" | "not-seen" | "unknown", complete = true) => ({
      at: since - ago * minute,
      complete,
      observation,
    });
    const observed = [at(0, "risk"), at(1, "risk"), at(2, "unknown", false), at(3, "unknown"), at(4, "clear")];
    expect(factOf(why([episodeOf({ observed })]), "Last scans")).toBe(
      "14:01–14:02 at risk (2 scans) · 14:00 not complete · 13:59 not known · 13:58 not at risk",
    );
  });

  test("tells scans within a minute with one time", () => {
    const observed = [2, 1].map((second) => ({
      at: since + second * 1_000,
      complete: true,
      observation: "risk" as const,
    }));
    expect(factOf(why([episodeOf({ observed })]), "Last scans")).toBe("14:02 at risk (2 scans)");
  });

  test.each([
    [notice, "new alert sent 14:03 (message om_1)"],
    [{ ...notice, state: "owed", attempts: 0 }, "new alert to be sent since 14:02"],
    [{ ...notice, state: "owed", attempts: 1, reason: "busy" }, "new alert to be sent since 14:02, tried once: busy"],
    [{ ...notice, state: "dropped" }, "new alert of 14:02 left out, as nobody needed it any more"],
    [
      { ...notice, state: "failed", attempts: 4, kind: "resolved", reason: "gone" },
      "end of alerts of 14:02 given up after it was tried 4 times: gone",
    ],
  ] as const)("says what became of each message: %#", (one, words) => {
    expect(factOf(why([episodeOf({ notices: [one] })]), "Messages")).toBe(words);
  });

  test("says so when nothing was sent", () => {
    expect(factOf(why([episodeOf({ notices: [] })]), "Messages")).toBe("none");
  });

  test.each<readonly [WhyNext, RegExp, RegExp]>([
    [{ kind: "held", left: 90_000 }, /seen for 90 s more/, /再持续 90 秒后通知/],
    [{ kind: "owed", nextAt: undefined }, /sent now/, /正在发送/],
    [{ kind: "owed", nextAt: since }, /tried again at 14:02/, /14:02 再次发送/],
    [{ kind: "reminder", at: since + 24 * 60 * minute }, /reminder comes at 1 Dec 14:02/, /12月1日 14:02 会提醒/],
    [{ kind: "end-only" }, /No more reminders/, /不再提醒/],
    [{ kind: "muted", until: since, acked: false }, /still lasts at 14:02/, /14:02 仍未解除/],
    [{ kind: "muted", until: since, acked: true }, /after 14:02, only its end/, /14:02 之后只通知解除/],
    [{ kind: "not-listed", scansLeft: 1 }, /after 1 more complete scan\./, /1 次完整扫描/],
    [{ kind: "over" }, /has ended/, /已结束/],
    [{ kind: "paused", why: "right" }, /stands still/, /已暂停/],
  ])("says what would come next: %o", (next, english, chinese) => {
    expect(factOf(why([episodeOf({ next })]), "Next")).toMatch(english);
    expect(factOf(why([episodeOf({ next })], {}, "zh"), "接下来")).toMatch(chinese);
  });

  test("is about the latest, with earlier ones folded and the rest counted", () => {
    const ended = episodeOf({ alerted: endedOf() });
    const card = why(Array.from({ length: 7 }, () => ended));
    expect(card.header.colour).toBe("green");
    expect(blocksOfKind(card, "section").map(({ collapsed }) => collapsed)).toEqual([false, true, true, true, true]);
    expect(sentencesOf(card)).toContain("2 earlier alerts are not shown.");
    expect(factOf(card, "State")).toBe("over after 42 min (since 14:02)");
  });

  test("leads to what can be done about what is open", () => {
    const presses = buttonsOf(why([episodeOf()])).map(({ command }) => command);
    expect(presses).toEqual([
      ...["/why agent-017", "/alerts ack ep-1", "/alerts mute ecd-1"],
      ...["/runtimes show ecd-1", "/alerts status"],
    ]);
    const quiet = alertedOf({ acked: { by: "li.na", at: since }, mutedUntil: since });
    expect(pressOf(why([episodeOf({ alerted: quiet })]), "Unmute")).toBe("/alerts unmute ecd-1");
    expect(pressOf(why([episodeOf({ alerted: quiet })]), "Acknowledge")).toBeUndefined();
    const allQuiet = alertedOf({ ...quiet, mutedBy: "everything" });
    expect(pressOf(why([episodeOf({ alerted: allQuiet })]), "Unmute all")).toBe("/alerts unmute all");
    expect(pressOf(why([episodeOf({ alerted: allQuiet })]), "Unmute")).toBeUndefined();
    expect(pressOf(why([episodeOf({ alerted: endedOf() })]), "Mute")).toBeUndefined();
  });
});

describe("what was never seen at risk", () => {
  test("is told with what the watches of the chat say", () => {
    const card = why([], { watches: [watchStatusOf({ blindSince: since })] });
    expect(card.header.colour).toBe("grey");
    expect(sentencesOf(card).slice(0, 2)).toEqual([
      "No watch of this chat has seen “agent-017” at risk.",
      "Blind since 14:02: no scan was complete.",
    ]);
    expect(factOf(card, "Last complete scan")).toBe("14:02, 0 at risk");
  });

  test("is told with how to begin where the chat watches nothing", () => {
    expect(sentencesOf(why([]))[1]).toBe("This chat watches nothing. /alerts on begins.");
  });
});
