import { afterEach, describe, expect, test } from "vitest";
import { createBots, type RunningBot, soonAfter } from "../process.ts";
import { titleOf, wordsOf } from "./card.ts";
import { bothWays, createRig, type Rig } from "./rig.ts";

let rig: Rig;
const bots = createBots();

afterEach(async () => {
  await bots.end();
  await rig.close();
});

/** Starts the bot as a process of its own, which gets the events from then on. */
async function startProcess(): Promise<RunningBot> {
  const bot = await bots.start(rig);
  rig.deliverTo(bot.url);
  return bot;
}

const answersTo = (message: string) => rig.fake.sent.filter(({ replyTo }) => replyTo === message);
const acknowledged = () => rig.fake.until(() => rig.fake.underWay === 0, 5_000, "all events are acknowledged");

describe.each(bothWays)("events by %s", (events) => {
  test("what a killed process had accepted is answered by the next, in one message each", async () => {
    rig = await createRig({ events, store: "file" });
    const process = await startProcess();
    const card = await rig.ask("/runtimes provider=OpenClaw size=5");
    rig.simulator.faults.latency = 60_000;

    const begun = rig.write("/runtimes risk=yes");
    const pressed = await rig.press(card, { label: "Status", option: "Stopped" });
    expect(pressed.toast?.type).toBe("info");
    expect(titleOf((await rig.fake.replyTo(begun)).content)).toBe("One moment");
    const untouched = rig.write("/runtimes summary");
    await acknowledged();
    expect(answersTo(untouched)).toEqual([]);
    process.signal("SIGKILL");
    await process.finished;

    rig.simulator.faults.latency = 0;
    await rig.start(soonAfter);
    expect(titleOf((await rig.answerTo(begun)).content)).toBe("Agent runtimes");
    expect(titleOf((await rig.answerTo(untouched)).content)).toBe("Summary of agent runtimes");
    await rig.fake.until(() => card.versions.length === 2, 5_000, "the press turns its card");
    expect(wordsOf(card.content)).toContain("/runtimes provider=OpenClaw status=Stopped size=5");
    await rig.stop();
    expect([begun, untouched].map((message) => answersTo(message).length)).toEqual([1, 1]);
    expect(rig.fake.sent).toHaveLength(3);
  });

  test("SIGTERM: what was accepted is answered before the end, what comes then is left to the next process", async () => {
    rig = await createRig({ events, store: "file" });
    const process = await startProcess();
    rig.simulator.faults.latency = 1_000;
    const accepted = rig.write("/runtimes provider=OpenClaw");
    await acknowledged();
    process.signal("SIGTERM");
    await process.printed(/SIGTERM: answering/);
    const left = rig.fake.write({ chat: "oc_left", chatType: "p2p", user: "ou_ben", text: "/help" });
    expect((await process.finished).code).toBe(0);
    expect(titleOf(answersTo(accepted)[0]?.content ?? "{}")).toBe("Agent runtimes");
    expect(answersTo(left.messageId)).toEqual([]);
    const codes = rig.fake.acknowledgements.filter(({ eventId }) => eventId === left.eventId).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes).not.toContain(200);

    rig.simulator.faults.latency = 0;
    await rig.start();
    await rig.answerTo(left.messageId);
    await acknowledged();
    expect([accepted, left.messageId].map((message) => answersTo(message).length)).toEqual([1, 1]);
  });

  test("what was changed before a process was killed is in the audit as soon as its answer was seen", async () => {
    rig = await createRig({ events, store: "file", rules: "[{ channel: lark, allow: [query, views, admin] }]" });
    const process = await startProcess();
    await rig.ask("/view save mine risk=yes");
    process.signal("SIGKILL");
    await process.finished;

    await rig.start(soonAfter);
    const words = wordsOf((await rig.ask("/audit")).content);
    expect(words).toContain("view mine saved");
    expect(words).toContain("Page 1 of 1 · 1 entry");
  });
});
