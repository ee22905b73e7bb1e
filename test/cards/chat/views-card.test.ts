import { describe, expect, test } from "vitest";
import { type Answer, toCard } from "../../../src/cards/index.ts";
import type { Command } from "../../../src/commands/index.ts";
import { blocksOfKind, pickerOf, pressOf, sentencesOf, tableOf } from "../read.ts";

type Views = Extract<Answer, { kind: "views" }>;

function cardOf(about: Partial<Views> = {}) {
  const views = [
    { name: "finance", filter: "group=rg-1", by: "ou_1" },
    { name: "my view", filter: "status=Running", by: "ou_2" },
  ];
  return toCard({ kind: "views", command: { kind: "view-list" }, views, ...about }, "en");
}

describe("the saved views of a chat", () => {
  test("are rows with their filters, and a press lists what a view holds", () => {
    const { rows } = tableOf(cardOf());
    expect(rows.map(({ cells, command }) => [...cells.map(({ text }) => text), command])).toEqual([
      ["finance", "group=rg-1", "/runtimes view=finance"],
      ["my view", "status=Running", '/runtimes view="my view"'],
    ]);
  });

  test("can be dropped one by one", () => {
    expect(pickerOf(cardOf(), "Drop").options.map(({ command }) => command)).toEqual([
      "/view drop finance",
      '/view drop "my view"',
    ]);
  });

  test("say first what was just done", () => {
    expect(sentencesOf(cardOf({ did: { what: "replaced", name: "finance" } }))[0]).toBe("“finance” is replaced.");
  });

  test("are refreshed as a list, whatever was done", () => {
    const command = { kind: "view-drop", name: "old" } as const;
    expect(pressOf(cardOf({ command, did: { what: "dropped", name: "old" } }), "Refresh")).toBe("/view list");
  });

  test("show how to save one where there is none", () => {
    const card = cardOf({ views: [] });
    expect(blocksOfKind(card, "command").map(({ text }) => text)).toContain("/view save stopped status=Stopped");
    expect(blocksOfKind(card, "pickers")).toEqual([]);
  });

  test("are full at some point, and say how to make room", () => {
    const command = { kind: "view-save", name: "x", filters: { risk: ["yes"] } } as const;
    const card = toCard({ kind: "too-many-views", command, limit: 50 }, "en");
    expect(sentencesOf(card)[0]).toMatch(/^This chat has 50 saved views/);
    expect(pressOf(card, "Saved views")).toBe("/view list");
  });
});

describe("a view that there is not", () => {
  function unknownCard(command: Command, nearest: string | undefined) {
    return toCard({ kind: "unknown-view", command, name: "fniance", nearest }, "en");
  }

  test.each<readonly [Command, string]>([
    [{ kind: "list", filters: {}, view: "fniance", page: 1, size: 20 }, "/runtimes size=20 view=finance"],
    [{ kind: "summary", filters: {}, view: "fniance" }, "/runtimes summary view=finance"],
    [{ kind: "trend", filters: {}, view: "fniance", days: 1 }, "/runtimes trend days=1 view=finance"],
    [{ kind: "alerts-on", filters: {}, view: "fniance", preview: true }, "/alerts on view=finance preview"],
    [{ kind: "digest-on", filters: {}, view: "fniance", at: 60 }, "/digest on at=01:00 view=finance"],
    [{ kind: "view-drop", name: "fniance" }, "/view drop finance"],
  ])("is mended to the nearest name: %j", (command, mended) => {
    const card = unknownCard(command, "finance");
    const run = pressOf(card, "Run this") ?? "";
    expect(run.split(" ").toSorted()).toEqual(mended.split(" ").toSorted());
    expect(sentencesOf(card)).toContain("Did you mean “finance”?");
  });

  test("leads to the list of views where none is near", () => {
    const card = unknownCard({ kind: "view-drop", name: "fniance" }, undefined);
    expect(pressOf(card, "Run this")).toBeUndefined();
    expect(pressOf(card, "Saved views")).toBe("/view list");
  });
});
