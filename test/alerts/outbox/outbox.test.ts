import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { monthOf } from "../../../src/alerts/budget.ts";
import { owe, sentTo, stateOf, wordsOf } from "../engine/owed.ts";
import { createWorld, type Engine, type World } from "../engine/world.ts";

const minute = 60_000;
const hour = 60 * minute;

let world: World;
beforeEach(async () => {
  world = await createWorld([{}, {}]);
});
afterEach(() => world.close());

/** An engine that leads, with nothing to do. */
async function started(): Promise<Engine> {
  const engine = world.start();
  await world.pass(100);
  return engine;
}

const names = ["first", "second", "third"];

describe("what is owed", () => {
  it("is sent within a second, though another process has put it there", async () => {
    await started();
    await owe(world, "first");
    await world.pass(1_000);
    expect(await stateOf(world, "first")).toBe("sent");
  });

  it("to one chat is sent in its order", async () => {
    for (const name of names) await owe(world, name);
    await started();
    expect(sentTo(world, "oc_1", names)).toEqual(names);
  });

  it("waits for what comes before it, while other chats do not", async () => {
    await owe(world, "first");
    await owe(world, "second");
    await owe(world, "third", { chat: "oc_2" });
    world.platform.faults.push("fails");
    await started();
    expect([sentTo(world, "oc_1", names), sentTo(world, "oc_2", names)]).toEqual([[], ["third"]]);
    await world.pass(2_000);
    expect(sentTo(world, "oc_1", names)).toEqual(["first", "second"]);
  });

  it("is tried again after longer and longer", async () => {
    world.platform.always = "fails";
    await owe(world, "first");
    await started();
    const tries: number[] = [];
    for (let seconds = 0; seconds < 30; seconds += 10) {
      const before = world.platform.calls;
      await world.pass(10_000);
      tries.push(world.platform.calls - before);
    }
    // After 1, 2, 4, 8 and 16 seconds, or three quarters of that.
    expect(tries).toEqual([3, 1, 1]);
  });

  it("counts once among the month's pushes, however often it was tried", async () => {
    world.platform.faults.push("fails", "fails");
    await owe(world, "first");
    await started();
    await world.pass(5_000);
    expect(await world.tallies.count("alerts-pushes", monthOf(world.now()))).toBe(1);
  });

  it("to a channel that does not answer is tried again", async () => {
    world.platform.faults.push("hangs");
    await owe(world, "first");
    await started();
    await world.pass(6_000);
    expect([world.platform.messages.length, await stateOf(world, "first")]).toEqual([1, "sent"]);
  });
});

describe("a chat whose platform hangs", () => {
  it("keeps no other waiting, for what is owed later on either", async () => {
    world.platform.faults.push("hangs");
    await owe(world, "first");
    await started();
    await owe(world, "second", { chat: "oc_2" });
    await world.pass(1_100);
    await owe(world, "third", { chat: "oc_2" });
    await world.pass(1_100);
    expect(sentTo(world, "oc_2", names)).toEqual(["second", "third"]);
  });

  it("is one of twenty that are waited for at once", async () => {
    world.platform.always = "hangs";
    for (let chat = 0; chat < 30; chat += 1) await owe(world, `n${chat}`, { chat: `oc_${chat}` });
    await started();
    await world.pass(1_100);
    expect(world.platform.calls).toBe(20);
  });
});

describe("a process that has taken a notice and not sent it", () => {
  /** The month's pushes are counted before it is sent, which takes until the function is called. */
  async function taken(): Promise<{ readonly engine: Engine; readonly counted: () => void }> {
    const counting = Promise.withResolvers<void>();
    const { tallies } = world;
    const count = async (...about: Parameters<typeof tallies.count>) => {
      await counting.promise;
      return tallies.count(...about);
    };
    world.options = { budget: { calls: 0, pushes: 100 }, tallies: { ...tallies, count } };
    await owe(world, "first");
    return { engine: await started(), counted: counting.resolve };
  }

  it("leaves it to the next when it stops", async () => {
    const { engine, counted } = await taken();
    const stopped = engine.alerts.stop();
    counted();
    await world.pass(100);
    await stopped;
    expect([world.platform.calls, await world.memory.outbox.get("first")]).toMatchObject([0, { attempts: 0 }]);
  });

  it("takes it once more before it sends it, when it stood still for long", async () => {
    const { counted } = await taken();
    world.skip(55_000);
    const stoodUntil = world.now();
    counted();
    await world.pass(1_100);
    const notice = await world.memory.outbox.get("first");
    expect([notice?.state, (notice?.triedAt ?? 0) >= stoodUntil]).toEqual(["sent", true]);
  });
});

describe("what is owed is given up", () => {
  /** So many tries, each as late as it can be. */
  async function tries(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      world.skip(hour);
      await world.pass(1_100);
    }
  }

  it("after a day of tries, and what comes after it is sent", async () => {
    world.platform.always = "fails";
    await owe(world, "first");
    await started();
    await owe(world, "second");
    await tries(25);
    expect(await world.memory.outbox.get("first")).toMatchObject({ state: "failed", reason: "the platform failed" });
    world.platform.always = undefined;
    await world.pass(3_000);
    expect(await stateOf(world, "second")).toBe("sent");
  });

  it("after as long as a reminder takes, where that is longer", async () => {
    world.options = { rules: { interval: minute, hold: 0, repeat: 72 * hour, resolved: true, groupLimit: 10 } };
    world.platform.always = "fails";
    await owe(world, "first");
    await started();
    await tries(25);
    expect(await stateOf(world, "first")).toBe("owed");
  });

  it("not at the first failure after a day in which no bot ran", async () => {
    world.platform.always = "fails";
    await owe(world, "first");
    (await started()).process.kill();
    world.skip(25 * hour);
    await started();
    await world.pass(2_000);
    expect(await stateOf(world, "first")).toBe("owed");
  });

  it("when the platform has refused it for a day", async () => {
    world.platform.always = "refuses";
    await owe(world, "first", { kind: "firing" });
    await started();
    await tries(23);
    expect(await stateOf(world, "first")).toBe("owed");
    await tries(2);
    expect(await stateOf(world, "first")).toBe("failed");
  });

  it("when the platform refuses it time and again, where it is not true for long", async () => {
    world.platform.faults.push(...Array.from({ length: 6 }, () => "refuses" as const));
    await owe(world, "first", { kind: "blind" });
    await started();
    await world.pass(40_000);
    expect(await stateOf(world, "first")).toBe("failed");
  });

  it("with all else of its chat where the bot is not there any more, and no other chat's is", async () => {
    world.platform.faults.push("gone");
    await owe(world, "first");
    await owe(world, "second");
    await started();
    await owe(world, "third", { chat: "oc_2" });
    await world.pass(2_000);
    expect(await Promise.all(names.map((name) => stateOf(world, name)))).toEqual(["failed", "failed", "sent"]);
  });
});

describe("what a platform refuses", () => {
  beforeEach(async () => {
    world.platform.faults.push(...Array.from({ length: 6 }, () => "refuses" as const));
    await owe(world, "first", { kind: "firing" });
    await owe(world, "second");
    await started();
    await world.pass(40_000);
  });

  it("lets what comes after it pass", async () => {
    expect([await stateOf(world, "first"), await stateOf(world, "second")]).toEqual(["owed", "sent"]);
  });

  it("is tried again an hour later where it tells of a risk", async () => {
    world.skip(hour);
    await world.pass(1_100);
    expect(sentTo(world, "oc_1", names)).toEqual(["second", "first"]);
  });
});

it("what is owed to a channel that is switched off waits, untried, until it is on again", async () => {
  world.options = { channels: [] };
  await owe(world, "first");
  (await started()).process.kill();
  expect(await world.memory.outbox.get("first")).toMatchObject({ state: "owed", attempts: 0, triedAt: undefined });
  world.options = {};
  world.skip(minute);
  await started();
  expect(await stateOf(world, "first")).toBe("sent");
});

describe("a store that fails once something was sent", () => {
  it("does not make it be sent again by the process that knows", async () => {
    const engine = await started();
    world.platform.onCall = () => {
      engine.process.cutOff = true;
    };
    await owe(world, "first");
    await world.pass(4_000);
    engine.process.cutOff = false;
    await world.pass(70_000);
    expect([world.platform.calls, await stateOf(world, "first")]).toEqual([1, "sent"]);
  });

  it("does not make it stand in the chat twice where the process dies of it", async () => {
    const engine = await started();
    world.platform.onCall = () => engine.process.kill();
    await owe(world, "first");
    await world.pass(2_000);
    expect(await stateOf(world, "first")).toBe("owed");
    await started();
    await world.pass(2_000);
    expect([world.platform.messages.length, await stateOf(world, "first")]).toEqual([1, "sent"]);
  });
});

describe("a message whose key the platform may have forgotten", () => {
  const doubt = "This may have been sent before";

  /** A risk whose card was shown or not, and is sent again so many minutes later. */
  async function sentAgainAfter(minutes: number): Promise<string> {
    const engine = await started();
    await engine.ask("/alerts on");
    await world.scan();
    world.platform.always = "lost";
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan();
    world.skip(minutes * minute);
    world.platform.always = undefined;
    world.skip(5 * minute);
    await world.pass(2_000);
    return wordsOf(world.platform.messages.at(-1));
  }

  it("says that it may have been sent before", async () => {
    expect(await sentAgainAfter(52)).toContain(doubt);
  });

  it("says nothing of that as long as the platform knows the key", async () => {
    expect(await sentAgainAfter(40)).not.toContain(doubt);
  });
});

describe("the month's pushes", () => {
  const spend = (pushes: number) => {
    world.options = { budget: { calls: 0, pushes: 100 } };
    world.tallies.add("alerts-pushes", monthOf(world.now()), pushes);
  };

  it("that run short leave out digests", async () => {
    spend(85);
    await owe(world, "first", { kind: "digest" });
    await started();
    expect(await stateOf(world, "first")).toBe("failed");
  });

  it("that run short leave out nothing else", async () => {
    spend(85);
    await owe(world, "first");
    await started();
    expect(await stateOf(world, "first")).toBe("sent");
  });

  it("that are spent let everything wait for the next month", async () => {
    spend(100);
    await owe(world, "first");
    await started();
    await world.pass(5_000);
    expect([world.platform.calls, await stateOf(world, "first")]).toEqual([0, "owed"]);
    world.skip(31 * 24 * hour);
    await owe(world, "second");
    await world.pass(2_000);
    expect(sentTo(world, "oc_1", names)).toEqual(["first", "second"]);
  });

  it("that are spent leave what waits as if it had not been tried", async () => {
    spend(100);
    await owe(world, "first");
    await started();
    expect(await world.memory.outbox.get("first")).toMatchObject({ attempts: 0, triedAt: undefined });
  });

  it("are not overspent by chats that are sent to at once", async () => {
    spend(95);
    for (let index = 0; index < 20; index += 1) await owe(world, `n${index}`, { chat: `oc_${index}` });
    await started();
    await world.pass(2_000);
    expect(await world.tallies.count("alerts-pushes", monthOf(world.now()))).toBe(100);
  });

  it("that are spent are told beyond them, once, whatever waits in the chat", async () => {
    spend(100);
    await owe(world, "first");
    await (await started()).ask("/alerts on");
    for (let looks = 0; looks < 3; looks += 1) {
      world.skip(10 * minute);
      await world.pass(2_000);
    }
    expect(world.platform.messages.map((message) => wordsOf(message).includes("first"))).toEqual([false]);
  });
});
