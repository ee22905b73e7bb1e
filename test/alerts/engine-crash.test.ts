import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Act, anyActs, follow, heal, ids, seen } from "./engine/history.ts";
import { createWorld, type StartOptions, type World } from "./engine/world.ts";

const minute = 60_000;

interface Lived {
  readonly world: World;
  /** How many moments there were at which the first engine could have died. */
  readonly moments: number;
}

/** What comes of some acts; each time an engine dies, another takes its place at once. */
async function live(acts: readonly Act[], options: StartOptions = {}): Promise<Lived> {
  const world = await createWorld(ids.map((id) => ({ id })));
  // What people say is taken by another process, which lives.
  const people = world.start({ idle: true });
  await people.ask("/alerts on");
  const first = world.start({ ...options, onDeath: () => void world.start() });
  // What a dead process was sending is sent again after a minute.
  const settled = async () => {
    await world.scan();
    world.skip(minute);
    await world.scan(2);
  };
  await settled();
  for (const act of acts) {
    await follow(world, people, act);
    await settled();
  }
  return { world, moments: first.process.moments() };
}

const acts = anyActs(["runtime", "unlisted", "ask", "faults"], 6);

describe("an engine that dies", () => {
  it("at any moment leaves what people see as if it had lived", async () => {
    const property = fc.asyncProperty(acts, fc.double({ min: 0, max: 1, noNaN: true }), async (all, when) => {
      const undisturbed = await live(all);
      await heal(undisturbed.world);
      const diesAt = 1 + Math.floor(when * (undisturbed.moments - 1));
      const { world } = await live(all, { diesAt });
      await heal(world);
      expect(seen(world)).toEqual(seen(undisturbed.world));
      await Promise.all([world.close(), undisturbed.world.close()]);
    });
    await fc.assert(property, { numRuns: 8 });
  });
});
