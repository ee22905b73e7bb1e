import { describe, expect, test } from "vitest";
import { type Answer, type Card, type Locale, toCard } from "../../../src/cards/index.ts";
import type { DeskCommand } from "../../../src/commands/index.ts";
import { minute, since, zone } from "../alerted.ts";
import { pickerOf, pressOf, sentencesOf, tableOf } from "../read.ts";

type Quieted = Extract<Answer, { kind: "quieted" }>;

const commands = {
  acked: { kind: "alerts-ack", target: "agent-017" },
  muted: { kind: "alerts-mute", target: "agent-017", for: 120 * minute },
  unmuted: { kind: "alerts-unmute", target: "agent-017" },
} as const satisfies Readonly<Record<string, DeskCommand>>;

function quieted(what: Quieted["what"], about: Partial<Quieted> = {}, locale: Locale = "en"): Card {
  const until = what === "muted" ? since + 120 * minute : undefined;
  const rest = { target: "agent-017", count: 1, until, ...about };
  return toCard({ kind: "quieted", command: commands[what], zone, what, ...rest }, locale);
}

const saidBy = (card: Card) => sentencesOf(card)[0];

describe("what was quieted", () => {
  test("is said with how many alerts it was", () => {
    expect(saidBy(quieted("acked", { count: 2 }))).toBe("2 alerts of agent-017 acknowledged.");
    expect(saidBy(quieted("acked", { target: "all" }))).toBe("1 alert acknowledged.");
    expect(saidBy(quieted("acked", { count: 2 }, "zh"))).toBe("已确认“agent-017”的 2 个告警。");
    expect(saidBy(quieted("acked", { count: 2, target: "all" }, "zh"))).toBe("已确认 2 个告警。");
  });

  test("is said with the time until when it is, and can be undone", () => {
    const card = quieted("muted");
    expect(saidBy(card)).toBe("agent-017 is muted until 30 Nov 16:02.");
    expect(sentencesOf(card)[1]).toMatch(/^1 open alert is quiet\. Scans go on/);
    expect(sentencesOf(card)[2]).toBe("Times: 30 Nov 2025, GMT+8");
    expect(pressOf(card, "Unmute")).toBe("/alerts unmute agent-017");
    expect(saidBy(quieted("muted", { target: "all" }, "zh"))).toBe("全部运行时已静音，至 11月30日 16:02。");
  });

  test("is said of a mute without an open alert, which is still one", () => {
    const card = quieted("muted", { count: 0 });
    expect([card.header.colour, sentencesOf(card)[1]]).toEqual([
      "blue",
      "Scans go on; what lasts and is not acknowledged is told when the mute ends.",
    ]);
  });

  test.each([
    ["acked", "agent-017", "No open alert of agent-017 is left to acknowledge.", "“agent-017”没有待确认的告警。"],
    ["acked", "all", "No open alert is left to acknowledge.", "没有待确认的告警。"],
    ["unmuted", "agent-017", "agent-017 was not muted.", "“agent-017”没有静音。"],
    ["unmuted", "all", "Nothing was muted.", "没有静音。"],
  ] as const)("is nothing where nothing was left to do: %s %s", (what, target, english, chinese) => {
    const card = quieted(what, { target, count: 0 });
    expect([card.header.title, card.header.colour, saidBy(card)]).toEqual(["Nothing to do", "grey", english]);
    expect(saidBy(quieted(what, { target, count: 0 }, "zh"))).toBe(chinese);
  });

  test("is said of all mutes at once", () => {
    expect(saidBy(quieted("unmuted", { target: "all" }))).toBe("Everything is unmuted.");
    expect(saidBy(quieted("unmuted", { target: "all" }, "zh"))).toBe("已取消全部静音。");
  });
});

describe("several runtimes of one name", () => {
  const runtimes: Extract<Answer, { kind: "which-alert" }>["runtimes"] = [
    { runtime: "ecd-1", name: "agent-017", kinds: ["model-modified", "agent-uninstalled"] },
    { runtime: "ecd-2", name: "agent-017", kinds: ["model-modified"] },
    { runtime: "ecd-3", name: "agent-017", kinds: [] },
  ];
  const which = (command: DeskCommand) => toCard({ kind: "which-alert", command, target: "agent-017", runtimes }, "en");

  test("are told apart by their ids, with all that they are at risk of", () => {
    const rows = tableOf(which(commands.acked)).rows;
    expect(rows.map(({ cells, colour }) => [...cells.map(({ text }) => text), colour])).toEqual([
      ["agent-017", "ecd-1", "model changed, agent uninstalled", "red"],
      ["agent-017", "ecd-2", "model changed", "orange"],
      ["agent-017", "ecd-3", "–", "grey"],
    ]);
  });

  test.each([
    [commands.acked, "/alerts ack ecd-2"],
    [commands.muted, "/alerts mute ecd-2"],
    [commands.unmuted, "/alerts unmute ecd-2"],
    [{ kind: "why", target: "agent-017" }, "/why ecd-2"],
  ] as const)("run by a choice what was asked, of that one: %o", (command, expected) => {
    const card = which(command);
    expect(pickerOf(card, "Runtime").options[1]).toEqual({
      label: "agent-017 (ecd-2)",
      command: expected,
      selected: false,
    });
    expect(tableOf(card).rows[1]?.command).toBe(expected);
  });
});

describe("what cannot be done", () => {
  test.each([
    ["no-alert", "grey"],
    ["chats-only", "orange"],
    ["store-failed", "red"],
  ] as const)("says why and what to do: %s", (kind, colour) => {
    for (const locale of ["en", "zh"] as const) {
      const card = toCard({ kind, command: commands.muted, target: "agent-017" }, locale);
      expect([card.header.colour, card.command]).toEqual([colour, "/alerts mute agent-017"]);
      expect(sentencesOf(card)).toHaveLength(2);
    }
  });

  test("can be tried again when the store failed", () => {
    const card = toCard({ kind: "store-failed", command: commands.acked }, "en");
    expect(pressOf(card, "Try again")).toBe("/alerts ack agent-017");
  });
});
