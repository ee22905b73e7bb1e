import { describe, expect, test } from "vitest";
import { type Answer, type AuditLine, type Card, toCard, toCardThatFits } from "../../../src/cards/index.ts";
import { parse, print } from "../../../src/commands/index.ts";
import { blocksOfKind, buttonsOf, pickerOf, pressOf, sentencesOf, tableOf } from "../read.ts";

type Audit = Extract<Answer, { kind: "audit" }>;

const day = 24 * 60 * 60_000;
const began = Date.UTC(2026, 5, 1, 14, 2);
const placeOf = (index: number) => String(1_000 - index).padStart(21, "0");

function lineOf(about: Partial<AuditLine> = {}, index = 0): AuditLine {
  const who = { id: "ou_1", name: undefined };
  const entry = { place: placeOf(index), at: began - index * 60_000, who, how: "typed", text: "/runtimes" } as const;
  return { ...entry, outcome: "ok", detail: undefined, ...about };
}

function answerOf(about: Partial<Audit> = {}): Audit {
  return {
    ...{ kind: "audit", command: { kind: "audit", days: 1, page: 1, size: 10 }, zone: "UTC", entries: [lineOf()] },
    ...{ next: undefined, older: 0, newer: [], counts: { entries: 1, people: 1, refused: 0 } },
    ...{ people: [{ id: "ou_1", name: undefined, count: 1 }], kept: 90 * day, ...about },
  };
}

const rowsOf = (card: Card) => tableOf(card).rows.map(({ cells }) => cells.map(({ text }) => text));
const cardOf = (about: Partial<Audit> = {}) => toCard(answerOf(about), "en");

/** Somebody muted, somebody was refused, a file went out, the configuration set up a watch, and someone brought the bot. */
const entries = [
  lineOf({ text: "/alerts mute a1", detail: { kind: "quieted", what: "muted", count: 2, target: "a1", until: began } }),
  lineOf({ text: "/audit", outcome: "refused", how: "pressed", who: { id: "ou_2", name: "li.na" } }),
  lineOf({ text: "/runtimes export", detail: { kind: "file", name: "runtimes.csv", rows: 1_240 } }),
  lineOf({ text: undefined, outcome: "bad" }),
  lineOf({
    text: "/alerts on",
    how: "configuration",
    who: { id: "", name: undefined },
    detail: { kind: "watch", what: "new" },
  }),
  lineOf({ text: "", how: "platform", who: { id: "", name: undefined }, detail: { kind: "joined" } }),
];

describe("an audit", () => {
  test("says when who did what, and what came of it", () => {
    expect(rowsOf(cardOf({ entries }))).toEqual([
      ["14:02", "ou_1", "/alerts mute a1", "OK · muted a1 until 14:02, 2 alerts"],
      ["14:02", "li.na", "/audit · button", "Refused"],
      ["14:02", "ou_1", "/runtimes export", "OK · 1,240 rows in runtimes.csv"],
      ["14:02", "ou_1", "(names a user)", "Not a command"],
      ["14:02", "the configuration", "/alerts on", "OK · watch set up"],
      ["14:02", "not known", "added the bot to this chat", "OK"],
    ]);
  });

  test("says it in Chinese", () => {
    const card = toCard(answerOf({ entries: entries.slice(0, 2) }), "zh");
    expect(card.header.title).toBe("本会话的审计");
    expect(rowsOf(card)).toEqual([
      ["14:02", "ou_1", "/alerts mute a1", "成功 · 已静音 a1，至 14:02，2 个告警"],
      ["14:02", "li.na", "/audit · 按钮", "被拒绝"],
    ]);
  });

  test("counts entries, people and what was refused", () => {
    const card = cardOf({ counts: { entries: 12, people: 3, refused: 2 } });
    const [facts] = blocksOfKind(card, "facts");
    expect(facts?.facts.map(({ label, value }) => `${value} ${label}`)).toEqual([
      "12 entries",
      "3 people",
      "2 refused",
    ]);
    expect(card.header.colour).toBe("orange");
  });

  test("says that there are more entries than are counted", () => {
    const counts = { entries: 10_000, people: 12, refused: 3, more: true };
    const about = { counts, older: 10_000, next: placeOf(1) };
    const card = cardOf(about);
    const [shown] = blocksOfKind(card, "facts");
    expect(shown?.facts.map(({ label, value }) => `${value} ${label}`)).toEqual([
      ...["10000+ entries", "12+ people", "3+ refused"],
    ]);
    expect(card.header.tags?.map(({ text }) => text)).toEqual(["3+ refused"]);
    const pages = [card, toCard(answerOf(about), "zh")].flatMap((one) => blocksOfKind(one, "page"));
    expect(pages.map(({ text }) => text)).toEqual(["Page 1 · more than 10,000 entries", "第 1 页 · 超过 10,000 条"]);
  });

  test("does nothing again when one of its rows is touched", () => {
    expect(tableOf(cardOf({ entries })).rows.filter(({ command }) => command !== undefined)).toEqual([]);
  });

  test("turns its pages by places, and the ends have no button that leads beyond", () => {
    const command = { kind: "audit", users: ["ou_1"], days: 7, page: 2, size: 10, until: placeOf(10) } as const;
    const newer = Array.from({ length: 10 }, (_, index) => placeOf(9 - index));
    const rows = entries.map((_, index) => lineOf({}, 10 + index));
    const counts = { entries: 19, people: 1, refused: 0 };
    const middle = cardOf({ command, entries: rows, newer, next: placeOf(20), older: 3, counts });
    expect(pressOf(middle, "Next")).toBe(`/audit user=ou_1 days=7 page=3 until=${placeOf(20)}`);
    expect(pressOf(middle, "Previous")).toBe(`/audit user=ou_1 days=7 until=${placeOf(0)}`);
    expect(pressOf(middle, "Newest")).toBe("/audit user=ou_1 days=7");
    expect(blocksOfKind(middle, "page").map(({ text }) => text)).toEqual(["Page 2 of 3 · 19 entries"]);
    const only = buttonsOf(cardOf()).map(({ role }) => role);
    expect(only).not.toContain("next");
    expect(only).not.toContain("previous");
  });

  test.each([
    [2, 1, 0, "Page 2 of 2 · 11 entries · 16 newer", "第 2/2 页 · 共 11 条 · 另有更新的 16 条"],
    [1, 10, 1, "Page 1 of 2 · 11 entries · 16 newer", "第 1/2 页 · 共 11 条 · 另有更新的 16 条"],
  ])(
    "says on page %i of a list that stands how many it holds, and how many are newer",
    (page, held, older, ...told) => {
      const first = (page - 1) * 10 + 16;
      const command = { kind: "audit", days: 1, page, size: 10, until: placeOf(first) } as const;
      const rows = Array.from({ length: held }, (_, index) => lineOf({}, first + index));
      const answer = answerOf({ command, entries: rows, older, counts: { entries: 27, people: 1, refused: 0 } });
      const cards = [toCard(answer, "en"), toCard(answer, "zh")];
      expect(cards.flatMap((card) => blocksOfKind(card, "page").map(({ text }) => text))).toEqual(told);
      expect(cards.flatMap((card) => blocksOfKind(card, "page").map(({ total }) => total))).toEqual([11, 11]);
    },
  );

  test("counts no entries before its first one that there are not, whatever page somebody types", () => {
    const command = { kind: "audit", days: 1, page: 5, size: 10, until: placeOf(0) } as const;
    expect(blocksOfKind(cardOf({ command }), "page").map(({ text }) => text)).toEqual(["Page 5 of 5 · 1 entry"]);
  });

  test("that does not fit turns to a smaller page, from which Next shows what was left out", () => {
    const many = Array.from({ length: 10 }, (_, index) => lineOf({}, index));
    const fits = (card: Card) => tableOf(card).rows.length <= 4;
    const card = toCardThatFits(
      answerOf({ entries: many, counts: { entries: 10, people: 1, refused: 0 } }),
      "en",
      fits,
    );
    expect(card.command).toBe("/audit size=4");
    expect(pressOf(card, "Next")).toBe(`/audit size=4 page=2 until=${placeOf(4)}`);
    expect(blocksOfKind(card, "page").map(({ text }) => text)).toEqual(["Page 1 of 3 · 10 entries"]);
  });

  test("offers other days, as far as entries are kept, and each of those who did something", () => {
    const card = cardOf({ people: [{ id: "ou 2", name: "li.na", count: 7 }] });
    expect(pickerOf(card, "Days").options.map(({ command }) => command)).toEqual([
      ...["/audit", "/audit days=7", "/audit days=30", "/audit days=90"],
    ]);
    expect(pickerOf(card, "Who").options.map(({ label, command }) => [label, command])).toEqual([
      ["Everybody", "/audit"],
      ["li.na · 7", '/audit user="ou 2"'],
    ]);
    for (const { command } of blocksOfKind(card, "pickers")
      .flatMap(({ pickers }) => pickers)
      .flatMap(({ options }) => options)) {
      const parsed = parse(command);
      expect(parsed.ok && print(parsed.command)).toBe(command);
    }
  });

  test("says why there is nothing", () => {
    const nothing = { entries: [], counts: { entries: 0, people: 0, refused: 0 }, people: [] };
    expect(sentencesOf(cardOf(nothing))[0]).toBe("Nothing was done in this time.");
    expect(sentencesOf(cardOf({ ...nothing, kept: 0 })).join(" ")).toContain("audit.keep");
    expect(sentencesOf(cardOf({ ...nothing, counts: { entries: 5, people: 1, refused: 0 } }))[0]).toMatch(
      /nothing on this page/,
    );
  });

  test("says when more was asked for than is kept", () => {
    const command = { kind: "audit", days: 100, page: 1, size: 10 } as const;
    expect(sentencesOf(cardOf({ command })).join(" ")).toContain("there are none from before");
    expect(sentencesOf(cardOf()).join(" ")).toContain("Entries are kept for 90 days.");
  });
});
