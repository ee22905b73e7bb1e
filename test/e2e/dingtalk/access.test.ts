import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { everybodySees, labelsOf, titleOf, wordOf, wordsOf } from "./card.ts";
import { exportOf } from "./exported.ts";
import { anna, group, openRig, type Rig } from "./rig.ts";

let rig: Rig;

const rules = `[
  { channel: dingtalk, chats: ["cidClosed=="], users: [anna01], allow: [] },
  { channel: dingtalk, users: [anna01], allow: [query, export] },
  { channel: dingtalk, users: [asks01], allow: [query] },
  { channel: dingtalk, users: [narrow01], allow: [query, export], scope: "status=Stopped" },
  { channel: dingtalk, users: [masked01], allow: [query, export], show: { users: masked } },
  { channel: dingtalk, users: [hidden01], allow: [query, export], show: { users: hidden } },
  { channel: lark, allow: [query, export, admin] }]`;
const eve = "eve01";

const truthOf = () =>
  ["OpenClaw", "HermesAgent"].flatMap((AgentProvider) =>
    rig.simulator.rows({ AgentProvider, IncludeRiskInfo: "true" }),
  );

describe("who may do what", () => {
  beforeAll(async () => {
    rig = await openRig({ rules, simulator: { runtimes: 40, riskRate: 0.3 } });
  });
  afterAll(() => rig.close());

  const calls = () => rig.simulator.stats().requests;
  let before = 0;
  beforeEach(() => {
    before = calls();
  });

  test("who has no right gets a card that teaches nothing but the ids for the access rules", async () => {
    const texts = ["/runtimes", "/runtimes statsu=Running", "/runtimes show agent-005", "/runtimes export", "hello"];
    for (const text of texts) {
      const card = await rig.ask(text, { user: eve });
      const words = wordsOf(card.content);
      expect(titleOf(card)).toBe("Not allowed here");
      expect(labelsOf(card.content)).toEqual([]);
      expect(words).not.toMatch(/\/runtimes|agent-|Running|OpenClaw/);
      expect(words).toContain(group);
      expect(words).toContain(eve);
    }
    expect(calls()).toBe(before);
  });

  test("somebody from outside of the organisation has no right, whatever they call themselves", async () => {
    const about = { user: "guest", outsider: true, nick: anna };
    for (const more of [{}, { group: false }] as const) {
      expect(titleOf(await rig.ask("/runtimes", { ...about, ...more }))).toBe("Not allowed here");
    }
    expect(calls()).toBe(before);
  });

  test("who has no right and presses gets a word, and the card stays as it was for everyone", async () => {
    const card = await rig.ask("/runtimes size=5");
    before = calls();
    const pressed = await rig.press(card, "Next", { user: eve });
    expect(wordOf(pressed)).toBe("You may not use this command in this chat.");
    expect(everybodySees(rig.fake, card)).toContain("Page 1 of 8");
    expect(rig.fake.viewOf(card.id, eve).markdown).toBe(card.content.markdown);
    await rig.quiet();
    expect([rig.changesOf(card), calls()]).toEqual([0, before]);
    await rig.turn(card, "Next");
    expect(rig.fake.viewOf(card.id, eve)).toMatchObject({ tips: "" });
  });

  test("a button that was made for somebody else runs with the right of who presses", async () => {
    const card = await rig.ask("/runtimes size=5");
    const pressed = await rig.press(card, "Export", { user: "asks01" });
    expect(wordOf(pressed)).toBe("You may not use this command in this chat.");
    expect(rig.fake.uploads).toEqual([]);
    expect(labelsOf((await rig.ask("/runtimes size=5", { user: "asks01" })).content).join()).not.toContain("Export");
  });

  test("a right in one chat is none in another", async () => {
    expect(titleOf(await rig.ask("/runtimes", { chat: "cidClosed==" }))).toBe("Not allowed here");
  });

  test("a scope holds for what is typed, for what is pressed, and for files", async () => {
    const stopped = truthOf().filter(({ DesktopStatus }) => DesktopStatus === "Stopped").length;
    const typed = await rig.ask("/runtimes status=Running,Stopped", { user: "narrow01" });
    expect(wordsOf(typed.content)).toContain(`${stopped} runtime`);
    const wide = await rig.ask("/runtimes size=5");
    await rig.turn(wide, "Refresh", "narrow01");
    expect(everybodySees(rig.fake, wide)).toContain(`${stopped} runtime`);
    rig.write("/runtimes export format=csv", { user: "narrow01", chat: "cidNarrow==" });
    expect((await exportOf(rig, "cidNarrow==")).rows).toHaveLength(stopped);
  });
});

test.each(["masked01", "hidden01"])(
  "%s: no name of an authorised user reaches the platform in any way",
  async (user) => {
    rig = await openRig({ rules, simulator: { runtimes: 40, riskRate: 0.3 } });
    const names = new Set(
      truthOf().flatMap(({ AuthUsers }) => (Array.isArray(AuthUsers) ? AuthUsers.map(String) : [])),
    );
    expect(names.size).toBeGreaterThan(10);
    const list = await rig.ask("/runtimes size=5", { user });
    await rig.turn(list, "Next", user);
    for (const { DesktopId } of truthOf().slice(0, 12)) await rig.ask(`/runtimes show ${String(DesktopId)}`, { user });
    await rig.ask("/runtimes summary", { user });
    await rig.ask("/runtimes sort=name", { user });
    for (const [index, name] of [...names].slice(0, 3).entries()) {
      const filtered = await rig.ask(`/runtimes user="${name}"`, { user, chat: `cidFilter${index}==` });
      expect(titleOf(filtered)).toBe("Not allowed here");
    }
    const files = [];
    for (const format of ["csv", "xlsx"]) {
      const chat = `cid${format}==`;
      rig.write(`/runtimes export format=${format}`, { user, chat });
      files.push((await exportOf(rig, chat)).text);
    }
    const places = [rig.shown(), ...files];
    for (const place of places) {
      for (const name of names) expect(place).not.toContain(name);
    }
    expect(rig.shown().includes("***")).toBe(user === "masked01");
    await rig.close();
  },
);
