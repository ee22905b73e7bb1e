import { afterEach, describe, expect, test } from "vitest";
import { wordsOf } from "./card.ts";
import { click } from "./envelopes.ts";
import { anna, bothWays, group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const answersTo = (message: string) => rig.fake.sent.filter(({ replyTo }) => replyTo === message);

/** All that was delivered is acknowledged, and what was delivered later is answered. */
async function quiet(): Promise<void> {
  await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "all events are acknowledged");
  await rig.ask("/help");
}

describe.each(bothWays)("events by %s", (events) => {
  test.each(["same-event", "new-event"] as const)("a message that comes twice (%s) is answered once", async (how) => {
    rig = await openRig({ events });
    rig.fake.faults.duplicate(1, how);
    const asked = rig.write("/runtimes");
    await rig.answerTo(asked);
    await quiet();
    expect(answersTo(asked)).toHaveLength(1);
    expect(rig.fake.acknowledgements.filter(({ code }) => code === 200)).toHaveLength(3);
  });

  test("a message that comes again after a restart is not answered again", async () => {
    rig = await openRig({ events, store: "file" });
    const again = { messageId: "om_again", eventId: "event-again" };
    await rig.ask("/runtimes", again);
    await rig.stop();
    await rig.start();
    rig.write("/runtimes", again);
    rig.write("/runtimes", { ...again, eventId: "another-event" });
    await quiet();
    expect(answersTo("om_again")).toHaveLength(1);
  });

  test("a press that comes twice runs once", async () => {
    rig = await openRig({ events });
    const card = await rig.ask("/runtimes size=5");
    const calls = rig.simulator.stats().requests;
    rig.fake.faults.duplicate(1, "same-event");
    expect((await rig.press(card, { label: "Refresh" })).outcome).toBe("card");
    await rig.fake.until(() => pressesOf() === 2, 5_000, "both deliveries of the press are answered");
    const single = rig.simulator.stats().requests - calls;
    await rig.press(card, { label: "Refresh" });
    expect(rig.simulator.stats().requests - calls).toBe(2 * single);
  });

  test("a press that comes again after a restart changes nothing", async () => {
    rig = await openRig({ events, store: "file" });
    const card = await rig.ask("/runtimes size=5");
    const again = click({ card: card.id, chat: group, user: anna, command: "/runtimes page=2 size=5", id: "press-1" });
    rig.fake.deliver(again);
    await rig.fake.until(() => pressesOf() === 1, 5_000, "the press is answered");
    await rig.stop();
    await rig.start();
    const calls = rig.simulator.stats().requests;
    rig.fake.deliver(again);
    await rig.fake.until(() => pressesOf() === 2, 5_000, "the press is answered again");
    await quiet();
    expect(rig.simulator.stats().requests).toBe(calls);
    expect(card.versions).toHaveLength(1);
  });

  test("a card from before a restart can still be turned", async () => {
    rig = await openRig({ events, store: "file" });
    const card = await rig.ask("/runtimes size=5");
    await rig.stop();
    await rig.start();
    expect((await rig.press(card, { label: "Next" })).outcome).toBe("card");
    expect(wordsOf(card.content)).toContain("/runtimes page=2 size=5");
  });
});

const pressesOf = () => rig.fake.acknowledgements.filter(({ eventType }) => eventType === "card.action.trigger").length;
