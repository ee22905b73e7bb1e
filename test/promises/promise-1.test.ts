import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../conformance/desk.ts";
import { click } from "../e2e/lark/envelopes.ts";
import { anna, group, openRig } from "../e2e/lark/rig.ts";
import { platforms } from "./platforms.ts";

describe("promise 1: a message or click that a platform delivers twice is answered once, also across restarts", () => {
  let end: () => Promise<void> = async () => {};
  afterEach(() => end());

  test.each(platforms)("a message, on $name", async (driver) => {
    const desk: Desk = await openDesk(driver, { store: "file" });
    end = desk.close;
    const asked = desk.write("/runtimes", { copies: 2 });
    const answer = await desk.answerTo(asked);
    desk.platform.deliverAgain(asked);
    await desk.stop();
    await desk.start();
    desk.platform.deliverAgain(asked);
    await desk.quiet();
    expect(desk.platform.shownIn("ops")).toEqual([answer]);
    expect(desk.platform.versionsOf(answer)).toBe(1);
  });

  // DingTalk gives a press no id, and does not deliver it again.
  test("a click, on Lark", async () => {
    const rig = await openRig({ store: "file" });
    end = rig.close;
    const { fake } = rig;
    const card = await rig.ask("/runtimes size=5");
    const next = click({ card: card.id, chat: group, user: anna, command: "/runtimes page=2 size=5", id: "press-1" });
    const isAnswered = (times: number) =>
      fake.until(() => fake.acknowledgements.filter(({ eventId }) => eventId === "press-1").length === times);
    fake.deliver(next);
    await isAnswered(1);
    fake.deliver(next);
    await isAnswered(2);
    const calls = rig.simulator.stats().requests;
    await rig.stop();
    await rig.start();
    fake.deliver(next);
    await isAnswered(3);
    await rig.ask("/help");
    expect(rig.simulator.stats().requests).toBe(calls);
  });
});
