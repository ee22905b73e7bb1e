import { describe, expect, test } from "vitest";
import { type Answer, type Card, type Locale, type NoticeView, toCard } from "../../../src/cards/index.ts";
import { alertedOf, alertedsOf, minute, since, watchStatusOf, zone } from "../alerted.ts";
import { blocksOfKind, buttonsOf, factsOf, headlineOf, pressOf, sentencesOf, tableOf } from "../read.ts";

type StatusAnswer = Extract<Answer, { kind: "watch-status" }>;

function statusOf(about: Partial<StatusAnswer> = {}, locale: Locale = "en"): Card {
  const answer: StatusAnswer = {
    kind: "watch-status",
    command: { kind: "alerts-status" },
    zone,
    watches: [watchStatusOf()],
    mutes: [],
    owed: { count: 0, since: undefined },
    failed: [],
    interval: minute,
    calls: { used: 1_200, of: 10_000 },
    pushes: { used: 3, of: 0 },
    ...about,
  };
  return toCard(answer, locale);
}

const failed: NoticeView = {
  id: "n-1",
  kind: "firing",
  state: "failed",
  madeAt: since,
  sentAt: undefined,
  attempts: 3,
  message: undefined,
  reason: "The chat is gone.",
};

const factOf = (card: Card, label: string) => factsOf(card).find((fact) => fact.label === label)?.value;
const everyLabel = (card: Card) => buttonsOf(card).map(({ label }) => label);

describe("how the watches of a chat are doing", () => {
  test("is grey without any, and says how to begin", () => {
    const card = statusOf({ watches: [] });
    expect(card.header.colour).toBe("grey");
    expect(sentencesOf(card)[0]).toMatch(/^This chat watches nothing\./);
    expect(everyLabel(card)).toEqual(["Refresh", "Watch this"]);
    expect(pressOf(card, "Watch this")).toBe("/alerts on");
  });

  test("is green when nothing is open and everything was seen", () => {
    const card = statusOf();
    expect([card.header.colour, headlineOf(card)]).toEqual(["green", ["0 open alerts"]]);
    expect(statusOf({ watches: [watchStatusOf({ lastComplete: undefined })] }).header.colour).toBe("blue");
  });

  test.each([
    ["red", "an agent is gone", { open: [alertedOf({ kind: "agent-uninstalled" })], total: 1 }],
    ["orange", "something was changed", { open: [alertedOf()], total: 1 }],
    ["orange", "it stands still", { paused: "right" }],
    ["orange", "it is blind", { blindSince: since }],
  ] as const)("is %s when %s", (colour, _, about) => {
    expect(statusOf({ watches: [watchStatusOf(about)] }).header.colour).toBe(colour);
  });

  test("says of each watch what it is, who set it up, and what it saw last", () => {
    const last = { at: since + minute, complete: false, reason: "throttled", atRisk: 0 };
    const configured = { filter: "", origin: "configuration", author: "" } as const;
    const card = statusOf({ watches: [watchStatusOf({ last }), watchStatusOf({ watch: configured })] });
    const titles = blocksOfKind(card, "section").map(({ title }) => title);
    expect(titles.slice(0, 2)).toEqual(["Watch: group=rg-finance", "Watch: all runtimes"]);
    expect(factsOf(card).map(({ label, value }) => `${label}: ${value}`)).toEqual(
      expect.arrayContaining([
        "Set up by: wang.wei",
        "Last complete scan: 14:02, 0 at risk",
        "Last scan: 14:03, not complete: Alibaba Cloud is asking this bot to slow down",
        "Set up by: the configuration",
      ]),
    );
  });

  test("says the same in Chinese", () => {
    const card = statusOf({ watches: [watchStatusOf({ paused: "chat", blindSince: since })] }, "zh");
    expect(factOf(card, "上次完整扫描")).toBe("14:02，0 个有风险");
    expect(sentencesOf(card).slice(0, 2)).toEqual([
      "已暂停：机器人曾不在此会话中。",
      "自 14:02 起监控失效：没有一次完整的扫描。",
    ]);
  });

  test("shows some of what is open, and how many more there are", () => {
    const card = statusOf({ watches: [watchStatusOf({ open: alertedsOf(30), total: 1_200 })] });
    expect(tableOf(card).rows).toHaveLength(10);
    expect(sentencesOf(card)).toContain("And 1,190 more.");
    expect(headlineOf(card)).toEqual(["1200 open alerts"]);
  });

  test("shows what is muted, until when and by whom", () => {
    const mute = { target: "all", label: "all", until: since + 120 * minute, by: "li.na" };
    const card = statusOf({ mutes: [mute, { ...mute, target: "ecd-1", label: "agent-017" }] });
    expect(factOf(card, "all runtimes")).toBe("until 16:02, by li.na");
    expect(factOf(card, "agent-017")).toBe("until 16:02, by li.na");
    expect(pressOf(card, "Unmute all")).toBe("/alerts unmute all");
    const byId = statusOf({ mutes: [{ ...mute, by: "ou_7d8a6e6df7621556ce0d21922b676706" }] });
    expect(factOf(byId, "all runtimes")).toBe("until 16:02, by ou_7d8a6e6…");
  });

  test("says what is owed, and what did not arrive", () => {
    const card = statusOf({ owed: { count: 2, since }, failed: [failed] });
    expect(headlineOf(card)).toContain("2 to be sent");
    expect(sentencesOf(card)).toContain("2 messages have still to be sent, the oldest since 14:02.");
    expect(factOf(card, "14:02 new alert")).toBe("The chat is gone.");
    expect(card.header.colour).toBe("orange");
  });

  test("says how often is scanned, and what was used of what is allowed", () => {
    const card = statusOf();
    expect([factOf(card, "Scans"), factOf(card, "API calls"), factOf(card, "Messages")]).toEqual([
      "every 1 min",
      "1,200 of 10,000 this month",
      "3 this month",
    ]);
  });

  test("offers to turn off only what was turned on in the chat", () => {
    const configured = watchStatusOf({ watch: { filter: "", origin: "configuration", author: "" } });
    expect(everyLabel(statusOf())).toEqual(["Refresh", "Test", "Turn off"]);
    expect(everyLabel(statusOf({ watches: [configured] }))).toEqual(["Refresh", "Watch this", "Test"]);
  });
});
