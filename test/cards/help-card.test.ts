import { describe, expect, test } from "vitest";
import { type Card, toCard } from "../../src/cards/index.ts";
import { parse, print, type Topic, topics } from "../../src/commands/index.ts";
import { filterKeyNames } from "../../src/fleet/index.ts";
import { blocksOfKind, buttonsOf, sentencesOf, tableOf, wordsOf } from "./read.ts";

function cardOf(topic: Topic | undefined, { byUser = true, canAudit = false, providers = ["HermesAgent"] } = {}): Card {
  return toCard({ kind: "help", command: { kind: "help", topic }, providers, byUser, canAudit }, "en");
}

const examplesOf = (card: Card) => blocksOfKind(card, "command").map(({ text }) => text);

describe("help", () => {
  test.each([undefined, ...topics])("on %s has only examples that can be typed as they stand", (topic) => {
    for (const example of examplesOf(cardOf(topic))) {
      const parsed = parse(example);
      expect(parsed.ok && print(parsed.command)).toBe(example);
    }
  });

  test("shows what each command does, with a provider of this fleet", () => {
    const examples = examplesOf(cardOf(undefined));
    expect(examples).toContain("/runtimes provider=HermesAgent status=Running");
    expect(examples).toEqual(expect.arrayContaining(["/runtimes", "/runtimes risk=yes", "/runtimes summary"]));
    const notes = blocksOfKind(cardOf(undefined, { canAudit: true }), "command").filter(
      ({ note }) => note !== undefined,
    );
    expect(notes).toHaveLength(topics.length - 1);
  });

  test("has every key with its values in the table of filters", () => {
    const { rows } = tableOf(cardOf("filters"));
    const options = ["view", "page", "size", "sort", "by", "format", "days"];
    expect(rows.map(({ label }) => label)).toEqual([...filterKeyNames, ...options]);
    expect(rows.every(({ cells }) => cells.every(({ text }) => text !== ""))).toBe(true);
    expect(rows.find(({ label }) => label === "risk")?.cells.map(({ text }) => text)).toEqual([
      "risk · 风险",
      "whether it is at risk, or how",
      "yes, no, agent-uninstalled, model-modified, channel-modified",
    ]);
    const values = (key: string) => rows.find(({ label }) => label === key)?.cells[2]?.text;
    expect(values("sort")).toBe("name, status, region, version, risk, user");
    expect(values("days")).toBe("1–90, mon-fri, weekdays, weekend, daily");
  });

  test("shows the table at once where it was asked for, and on demand elsewhere", () => {
    const collapsed = (topic: Topic | undefined) => blocksOfKind(cardOf(topic), "section").at(-1)?.collapsed;
    expect([collapsed("filters"), collapsed("summary"), collapsed(undefined)]).toEqual([false, true, true]);
  });

  test("leads from a topic to those of its kind, and to everything else by way of the overview", () => {
    const leads = (topic: Topic | undefined) => buttonsOf(cardOf(topic)).map(({ command }) => command);
    expect(leads("summary").toSorted()).toEqual(
      ["", " export", " filters", " risks", " runtimes", " show", " trend"].map((topic) => `/help${topic}`),
    );
    expect(leads("digest")).toEqual(["/help", "/help alerts", "/help why", "/help view", "/help lang"]);
    const reached = new Set([undefined, "summary" as const, "digest" as const].flatMap(leads));
    expect(topics.filter((topic) => !reached.has(`/help ${topic}`))).toEqual(["summary", "audit"]);
  });

  test("has no more buttons than every channel shows", () => {
    const counts = [undefined, ...topics].map((topic) => buttonsOf(cardOf(topic, { canAudit: true })).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(10);
  });

  test("shows of what a chat keeps one example each, and on its own topic all of them", () => {
    expect(examplesOf(cardOf(undefined)).filter((text) => text.startsWith("/alerts"))).toEqual(["/alerts on"]);
    expect(examplesOf(cardOf("alerts"))).toContain("/alerts mute agent-017");
    expect(examplesOf(cardOf("view"))).toContain("/runtimes view=stopped");
  });

  test("lists the audit to those who may ask for it, and to nobody else", () => {
    const lists = (canAudit: boolean) => {
      const cards = [undefined, "digest" as const].map((topic) => cardOf(topic, { canAudit }));
      return [...cards.flatMap(examplesOf), ...cards.flatMap(buttonsOf).map(({ command }) => command)].filter((text) =>
        text.includes("audit"),
      );
    };
    expect(lists(true)).toEqual(["/audit", "/help audit", "/help audit"]);
    expect(lists(false)).toEqual([]);
  });

  test("offers nothing about users to those who may not see them", () => {
    const { rows } = tableOf(cardOf("filters", { byUser: false }));
    expect(rows.some(({ label }) => label === "user")).toBe(false);
    expect(rows.find(({ label }) => label === "sort")?.cells[2]?.text).toBe("name, status, region, version, risk");
  });

  test("speaks Chinese", () => {
    const card = toCard(
      { kind: "help", command: { kind: "help", topic: "filters" }, providers: ["OpenClaw"], byUser: true },
      "zh",
    );
    expect(card.header.title).toBe("帮助：筛选");
    expect(sentencesOf(card)[0]).toBe("全部筛选项及其值。");
    expect(wordsOf(card)).toContain("资源组编号");
  });
});
