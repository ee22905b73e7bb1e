import { afterEach, describe, expect, test } from "vitest";
import { titleOf, wordsOf } from "./card.ts";
import { bothWays, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

/** Milliseconds that each call of the API takes: more than a press or the patience of a person. */
const slowness = 2_300;
/** The promise, milliseconds. */
const pressDeadline = 2_000;

const changes = () => rig.fake.requests.filter(({ method }) => method === "PATCH");

describe.each(bothWays)("events by %s", (events) => {
  test("a slow page: the press is answered in time, the message says that it is worked on, and both are updated once", async () => {
    rig = await openRig({ events, simulator: { runtimes: 60 } });
    const card = await rig.ask("/runtimes provider=OpenClaw size=5");
    rig.simulator.faults.latency = slowness;

    const asked = rig.write("/runtimes provider=OpenClaw status=Running");
    const pressed = await rig.press(card, { label: "Status", option: "Stopped" });
    expect(pressed.outcome).toBe("toast");
    expect(pressed.toast).toEqual({ type: "info", content: "Asking Alibaba Cloud…" });
    expect(pressed.ms).toBeLessThan(pressDeadline);
    expect(card.versions).toHaveLength(1);

    const reply = await rig.fake.replyTo(asked);
    expect(titleOf(reply.versions[0]?.content ?? "{}")).toBe("One moment");
    expect((await rig.answerTo(asked)).id).toBe(reply.id);
    await rig.fake.until(() => card.versions.length === 2, 5_000, "the card is turned");
    expect(wordsOf(card.content)).toContain("/runtimes provider=OpenClaw status=Stopped size=5");
    expect([card, reply].map(({ versions }) => versions.map(({ how }) => how))).toEqual([
      ["send", "patch"],
      ["send", "patch"],
    ]);
    expect(changes()).toHaveLength(2);
    expect(rig.fake.sent).toHaveLength(2);
  });

  test("of two presses on one card the last decides, whichever answer comes first", async () => {
    rig = await openRig({ events, simulator: { runtimes: 60 } });
    const card = await rig.ask("/runtimes size=5");
    rig.simulator.faults.latency = 400;
    const first = rig.press(card, { option: "Running" }, "ou_ben");
    await rig.fake.until(() => card.locks === 1, 5_000, "the first press is under way");
    const second = rig.press(card, { option: "Stopped" });
    expect((await first).outcome).not.toBe("error");
    expect((await second).outcome).not.toBe("error");
    await rig.fake.until(() => wordsOf(card.content).includes("status=Stopped"), 5_000, "the last press is shown");
    await rig.ask("/help");
    expect(wordsOf(card.content)).toContain("/runtimes status=Stopped size=5");
  });
});
