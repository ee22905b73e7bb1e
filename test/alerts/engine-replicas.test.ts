import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { anyActs, follow, ids, seen } from "./engine/history.ts";
import { createWorld, type Engine, type World } from "./engine/world.ts";

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const minute = 60_000;
const hour = 60 * minute;

/** Engines on one store, by clocks that have nothing to do with each other. */
async function replicas(count: number): Promise<{ readonly world: World; readonly engines: readonly Engine[] }> {
  const world = await createWorld(ids.map((id) => ({ id })));
  worlds.push(world);
  const engines: Engine[] = [];
  for (let index = 0; index < count; index += 1) {
    const ahead = { wall: index * 7 * minute, elapsed: -index * 3 * hour };
    engines.push(world.start({ knowsDead: false, ahead }));
    await world.pass(1_000);
  }
  await engines[0]?.ask("/alerts on");
  await world.pass(12_000);
  return { world, engines };
}

const leads = ({ log }: Engine) =>
  log.lines.filter(({ message }) => message.startsWith("This process")).length % 2 === 1;

const leaderOf = (engines: readonly Engine[]): Engine => {
  const leader = engines.find((engine) => !engine.process.isDead && leads(engine));
  if (leader === undefined) throw new Error("nobody leads");
  return leader;
};

/** Long enough for another to lead, to scan and to send. */
const takeover = 28_000;

describe("several engines", () => {
  it("show what one would show, also when the leader stands still and goes on again", async () => {
    const acts = anyActs(["runtime"], 3);
    const property = fc.asyncProperty(
      acts,
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3 }),
      async (all, pauses) => {
        const live = async (count: number) => {
          const { world, engines } = await replicas(count);
          for (const [index, act] of all.entries()) {
            const leader = leaderOf(engines);
            await follow(world, leader, act);
            // It scans within the next ten seconds; half of the time it stands still just then.
            await world.pass(8_000);
            if (count > 1) leader.process.pause(pauses[index]);
            await world.pass(takeover);
            leader.process.wake();
          }
          await world.pass(2 * takeover);
          return seen(world);
        };
        expect(await live(2)).toEqual(await live(1));
      },
    );
    await fc.assert(property, { numRuns: 4 });
  });

  it("leave the place of one that died to another, which tells what it owed", async () => {
    const { world, engines } = await replicas(3);
    world.platform.always = "fails";
    world.fleet.risk("ecd-1", "model-modified");
    await world.pass(12_000);
    leaderOf(engines).process.kill();
    world.platform.always = undefined;
    await world.pass(takeover + minute);
    expect(seen(world)).toEqual(["oc_1: 1 runtime at risk (new) (orange), agent of ecd-1 orange"]);
  });

  it("let another lead at once where the leader is stopped", async () => {
    const { world, engines } = await replicas(2);
    const before = leaderOf(engines);
    const stopped = before.alerts.stop();
    await world.pass(4_000);
    await stopped;
    expect([leads(before), engines.filter(leads).length]).toEqual([false, 1]);
  });

  it("send nothing that a leader took before it stood still for too long, and that another has sent", async () => {
    const { world, engines } = await replicas(2);
    const before = leaderOf(engines);
    world.fleet.risk("ecd-1", "model-modified");
    world.platform.faults.push("hangs");
    await world.pass(12_000);
    before.process.pause();
    await world.pass(takeover + minute);
    expect(world.platform.messages).toHaveLength(1);
    before.process.wake();
    await world.pass(takeover);
    expect(world.platform.messages).toHaveLength(1);
    expect(leads(before)).toBe(false);
  });

  it("write down a scan once, wherever in the middle of it the leader stood still for too long", async () => {
    const { world, engines } = await replicas(2);
    const moments = Array.from({ length: 16 }, (_, index) => index);
    for (const moment of moments) {
      const leader = leaderOf(engines);
      world.fleet.onScan = () => {
        world.fleet.onScan = () => undefined;
        leader.process.pause(moment);
      };
      world.fleet.risk(`ecd-new-${moment}`, "model-modified");
      await world.pass(takeover);
      leader.process.wake();
      await world.pass(4_000);
    }
    const names = moments.map((moment) => `oc_1: 1 runtime at risk (new) (orange), agent of ecd-new-${moment} orange`);
    const errors = engines.flatMap(({ log }) => log.lines.filter(({ level }) => level === "error"));
    expect([seen(world), errors]).toEqual([names.toSorted(), []]);
  });
});
