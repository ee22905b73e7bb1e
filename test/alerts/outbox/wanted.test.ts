import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plainRules } from "../builders.ts";
import { wordsOf } from "../engine/owed.ts";
import { createWorld, type Engine, interval, type World } from "../engine/world.ts";

const minute = 60_000;
const place = { channel: "lark", chat: "oc_1" };

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld([{}, {}]);
  world.options = { rules: { ...plainRules, interval, hold: 0, repeat: 30 * minute } };
  engine = world.start();
  await engine.ask("/alerts on");
  await world.scan();
});
afterEach(() => world.close());

/** A risk that was tried to be told in vain, and the platform works again. */
async function triedInVain(): Promise<void> {
  world.platform.faults.push("fails");
  world.fleet.risk("ecd-1", "model-modified");
  world.platform.onCall = () => {
    // Before the next try.
    world.platform.always = "fails";
  };
  await world.scan();
}

function works(): void {
  world.platform.onCall = () => undefined;
  world.platform.always = undefined;
}

/** Lets a minute pass, with what is due in it. */
async function later(minutes = 1): Promise<void> {
  for (let index = 0; index < minutes; index += 1) {
    world.skip(minute);
    await world.scan();
  }
}

const told = (name: string) => world.platform.messages.filter((message) => wordsOf(message).includes(name)).length;

describe("an alert that was tried in vain", () => {
  it("is not sent while it is muted", async () => {
    await triedInVain();
    await engine.ask("/alerts mute ecd-1 for=30m");
    works();
    await later(5);
    expect(told("agent of ecd-1")).toBe(0);
  });

  it("lets others pass while it is muted", async () => {
    await triedInVain();
    await engine.ask("/alerts mute ecd-1 for=30m");
    works();
    world.fleet.risk("ecd-2", "model-modified");
    await later(2);
    expect(told("agent of ecd-2")).toBe(1);
  });

  it("is sent when the mute is over", async () => {
    await triedInVain();
    await engine.ask("/alerts mute ecd-1 for=10m");
    works();
    await later(12);
    expect(told("agent of ecd-1")).toBe(1);
  });

  it("is sent where another of its alerts is not muted", async () => {
    world.fleet.risk("ecd-2", "model-modified");
    await triedInVain();
    await engine.ask("/alerts mute ecd-1");
    works();
    await later();
    expect(told("agent of ecd-2")).toBe(1);
  });
});

it("the word on an end that was tried in vain is dropped once it is muted", async () => {
  world.fleet.risk("ecd-1", "model-modified");
  await world.scan();
  world.platform.always = "fails";
  world.fleet.risk("ecd-1");
  await world.scan();
  await engine.ask("/alerts mute all for=2m");
  works();
  await later(5);
  expect(world.platform.messages).toHaveLength(1);
});

describe("a reminder that was tried in vain", () => {
  it("is not sent once its alert is acknowledged", async () => {
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan();
    world.platform.always = "fails";
    world.skip(31 * minute);
    await world.scan();
    await engine.ask("/alerts ack all");
    works();
    await later(6);
    const [reminder] = await world.memory.outbox.last(place, 1);
    expect(reminder).toMatchObject({
      kind: "reminder",
      state: "failed",
      reason: "It was muted or acknowledged meanwhile.",
    });
  });
});
