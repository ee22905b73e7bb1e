import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anyActs, follow, heal, ids } from "./engine/history.ts";
import { createWorld, type Engine, type World } from "./engine/world.ts";

const minute = 60_000;
const hour = 60 * minute;

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld(ids.map((id) => ({ id })));
  engine = world.start();
  await engine.ask("/alerts on");
  await world.scan();
});
afterEach(() => world.close());

/** What is asked of the platform while something happens. */
async function callsDuring(work: () => Promise<void>): Promise<number> {
  const before = world.platform.calls;
  await work();
  return world.platform.calls - before;
}

describe("nothing is sent", () => {
  it("by a restart, however it came to that", async () => {
    const acts = anyActs(["runtime", "faults", "restart"], 5);
    const property = fc.asyncProperty(acts, fc.constantFrom(1, 40 * minute, 5 * hour), async (all, away) => {
      for (const act of all) {
        engine = await follow(world, engine, act);
        await world.scan();
      }
      await heal(world);
      const calls = await callsDuring(async () => {
        engine.process.kill();
        world.skip(away);
        engine = world.start();
        await world.scan(2);
      });
      expect(calls).toBe(0);
    });
    await fc.assert(property, { numRuns: 6 });
  });

  it.each([hour, -hour])("by a wall clock that is put by %i ms", async (milliseconds) => {
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan();
    expect(
      await callsDuring(async () => {
        world.put(milliseconds);
        await world.scan(3);
      }),
    ).toBe(0);
  });

  it("by the same watch once more", async () => {
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan();
    await engine.ask("/alerts on");
    expect(await callsDuring(() => world.scan(2))).toBe(0);
  });
});

it("a wall clock that was put back does not keep what is new from being told", async () => {
  world.put(-hour);
  world.fleet.risk("ecd-1", "model-modified");
  await world.scan();
  expect(world.platform.messages).toHaveLength(1);
});

describe("alerts that are set up in another way while they are under way", () => {
  it("send nothing for that", async () => {
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan();
    const calls = await callsDuring(async () => {
      engine.setUp({ zone: "Asia/Shanghai" });
      engine.setUp({ zone: "UTC" });
      await world.scan(2);
    });
    expect(calls).toBe(0);
  });

  it("do not send again what a slow platform has not answered yet", async () => {
    engine.process.kill();
    engine = world.start({ patience: 5 * minute });
    await world.scan();
    const answer = Promise.withResolvers<void>();
    world.platform.pause = answer.promise;
    world.fleet.risk("ecd-1", "model-modified");
    const calls = await callsDuring(async () => {
      await world.scan();
      engine.setUp({ zone: "Asia/Shanghai" });
      // Longer than anybody may hold what is owed without a word.
      await world.pass(2 * minute);
      answer.resolve();
      await world.scan(2);
    });
    expect([calls, world.platform.messages.length]).toEqual([1, 1]);
  });

  it("go on with what was told, and tell what begins", async () => {
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan();
    engine.setUp({ zone: "Asia/Shanghai" });
    world.fleet.risk("ecd-2", "model-modified");
    await world.scan(2);
    expect(world.platform.messages).toHaveLength(2);
  });
});
