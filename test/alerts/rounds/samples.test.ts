import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { monthOf } from "../../../src/alerts/budget.ts";
import { listKey, withoutRisk } from "../../../src/alerts/rounds/samples.ts";
import type { Filters } from "../../../src/fleet/index.ts";
import { createWorld, type World } from "../engine/world.ts";

const hour = 60 * 60_000;

let world: World;
beforeEach(async () => {
  world = await createWorld([{ status: "Running" }, { status: "Stopped", risks: ["model-modified"] }]);
});
afterEach(() => world.close());

const samplesOf = (filters: Filters) => world.memory.samples.of(listKey({ filters, scope: {} }), 0);

/** Lets samples be looked for, which happens every five seconds. */
const look = () => world.pass(5_100);

describe("a list", () => {
  it("is the same for trends whatever a filter says of risk", () => {
    const filters: Filters = { status: ["Running"], risk: ["yes"], "risk-info": ["yes"] };
    expect(withoutRisk(filters)).toEqual({ status: ["Running"] });
    expect(listKey({ filters, scope: {} })).toBe(listKey({ filters: { status: ["Running"] }, scope: {} }));
  });

  it("is another within another scope", () => {
    expect(listKey({ filters: {}, scope: { group: ["rg-1"] } })).not.toBe(listKey({ filters: {}, scope: {} }));
  });
});

describe("what is watched", () => {
  it("is counted at once, and the whole fleet with it", async () => {
    await world.start().ask("/alerts on status=Running");
    await look();
    const [whole] = await samplesOf({});
    const [running] = await samplesOf({ status: ["Running"] });
    expect([whole?.counts, running?.counts]).toMatchObject([
      { runtimes: 2, atRisk: 1 },
      { runtimes: 1, atRisk: 0 },
    ]);
  });

  it("is counted once an hour", async () => {
    await world.start().ask("/alerts on");
    await look();
    await look();
    expect(await samplesOf({})).toHaveLength(1);
    world.skip(hour);
    await look();
    expect(await samplesOf({})).toHaveLength(2);
  });

  it("is not counted again in the same hour by a process that was started anew", async () => {
    const engine = world.start();
    await engine.ask("/alerts on");
    await look();
    engine.process.kill();
    world.start();
    await look();
    expect(await samplesOf({})).toHaveLength(1);
  });

  it("is not asked for all the time where the fleet does not answer", async () => {
    await world.start().ask("/alerts on");
    world.fleet.state = "down";
    await look();
    const pages = world.fleet.calls() - world.fleet.scans();
    await look();
    await look();
    expect(world.fleet.calls() - world.fleet.scans()).toBe(pages);
  });

  it("is not counted when the month's calls run short", async () => {
    world.options = { budget: { calls: 100_000, pushes: 0 } };
    world.tallies.add("alerts-calls", monthOf(world.now()), 90_000);
    await world.start().ask("/alerts on");
    await look();
    expect(await samplesOf({})).toEqual([]);
  });

  it("is not counted where it stands still", async () => {
    const engine = world.start({ idle: true });
    await engine.ask("/alerts on");
    world.options = { access: { default: "deny", rules: [] } };
    world.start();
    await look();
    expect(await samplesOf({})).toEqual([]);
  });

  it("is remembered as it was set up, so that a change can be told", async () => {
    world.fleet.set("ecd-1", { modelTemplateId: "mt-1" });
    await world.start().ask("/alerts on");
    await look();
    expect((await world.memory.episodes.setups(["ecd-1"])).get("ecd-1")).toMatchObject({ template: "mt-1" });
  });
});

it("nothing is counted without a watch", async () => {
  world.start();
  await look();
  expect(await samplesOf({})).toEqual([]);
});
