import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlertsOptions } from "../../src/alerts/options.ts";
import type { RiskKind } from "../../src/fleet/index.ts";
import { plainRules } from "./builders.ts";
import { type Act, anyActs, follow, heal, ids, seen, shownAtRisk } from "./engine/history.ts";
import { chat, createWorld, type Engine, interval, type World } from "./engine/world.ts";

const numRuns = 12;

/** A world whose chat watches everything, in which something has happened. */
async function live(
  acts: readonly Act[],
  options: Partial<AlertsOptions> = {},
): Promise<{ readonly world: World; readonly engine: Engine }> {
  const world = await createWorld(ids.map((id) => ({ id })));
  world.options = options;
  let engine = world.start();
  await engine.ask("/alerts on");
  await world.scan();
  for (const act of acts) {
    engine = await follow(world, engine, act);
    await world.scan();
  }
  return { world, engine };
}

const atRisk = (acts: readonly Act[]) =>
  ids.filter((id) => {
    const last = acts.findLast((act) => act.act === "runtime" && act.id === id);
    return last?.act === "runtime" && (last.risks ?? []).length > 0;
  });

async function always(
  acts: fc.Arbitrary<readonly Act[]>,
  property: (world: World, engine: Engine, acts: readonly Act[]) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const { world, engine } = await live(all);
      try {
        await property(world, engine, all);
      } finally {
        await world.close();
      }
    }),
    { numRuns },
  );
}

const everything = anyActs(["runtime", "unlisted", "fleet", "platform", "faults", "ask", "wait", "restart"], 12);

describe("after any faults", () => {
  it("people see who is at risk, and of nobody else that they are", async () => {
    await always(everything, async (world, engine, acts) => {
      await engine.ask("/alerts unmute all");
      await heal(world);
      expect([...shownAtRisk(world)].toSorted()).toEqual(atRisk(acts).map((id) => `agent of ${id}`));
    });
  });

  it("nothing is owed any more", async () => {
    await always(everything, async (world) => {
      await heal(world);
      expect(await world.memory.outbox.backlog()).toMatchObject({ count: 0 });
      expect(await world.memory.outbox.stale(Number.MAX_SAFE_INTEGER, 100)).toEqual([]);
    });
  });
});

describe("a platform that is down", () => {
  it("is owed no more by scans that see what the last one saw", async () => {
    const acts = anyActs(["runtime", "unlisted", "ask"], 6).map((all): readonly Act[] => [
      { act: "platform", always: "fails" },
      ...all,
    ]);
    await always(acts, async (world) => {
      // After three scans, what is not listed any more has been told; after ten minutes, what was muted.
      world.skip(10 * 60_000);
      await world.scan(4);
      const before = await world.memory.outbox.backlog();
      await world.scan(5);
      expect(await world.memory.outbox.backlog()).toEqual(before);
    });
  });

  it("is owed little by risks that come and go as long as it lasts", async () => {
    const acts = anyActs(["runtime", "unlisted"], 25).map((all): readonly Act[] => [
      { act: "platform", always: "fails" },
      ...all,
    ]);
    await always(acts, async (world) => {
      expect((await world.memory.outbox.backlog()).count).toBeLessThanOrEqual(10);
    });
  });
});

describe("however often something is sent in vain", () => {
  const acts = anyActs(["runtime", "faults", "restart"], 10);

  it("a notice is one message", async () => {
    await always(acts, async (world) => {
      await heal(world);
      const notices = await world.memory.outbox.last({ channel: "lark", chat }, 100, ["sent"]);
      const own = notices.filter(({ target }) => target === undefined).map(({ message }) => message);
      expect(own.toSorted()).toEqual([...new Set(own)].toSorted());
      expect(world.platform.messages.length).toBeLessThanOrEqual(notices.length);
    });
  });

  it("a risk that began once is told once, and is over once", async () => {
    const once = fc.tuple(acts, acts).map(([one, two]) => {
      const faults = [...one, ...two].filter(({ act }) => act !== "runtime");
      const half = Math.floor(faults.length / 2);
      const sets = (risks: readonly RiskKind[]): Act => ({ act: "runtime", id: "ecd-1", risks });
      return [...faults.slice(0, half), sets(["model-modified"]), ...faults.slice(half)];
    });
    await always(once, async (world) => {
      await heal(world);
      world.fleet.risk("ecd-1");
      await heal(world);
      expect(seen(world)).toEqual([
        "oc_1: 1 alert has ended (green), agent of ecd-1 grey",
        "oc_1: Over: agent of ecd-1 · model changed (green), agent of ecd-1 grey",
      ]);
    });
  });
});

it("a risk is told within its hold and two scans", async () => {
  const hold = 60_000;
  const property = fc.asyncProperty(anyActs(["runtime", "fleet", "restart"], 8), async (acts) => {
    const { world, engine } = await live(acts, { rules: { ...plainRules, interval, hold, repeat: 0 } });
    world.fleet.state = "up";
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan(hold / interval + 2);
    expect(shownAtRisk(world)).toContain("agent of ecd-1");
    expect(engine.log.lines.filter(({ level }) => level === "error")).toEqual([]);
    await world.close();
  });
  await fc.assert(property, { numRuns });
});
