import { describe, expect, test } from "vitest";
import { type Answer, type Card, type Locale, toCard } from "../../src/cards/index.ts";
import type { ListCommand } from "../../src/commands/index.ts";
import type { Listing } from "../../src/fleet/index.ts";
import { agentOf, listingOf, runtimeOf, runtimesOf } from "../builders.ts";
import { blocksOfKind, buttonsOf, headlineOf, pickerOf, pressOf, sentencesOf, tableOf } from "./read.ts";

function commandOf(about: Partial<ListCommand> = {}): ListCommand {
  return { kind: "list", filters: {}, page: 1, size: 10, ...about };
}

function cardOf(
  listing: Listing,
  about: Partial<ListCommand> & { showsUsers?: boolean; canExport?: boolean; locale?: Locale } = {},
): Card {
  const { showsUsers = true, canExport = false, locale = "en", ...command } = about;
  const { page, size } = listing;
  const answer: Answer = {
    kind: "list",
    command: commandOf({ page, size, ...command }),
    listing,
    providers: ["OpenClaw", "HermesAgent"],
    showsUsers,
    canExport,
  };
  return toCard(answer, locale);
}

/** The middle page of a list of 35, of which only this page is known. */
const middle = listingOf(runtimesOf(10), { total: 35, page: 2 });

describe("paging", () => {
  test("the first page leads on and not back", () => {
    const card = cardOf(listingOf(runtimesOf(10), { total: 35 }));
    expect(pressOf(card, "Next")).toBe("/runtimes page=2");
    expect(buttonsOf(card).some(({ role }) => role === "previous")).toBe(false);
  });

  test("a middle page leads both ways", () => {
    const card = cardOf(middle, { filters: { status: ["Running"] } });
    expect(pressOf(card, "Previous")).toBe("/runtimes status=Running");
    expect(pressOf(card, "Next")).toBe("/runtimes status=Running page=3");
    expect(pressOf(card, "Refresh")).toBe("/runtimes status=Running page=2");
  });

  test("the last page leads back and not on", () => {
    const card = cardOf(listingOf(runtimesOf(5), { total: 35, page: 4 }));
    expect(pressOf(card, "Previous")).toBe("/runtimes page=3");
    expect(buttonsOf(card).some(({ role }) => role === "next")).toBe(false);
  });

  test("a list of one page leads nowhere", () => {
    const roles = buttonsOf(cardOf(listingOf(runtimesOf(3)))).map(({ role }) => role);
    expect(roles).not.toContain("previous");
    expect(roles).not.toContain("next");
  });

  test("a page beyond the end says so, offers the last page, and claims nothing else", () => {
    const card = cardOf(listingOf([], { total: 35, page: 99 }));
    expect(sentencesOf(card)).toEqual(["There is no page 99: the last one is page 4."]);
    expect(pressOf(card, "Last page")).toBe("/runtimes page=4");
    expect(buttonsOf(card).map(({ role }) => role)).toEqual(["other", "refresh", "other"]);
    expect(card.header).toMatchObject({ colour: "grey", tags: [] });
    expect(headlineOf(card)).toEqual(["35 runtimes"]);
    expect(blocksOfKind(card, "page")).toEqual([]);
  });

  test("a page says where it stands, in both languages", () => {
    const listing = listingOf(runtimesOf(10), { total: 240, page: 2, size: 20 });
    expect(blocksOfKind(cardOf(listing), "page")).toEqual([
      { kind: "page", page: 2, pages: 12, total: 240, text: "Page 2 of 12 · 240 runtimes" },
    ]);
    expect(blocksOfKind(cardOf(listing, { locale: "zh" }), "page")[0]?.text).toBe("第 2/12 页 · 共 240 个");
    expect(blocksOfKind(cardOf(listingOf(runtimesOf(1))), "page")[0]?.text).toBe("Page 1 of 1 · 1 runtime");
  });

  test("the whole list can be had as a file where that is allowed and there is something in it", () => {
    const about = { filters: { status: ["Running"] }, canExport: true } as const;
    const card = cardOf(middle, about);
    expect(pressOf(card, "Export")).toBe("/runtimes export status=Running");
    const labels = buttonsOf(card).map(({ label }) => label);
    expect(labels.indexOf("Export")).toBe(labels.indexOf("Refresh") + 1);
    expect(pressOf(cardOf(middle, { ...about, locale: "zh" }), "导出")).toBe("/runtimes export status=Running");
    expect(pressOf(cardOf(listingOf([]), about), "Export")).toBeUndefined();
    expect(pressOf(cardOf(middle, { ...about, canExport: false }), "Export")).toBeUndefined();
  });

  test("the labels are those that every channel has", () => {
    const labels = (locale: Locale) => {
      const card = cardOf(middle, { locale });
      const ofRole = (role: string) => buttonsOf(card).find((button) => button.role === role)?.label;
      const details = blocksOfKind(card, "pickers")[0]?.pickers[0]?.label;
      return [ofRole("previous"), ofRole("next"), ofRole("refresh"), details];
    };
    expect(labels("en")).toEqual(["Previous", "Next", "Refresh", "Details"]);
    expect(labels("zh")).toEqual(["上一页", "下一页", "刷新", "详情"]);
  });

  test("the card shows its own command, to copy", () => {
    const card = cardOf(middle, { filters: { name: ["a b"] } });
    expect(card.command).toBe('/runtimes name="a b" page=2');
    expect(blocksOfKind(card, "command")).toEqual([{ kind: "command", text: card.command }]);
  });
});

describe("what is said first", () => {
  const mixed = [
    ...runtimesOf(3),
    runtimeOf({ id: "ecd-7", status: "Stopped", risks: ["model-modified"] }),
    runtimeOf({ id: "ecd-8", status: "Expired", risks: ["agent-uninstalled", "model-modified"] }),
  ];

  test("of a list that is known whole: what runs, and how many are at risk in which way", () => {
    const card = cardOf(listingOf(mixed));
    expect(headlineOf(card)).toEqual([
      "5 runtimes",
      "3 running",
      "1 stopped",
      "1 other",
      "2 at risk",
      "1 agent uninstalled",
      "2 model changed",
    ]);
    expect(card.header.tags).toEqual([
      { text: "2 at risk", colour: "red" },
      { text: "3 running", colour: "green" },
    ]);
  });

  test("of a part of a list: the total, and of the page what is counted there", () => {
    const card = cardOf(listingOf(mixed, { total: 240 }));
    expect(headlineOf(card)).toEqual(["240 runtimes", "3 running on this page", "2 at risk on this page"]);
    expect(card.header.tags.map(({ text }) => text)).toEqual(["2 at risk on this page", "3 running on this page"]);
  });

  test("the same in Chinese", () => {
    const card = cardOf(listingOf(mixed, { total: 240 }), { locale: "zh" });
    expect(headlineOf(card)).toEqual(["240 运行时", "3 本页运行中", "2 本页有风险"]);
    expect(card.header.tags.map(({ text }) => text)).toEqual(["本页 2 个有风险", "本页 3 个运行中"]);
  });

  test("of a list of one status the whole is of that status, whatever page is shown", () => {
    const running = cardOf(listingOf(runtimesOf(10), { total: 186 }), { filters: { status: ["Running"] } });
    expect(headlineOf(running)).toEqual(["186 runtimes", "186 running", "0 at risk on this page"]);
    const stopped = runtimesOf(10, { status: "Stopped" });
    expect(headlineOf(cardOf(listingOf(stopped, { total: 41 }), { filters: { status: ["Stopped"] } }))).toEqual([
      "41 runtimes",
      "41 stopped",
      "0 at risk on this page",
    ]);
  });

  test("all of risk=yes are at risk, and none of risk=no", () => {
    const atRisk = cardOf(listingOf(runtimesOf(10, { risks: ["channel-modified"] }), { total: 30 }), {
      filters: { risk: ["yes"] },
    });
    expect(headlineOf(atRisk)).toContain("30 at risk");
    expect(headlineOf(cardOf(middle, { filters: { risk: ["no"] } }))).toContain("0 at risk");
  });

  test("of risk nothing is said that the API did not say", () => {
    const card = cardOf(listingOf(runtimesOf(2, { risks: undefined })));
    expect(headlineOf(card).some((fact) => fact.includes("risk"))).toBe(false);
    expect(sentencesOf(card)).toContain("The API said nothing on the risk of 2 runtimes.");
    expect(tableOf(card).rows[0]?.cells.at(-1)?.text).toBe("unknown");
  });

  test("an empty list says so, and offers to drop the filters", () => {
    const card = cardOf(listingOf([]), { filters: { status: ["Deleted"] }, size: 20 });
    expect(headlineOf(card)).toEqual(["0 runtimes"]);
    expect(sentencesOf(card)).toEqual(["No runtime matches."]);
    expect(pressOf(card, "Without filters")).toBe("/runtimes size=20");
    expect(pressOf(card, "Summary")).toBeUndefined();
    expect(buttonsOf(cardOf(listingOf([]))).map(({ label }) => label)).toEqual(["Refresh"]);
  });

  test("what was left out, could not be read, or moved is told", () => {
    const card = cardOf(listingOf(runtimesOf(2), { doubles: 3, unreadable: 1, complete: false }));
    expect(sentencesOf(card)).toEqual([
      "3 runtimes are left out here: with agents of two providers, they were listed before.",
      "1 row of the API could not be read.",
      "The list changed while it was read: some runtimes may be missing.",
    ]);
  });
});

describe("the colour", () => {
  const colourOf = (listing: Listing, filters = {}) => cardOf(listing, { filters }).header.colour;

  test("is green when nothing is at risk in a list that is known whole", () => {
    expect(colourOf(listingOf(runtimesOf(3)))).toBe("green");
    expect(colourOf(middle, { risk: ["no"] })).toBe("green");
  });

  test("is no judgement when only a page is known, or when the API said nothing of some", () => {
    expect(colourOf(middle)).toBe("blue");
    expect(colourOf(listingOf([...runtimesOf(2), runtimeOf({ id: "ecd-9", risks: undefined })]))).toBe("blue");
  });

  test("is orange when there is something to know", () => {
    expect(colourOf(listingOf(runtimesOf(2, { risks: ["model-modified"] })))).toBe("orange");
    expect(colourOf(listingOf(runtimesOf(2), { complete: false }))).toBe("orange");
    expect(colourOf(listingOf(runtimesOf(2), { unreadable: 1 }))).toBe("orange");
  });

  test("is red when an agent is gone", () => {
    expect(colourOf(listingOf(runtimesOf(2, { risks: ["model-modified", "agent-uninstalled"] })))).toBe("red");
  });

  test("is grey when there are no rows", () => {
    expect(colourOf(listingOf([]))).toBe("grey");
  });
});

describe("a row", () => {
  const rowsOf = (about: Parameters<typeof runtimeOf>[0], locale: Locale = "en") =>
    tableOf(cardOf(listingOf([runtimeOf(about)]), { locale })).rows;

  test("names the runtime, its state, its agents, its users and its risk, and leads to everything else", () => {
    const agents = [agentOf({ provider: "OPEN_CLAW", version: "OpenClaw 2026.4.15" }), agentOf({ status: "Stopped" })];
    const [row] = rowsOf({ agents, users: ["li.na", "wang.wei", "x"], risks: ["model-modified", "channel-modified"] });
    expect(row?.cells.map(({ text }) => text)).toEqual([
      "agent-1",
      "Running",
      "OpenClaw 2026.4.15 Running + OpenClaw 2026.4.15 Stopped",
      "li.na, wang.wei +1",
      "model changed, channel changed",
    ]);
    expect(row).toMatchObject({ command: "/runtimes show ecd-1", label: "agent-1", colour: "orange" });
  });

  test("has Chinese words where there are some, and the API's where there are none", () => {
    const [row] = rowsOf({ status: "Stopped", agents: [agentOf({ status: "Upgrading" })], risks: undefined }, "zh");
    expect(row?.cells.map(({ text }) => text)).toEqual([
      "agent-1",
      "已停止",
      "OpenClaw 2026.4.15 Upgrading",
      "li.na",
      "未知",
    ]);
  });

  test("says a dash where there is nothing", () => {
    const [row] = rowsOf({ status: undefined, agents: [], users: [] });
    expect(row?.cells.map(({ text }) => text)).toEqual(["agent-1", "–", "–", "–", "–"]);
  });

  test("is called by its id when it has no name, and cannot be opened without an id", () => {
    expect(rowsOf({ name: undefined })[0]?.label).toBe("ecd-1");
    expect(rowsOf({ id: "" })[0]?.command).toBeUndefined();
    expect(rowsOf({ id: "e".repeat(201) })[0]?.command).toBeUndefined();
  });

  test("takes a status called like what every object has for a status", () => {
    expect(rowsOf({ status: "constructor" }, "zh")[0]?.cells[1]?.text).toBe("constructor");
  });

  test("has no column of users where they may not be seen", () => {
    const card = cardOf(listingOf(runtimesOf(1)), { showsUsers: false });
    expect(tableOf(card).columns.map(({ key }) => key)).toEqual(["name", "status", "agent", "risk"]);
    expect(tableOf(card).rows[0]?.cells).toHaveLength(4);
  });

  test("of the same name as another is told apart by its id among the details", () => {
    const twins = [runtimeOf({ id: "ecd-1" }), runtimeOf({ id: "ecd-2" }), runtimeOf({ id: "ecd-3", name: "b" })];
    expect(pickerOf(cardOf(listingOf(twins)), "Details").options).toEqual([
      { label: "agent-1 (ecd-1)", command: "/runtimes show ecd-1", selected: false },
      { label: "agent-1 (ecd-2)", command: "/runtimes show ecd-2", selected: false },
      { label: "b", command: "/runtimes show ecd-3", selected: false },
    ]);
  });
});
