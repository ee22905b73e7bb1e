import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Act, anyActs, follow, heal, ids, seen } from "./engine/history.ts";
import type { TestProcess } from "./engine/process.ts";
import { createWorld, type StartOptions, type World } from "./engine/world.ts";

const minute = 60_000;

interface Lived {
  readonly world: World;
  /** The first engine's. */
  readonly process: TestProcess;
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
  return { world, process: first.process };
}

const anyCase = fc.record({
  acts: anyActs(["runtime", "unlisted", "ask", "faults"], 6),
  when: fc.double({ min: 0, max: 1, noNaN: true }),
  /** So many moments after the first one of a send; undefined for any moment. */
  sending: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
});

/** One of some, by how far it is from the first to the last. */
const pick = (some: readonly number[], where: number) => some[Math.floor(where * (some.length - 1))] ?? 1;

describe("an engine that dies", () => {
  it("at any moment leaves what people see as if it had lived", async () => {
    const property = fc.asyncProperty(anyCase, async ({ acts, when, sending }) => {
      const undisturbed = await live(acts);
      await heal(undisturbed.world);
      const { process } = undisturbed;
      const all = Array.from({ length: process.moments() }, (_, index) => index + 1);
      const diesAt = sending === undefined ? pick(all, when) : pick(process.sends, when) + sending;
      const { world } = await live(acts, { diesAt });
      await heal(world);
      expect(seen(world)).toEqual(seen(undisturbed.world));
      await Promise.all([world.close(), undisturbed.world.close()]);
    });
    await fc.assert(property, { numRuns: 10 });
  });
});
