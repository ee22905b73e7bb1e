import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { labelsOf, titleOf, wordsOf } from "./card.ts";
import { bothWays, openRig, type Rig } from "./rig.ts";

let rig: Rig;

const rules = `[
  { channel: lark, chats: [oc_closed], users: [ou_anna], allow: [] },
  { channel: lark, users: [ou_anna], allow: [query] },
  { channel: lark, users: [ou_narrow], allow: [query], scope: "status=Stopped" },
  { channel: lark, users: [ou_masked], allow: [query], show: { users: masked } },
  { channel: lark, users: [ou_hidden], allow: [query], show: { users: hidden } }]`;
const eve = "ou_eve";

describe.each(bothWays)("events by %s", (events) => {
  beforeAll(async () => {
    rig = await openRig({ events, rules, simulator: { runtimes: 40, riskRate: 0.3 } });
  });
  afterAll(() => rig.close());

  const calls = () => rig.simulator.stats().requests;
  let before = 0;
  beforeEach(() => {
    before = calls();
  });

  test("who has no right gets a card that teaches nothing", async () => {
    const texts = ["/runtimes", "/runtimes statsu=Running", "/runtimes show agent-005", "/help", "hello"];
    const cards = await Promise.all(texts.map((text) => rig.ask(text, { user: eve })));
    expect(new Set(cards.map(({ content }) => content)).size).toBe(1);
    const [card] = cards;
    expect(titleOf(card?.content ?? "{}")).toBe("Not allowed here");
    expect(labelsOf(card?.content ?? "{}")).toEqual([]);
    expect(wordsOf(card?.content ?? "{}")).not.toMatch(/\/runtimes|agent-|Running|OpenClaw/);
    expect(calls()).toBe(before);
  });

  test("who has no right and presses gets a word, and the card stays", async () => {
    const card = await rig.ask("/runtimes size=5");
    before = calls();
    const pressed = await rig.press(card, { label: "Next" }, eve);
    expect([pressed.outcome, pressed.toast?.content]).toEqual(["toast", "You may not use this command in this chat."]);
    expect(card.versions).toHaveLength(1);
    expect(calls()).toBe(before);
  });

  test("a right in one chat is none in another", async () => {
    const card = await rig.ask("/runtimes", { chat: "oc_closed" });
    expect(titleOf(card.content)).toBe("Not allowed here");
  });

  test("a scope holds for what is typed and for what is pressed", async () => {
    const truth = ["OpenClaw", "HermesAgent"].flatMap((AgentProvider) => rig.simulator.rows({ AgentProvider }));
    const stopped = truth.filter(({ DesktopStatus }) => DesktopStatus === "Stopped").length;
    const typed = await rig.ask("/runtimes status=Running,Stopped", { user: "ou_narrow" });
    expect(wordsOf(typed.content)).toContain(`${stopped} runtime`);
    const wide = await rig.ask("/runtimes size=5");
    expect((await rig.press(wide, { label: "Refresh" }, "ou_narrow")).outcome).toBe("card");
    expect(wordsOf(wide.content)).toContain(`${stopped} runtime`);
  });
});

test.each(["ou_masked", "ou_hidden"])(
  "%s: no name of an authorised user reaches the platform in any way",
  async (user) => {
    rig = await openRig({ rules, simulator: { runtimes: 40, riskRate: 0.3 } });
    const truth = ["OpenClaw", "HermesAgent"].flatMap((AgentProvider) =>
      rig.simulator.rows({ AgentProvider, IncludeRiskInfo: "true" }),
    );
    const names = new Set(truth.flatMap(({ AuthUsers }) => (Array.isArray(AuthUsers) ? AuthUsers.map(String) : [])));
    expect(names.size).toBeGreaterThan(10);
    const list = await rig.ask("/runtimes size=50", { user });
    const pressed: unknown[] = [];
    for (const { DesktopId } of truth.slice(0, 12)) {
      await rig.ask(`/runtimes show ${String(DesktopId)}`, { user });
      // Not every one of them is on the card that is pressed.
      const press = rig.press(list, { option: `/runtimes show ${String(DesktopId)}` }, user);
      await press.then(
        (seen) => pressed.push(seen),
        () => undefined,
      );
    }
    expect(pressed.length).toBeGreaterThan(0);
    await rig.ask("/runtimes summary", { user });
    await rig.ask("/runtimes sort=name", { user });
    for (const name of [...names].slice(0, 5)) {
      const filtered = await rig.ask(`/runtimes user="${name}"`, { user, chat: `oc_${user}` });
      // The message itself holds the name; its answer does not say whether there is one.
      expect(titleOf(filtered.content)).toBe("Not allowed here");
    }
    expect(titleOf((await rig.ask("/runtimes sort=user", { user })).content)).toBe("Not allowed here");
    const shown = rig.shown();
    expect(shown.includes("***")).toBe(user === "ou_masked");
    for (const name of names) expect(shown).not.toContain(name);
    await rig.close();
  },
);
