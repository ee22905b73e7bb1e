import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { monthOf } from "../../../src/alerts/budget.ts";
import type { Access } from "../../../src/bot/index.ts";
import { owe } from "../engine/owed.ts";
import { createWorld, type Engine, interval, type World } from "../engine/world.ts";

const minute = 60_000;
const hour = 60 * minute;

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld([
    { groupId: "rg-1", risks: ["model-modified"] },
    { groupId: "rg-2", risks: ["model-modified"] },
  ]);
  engine = world.start();
});
afterEach(() => world.close());

const status = (by: Parameters<Engine["ask"]>[1] = {}) => engine.ask("/alerts status", by);

async function watched(): Promise<void> {
  await engine.ask("/alerts on");
  await world.scan();
}

describe("the status of a chat", () => {
  it("without a watch has none, and says how often the fleet is scanned", async () => {
    expect(await status()).toMatchObject({ kind: "watch-status", watches: [], interval });
  });

  it("has its watches, with what is open and the last scan", async () => {
    await watched();
    expect(await status()).toMatchObject({
      watches: [
        { watch: { author: "ou_1", filter: "" }, total: 2, last: { complete: true, atRisk: 2 }, open: [{}, {}] },
      ],
    });
  });

  it("has the last complete scan beside one that was not", async () => {
    await watched();
    world.fleet.state = "down";
    await world.scan();
    expect(await status()).toMatchObject({
      watches: [{ last: { complete: false }, lastComplete: { complete: true } }],
    });
  });

  it("has nothing of another chat", async () => {
    await watched();
    expect(await status({ chat: "oc_2" })).toMatchObject({ watches: [], owed: { count: 0 }, mutes: [] });
  });

  it("has mutes that last, and not those that are over", async () => {
    await watched();
    await engine.ask("/alerts mute ecd-1 for=10m");
    await engine.ask("/alerts mute ecd-2 for=1h");
    world.skip(11 * minute);
    expect(await status()).toMatchObject({ mutes: [{ target: "ecd-2", by: "ou_1" }] });
  });

  it("has what is owed, and since when", async () => {
    await watched();
    world.platform.always = "fails";
    await owe(world, "first");
    expect(await status()).toMatchObject({ owed: { count: 1, since: world.now() } });
  });

  it("has what was given up in the last day", async () => {
    world.platform.faults.push("gone");
    await owe(world, "first");
    await world.pass(1_100);
    expect(await status()).toMatchObject({ failed: [{ id: "first", state: "failed" }] });
    world.skip(25 * hour);
    expect(await status()).toMatchObject({ failed: [] });
  });

  it("has what of the month's calls and pushes is used", async () => {
    world.tallies.add("alerts-pushes", monthOf(world.now()), 7);
    world.options = { budget: { calls: 1_000, pushes: 100 } };
    engine.process.kill();
    engine = world.start({ idle: true });
    expect(await status()).toMatchObject({ calls: { of: 1_000 }, pushes: { used: 7, of: 100 } });
  });
});

describe("to whom may see one group only, the status", () => {
  const rule = { channel: "*", chats: undefined, mention: false, allow: ["query", "alerts"] } as const;
  const access: Access = {
    default: "deny",
    rules: [
      { ...rule, users: ["ou_2"], show: "masked", scope: { group: ["rg-2"] } },
      { ...rule, users: undefined, show: "full", scope: {} },
    ],
  };
  const narrow = { user: "ou_2" };
  beforeEach(async () => {
    world.options = { access };
    engine.process.kill();
    engine = world.start();
  });

  it("has no alert beyond it, and does not count it", async () => {
    await watched();
    expect(await status(narrow)).toMatchObject({ watches: [{ total: 1, open: [{ runtime: "ecd-2" }] }] });
  });

  it("has an alert that stands behind many others", async () => {
    for (let more = 3; more < 20; more += 1) {
      world.fleet.set(`ecd-${more}`, { groupId: "rg-1", risks: ["agent-uninstalled"] });
    }
    await watched();
    await world.scan();
    expect(await status(narrow)).toMatchObject({ watches: [{ total: 1, open: [{ runtime: "ecd-2" }] }] });
  });

  it("does not say how many a scan saw beyond it", async () => {
    await watched();
    const count = { complete: true, atRisk: undefined };
    expect(await status(narrow)).toMatchObject({ watches: [{ last: count, lastComplete: count }] });
  });

  it("has no mute of a runtime beyond it, but that of everything", async () => {
    await watched();
    for (const target of ["ecd-1", "ecd-2", "all"]) await engine.ask(`/alerts mute ${target}`);
    const answer = await status(narrow);
    const targets = answer.kind === "watch-status" ? answer.mutes.map(({ target }) => target) : [];
    expect(targets.toSorted()).toEqual(["all", "ecd-2"]);
  });

  it("names no user by the filter of a watch", async () => {
    await engine.ask("/alerts on user=li.na");
    expect(await status(narrow)).toMatchObject({ watches: [{ watch: { filter: 'user="…"' } }] });
  });
});
