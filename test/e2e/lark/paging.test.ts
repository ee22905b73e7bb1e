import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandsOfEveryKind } from "../answers.ts";
import { commandsOf, labelsOf, titleOf, wordsOf } from "./card.ts";
import { bothWays, group, openRig, type Rig } from "./rig.ts";

/** Everything may be asked. */
const rules = "[{ channel: lark, allow: [query, export, admin] }]";

describe.each(bothWays)("events by %s", (events) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await openRig({ events, simulator: { runtimes: 60, riskRate: 0.4 }, rules });
  });
  afterAll(() => rig.close());

  const idsOf = (content: string) => commandsOf(content, "/runtimes show ").map((command) => command.slice(15));
  const truth = (more: Readonly<Record<string, string>>) =>
    ["OpenClaw", "HermesAgent"].flatMap((AgentProvider) =>
      rig.simulator.rows({ AgentProvider, IncludeRiskInfo: "true", ...more }).map(({ DesktopId }) => DesktopId),
    );

  test("a mention with a command is answered with one card, as a reply to that message", async () => {
    const asked = rig.write("/runtimes risk=yes");
    const card = await rig.answerTo(asked);
    expect([card.replyTo, card.chat, card.type]).toEqual([asked, group, "interactive"]);
    expect(titleOf(card.content)).toBe("Agent runtimes");
    expect(wordsOf(card.content)).toContain(`${truth({ HasRisk: "true" }).length} runtimes`);
    expect(rig.fake.sent.filter(({ replyTo }) => replyTo === asked)).toHaveLength(1);
  });

  test("Next turns the same card for everyone, by the answer to the callback", async () => {
    const card = await rig.ask("/runtimes risk=yes size=5");
    const before = rig.fake.sent.length;
    const pressed = await rig.press(card, { label: "Next" }, "ou_ben");
    expect([pressed.outcome, pressed.inTime]).toEqual(["card", true]);
    expect(wordsOf(card.content)).toContain("Page 2 of ");
    expect(wordsOf(card.content)).toContain("/runtimes risk=yes page=2 size=5");
    expect(card.versions.map(({ how }) => how)).toEqual(["send", "callback"]);
    expect(rig.fake.sent).toHaveLength(before);
  });

  test("walking Next from the first page shows every runtime once, and the ends have no way on", async () => {
    const card = await rig.ask("/runtimes size=7");
    expect(labelsOf(card.content)).not.toContain("Previous");
    const seen = [...idsOf(card.content)];
    while (labelsOf(card.content).includes("Next")) {
      expect((await rig.press(card, { label: "Next" })).outcome).toBe("card");
      seen.push(...idsOf(card.content));
    }
    expect(seen).toEqual(truth({}));
    expect(labelsOf(card.content)).toContain("Previous");
  });

  test("Previous and Refresh turn the same card", async () => {
    const card = await rig.ask("/runtimes page=3 size=5");
    const third = idsOf(card.content);
    expect((await rig.press(card, { label: "Previous" })).outcome).toBe("card");
    expect(idsOf(card.content)).toEqual(truth({}).slice(5, 10));
    await rig.press(card, { label: "Next" });
    const calls = rig.simulator.stats().requests;
    expect((await rig.press(card, { label: "Refresh" })).outcome).toBe("card");
    expect(idsOf(card.content)).toEqual(third);
    expect(rig.simulator.stats().requests).toBeGreaterThan(calls);
  });

  test("pickers narrow the list, change its pages, and open one runtime", async () => {
    const card = await rig.ask("/runtimes");
    expect((await rig.press(card, { label: "Status", option: "Stopped" })).outcome).toBe("card");
    expect(idsOf(card.content)).toEqual(truth({ "DesktopStatuses.1": "Stopped" }).slice(0, 10));
    expect((await rig.press(card, { label: "Rows", option: "20 a page" })).outcome).toBe("card");
    expect(wordsOf(card.content)).toContain("/runtimes status=Stopped size=20");
    const [id = ""] = idsOf(card.content);
    expect((await rig.press(card, { label: "Details", option: `/runtimes show ${id}` })).outcome).toBe("card");
    expect(titleOf(card.content)).not.toBe("Agent runtimes");
    expect(wordsOf(card.content)).toContain(id);
  });

  test("every kind of answer is a card that the platform takes", async () => {
    const [id] = truth({});
    for (const text of commandsOfEveryKind(String(id))) {
      expect(titleOf((await rig.ask(text)).content)).not.toBe("");
    }
  });

  test("a failing API is told on a card, and its button tries again", async () => {
    rig.simulator.faults.fail(10, { kind: "deny" });
    const card = await rig.ask("/runtimes group=rg-finance");
    expect(titleOf(card.content)).toBe("No answer from the fleet");
    rig.simulator.faults.clear();
    expect((await rig.press(card, { label: "Try again" })).outcome).toBe("card");
    expect(titleOf(card.content)).toBe("Agent runtimes");
  });

  test("a bad command is answered with a button that runs the mended one, and nothing is called", async () => {
    const calls = rig.simulator.stats().requests;
    const card = await rig.ask("/runtimes statsu=Stopped");
    expect(rig.simulator.stats().requests).toBe(calls);
    expect((await rig.press(card, { label: "Run this" })).outcome).toBe("card");
    expect(wordsOf(card.content)).toContain("/runtimes status=Stopped");
  });
});
