import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchId } from "../../../src/alerts/rounds/configured.ts";
import { chat, createWorld, type Engine, type World } from "../engine/world.ts";

const place = { channel: "lark", chat };
const id = watchId(place);

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld([
    { status: "Running", risks: ["model-modified"], groupId: "rg-1" },
    { status: "Stopped", risks: ["agent-uninstalled"], agents: [] },
    { status: "Running" },
  ]);
  engine = world.start();
});
afterEach(() => world.close());

const open = async () => (await world.memory.episodes.open([id], 10)).episodes.map(({ runtime }) => runtime).toSorted();

describe("a watch that is set up", () => {
  it("is kept with its author, its filter and its language", async () => {
    expect(await engine.ask("/alerts on status=Running")).toMatchObject({ kind: "watching", saved: "new", ended: 0 });
    expect(await world.memory.watches.of(place)).toMatchObject([
      { id, author: "ou_1", filter: "status=Running", locale: "en", scope: "" },
    ]);
  });

  it("says how much matches now, and how much of it is at risk", async () => {
    expect(await engine.ask("/alerts on status=Running")).toMatchObject({ now: { ok: true, total: 2, atRisk: 1 } });
  });

  it("says which kinds of risk it is about", async () => {
    expect(await engine.ask("/alerts on risk=model-modified")).toMatchObject({ kinds: ["model-modified"] });
  });

  it("is kept although the fleet does not answer", async () => {
    world.fleet.state = "down";
    expect(await engine.ask("/alerts on")).toMatchObject({ saved: "new", now: { ok: false } });
    expect(await world.memory.watches.of(place)).toHaveLength(1);
  });

  it("takes the place of the one before it", async () => {
    await engine.ask("/alerts on");
    expect(await engine.ask("/alerts on status=Running", { user: "ou_2" })).toMatchObject({ saved: "edited" });
    expect(await world.memory.watches.of(place)).toMatchObject([{ author: "ou_2", filter: "status=Running" }]);
  });
});

describe("a watch that would leave risk out", () => {
  it("is not set up", async () => {
    expect(await engine.ask("/alerts on risk-info=no")).toMatchObject({ kind: "unwatchable" });
    expect(await world.memory.watches.of(place)).toEqual([]);
  });

  it("leaves the one that is there alone", async () => {
    await engine.ask("/alerts on status=Running");
    await engine.ask("/alerts on risk-info=no");
    expect(await world.memory.watches.of(place)).toMatchObject([{ filter: "status=Running" }]);
  });
});

describe("a preview", () => {
  it("says what a watch would match, and keeps nothing", async () => {
    expect(await engine.ask("/alerts on status=Running preview")).toMatchObject({
      saved: "preview",
      now: { total: 2 },
    });
    expect(await world.memory.watches.of(place)).toEqual([]);
  });
});

describe("a watch that is edited", () => {
  beforeEach(async () => {
    await engine.ask("/alerts on");
    await world.scan();
  });

  it("goes on with the alerts that its new filter holds, and ends the others", async () => {
    expect(await open()).toEqual(["ecd-1", "ecd-2"]);
    expect(await engine.ask("/alerts on group=rg-1")).toMatchObject({ saved: "edited", ended: 1 });
    expect(await open()).toEqual(["ecd-1"]);
  });

  it("ends alerts of a kind that it is not about any more", async () => {
    expect(await engine.ask("/alerts on risk=agent-uninstalled")).toMatchObject({ ended: 1 });
    expect(await open()).toEqual(["ecd-2"]);
  });

  it("to a provider goes on with one whose agent is gone, as nobody sees whose it was", async () => {
    await engine.ask("/alerts on provider=OpenClaw");
    expect(await open()).toEqual(["ecd-1", "ecd-2"]);
  });

  it("to what rows do not show ends what may not match", async () => {
    await engine.ask("/alerts on managed=Hibernated");
    expect(await open()).toEqual([]);
  });

  it("to the same goes on with everything, and tells nothing anew", async () => {
    const before = world.platform.messages.length;
    await engine.ask("/alerts ack all");
    expect(await engine.ask("/alerts on")).toMatchObject({ saved: "edited", ended: 0 });
    await world.scan(2);
    const { episodes } = await world.memory.episodes.open([id], 10);
    expect([world.platform.messages.length - before, episodes.map(({ acked }) => acked?.by)]).toEqual([
      0,
      ["ou_1", "ou_1"],
    ]);
  });

  it("shows on its cards that what it holds no more is not watched", async () => {
    await engine.ask("/alerts on group=rg-1");
    await world.scan(2);
    expect(JSON.stringify(world.platform.messages[0]?.cards.at(-1))).toMatch(/not watched|no longer watched/i);
  });
});
