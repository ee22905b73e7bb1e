import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Access } from "../../../src/bot/index.ts";
import { chat, createWorld, type Engine, type World } from "../engine/world.ts";

const minute = 60_000;
const place = { channel: "lark", chat };

let world: World;
let engine: Engine;
/** The chat was told of three runtimes on one card; two of them have the same name. */
beforeEach(async () => {
  world = await createWorld([{ name: "anna" }, { name: "twin" }, { name: "twin" }]);
  engine = world.start();
  await engine.ask("/alerts on");
  await world.scan();
  for (const id of ["ecd-1", "ecd-2", "ecd-3"]) world.fleet.risk(id, "model-modified");
  await world.scan();
});
afterEach(() => world.close());

/** The id of the card. */
async function cardId(): Promise<string> {
  const [notice] = await world.memory.outbox.last(place, 1);
  return notice?.id ?? "";
}

async function episodeIdOf(runtime: string): Promise<string> {
  const watches = await world.memory.watches.of(place);
  const episodes = await world.memory.episodes.ofRuntime(
    runtime,
    watches.map(({ id }) => id),
    1,
  );
  return episodes[0]?.id ?? "";
}

async function acked(): Promise<readonly string[]> {
  const watches = await world.memory.watches.of(place);
  const { episodes } = await world.memory.episodes.open(
    watches.map(({ id }) => id),
    10,
  );
  return episodes
    .filter((one) => one.acked !== undefined)
    .map(({ runtime }) => runtime)
    .toSorted();
}

const muted = async () => (await world.memory.mutes.of(place)).map(({ target }) => target).toSorted();

describe("an acknowledgement", () => {
  it("by a card is of all that it shows, and answers with the card", async () => {
    expect(await engine.ask(`/alerts ack ${await cardId()}`)).toMatchObject({
      kind: "alert",
      did: { what: "acked", count: 3 },
      total: 3,
    });
    expect(await acked()).toEqual(["ecd-1", "ecd-2", "ecd-3"]);
  });

  it("by an alert is of that alone", async () => {
    const target = await episodeIdOf("ecd-2");
    expect(await engine.ask(`/alerts ack ${target}`)).toMatchObject({ kind: "quieted", what: "acked", count: 1 });
    expect(await acked()).toEqual(["ecd-2"]);
  });

  it.each(["ecd-1", "anna"])("by %s is of that runtime, which is called by its name", async (target) => {
    expect(await engine.ask(`/alerts ack ${target}`)).toMatchObject({ kind: "quieted", target: "anna", count: 1 });
    expect(await acked()).toEqual(["ecd-1"]);
  });

  it("of everything is of all that is open", async () => {
    expect(await engine.ask("/alerts ack all")).toMatchObject({ kind: "quieted", target: "all", count: 3 });
  });

  it("by a name that several have asks which is meant, and does nothing", async () => {
    const answer = await engine.ask("/alerts ack twin");
    const meant = answer.kind === "which-alert" ? answer.runtimes.map(({ runtime }) => runtime) : [];
    expect(meant.toSorted()).toEqual(["ecd-2", "ecd-3"]);
    expect(await acked()).toEqual([]);
  });

  it("by what nobody knows says so", async () => {
    expect(await engine.ask("/alerts ack nobody")).toMatchObject({ kind: "no-alert", target: "nobody" });
  });

  it("once more is of none", async () => {
    await engine.ask("/alerts ack all");
    expect(await engine.ask("/alerts ack all", { user: "ou_2" })).toMatchObject({ count: 0 });
  });

  it("is not of what is over", async () => {
    world.fleet.risk("ecd-1");
    await world.scan();
    expect(await engine.ask("/alerts ack ecd-1")).toMatchObject({ count: 0 });
  });
});

describe("in another chat", () => {
  it("a mute of this one is not known", async () => {
    await engine.ask("/alerts mute ecd-1");
    expect(await engine.ask("/alerts unmute ecd-1", { chat: "oc_2" })).toMatchObject({ kind: "no-alert" });
  });

  it.each(["ack", "mute", "unmute"])("a card of this one is not known: %s", async (verb) => {
    expect(await engine.ask(`/alerts ${verb} ${await cardId()}`, { chat: "oc_2" })).toMatchObject({ kind: "no-alert" });
    expect([await acked(), await muted()]).toEqual([[], []]);
  });

  it("an alert of this one is not known", async () => {
    const target = await episodeIdOf("ecd-1");
    expect(await engine.ask(`/alerts ack ${target}`, { chat: "oc_2" })).toMatchObject({ kind: "no-alert" });
  });

  it("a runtime of this one is not known", async () => {
    expect(await engine.ask("/alerts ack ecd-1", { chat: "oc_2" })).toMatchObject({ kind: "no-alert" });
  });

  it("everything is nothing of this one", async () => {
    expect(await engine.ask("/alerts ack all", { chat: "oc_2" })).toMatchObject({ count: 0 });
    expect(await acked()).toEqual([]);
  });
});

describe("a mute", () => {
  it("by a card is of its runtimes that are at risk still", async () => {
    const card = await cardId();
    world.fleet.risk("ecd-1");
    await world.scan();
    expect(await engine.ask(`/alerts mute ${card}`)).toMatchObject({ did: { what: "muted", count: 2 } });
    expect(await muted()).toEqual(["ecd-2", "ecd-3"]);
  });

  it("lasts as long as was asked for", async () => {
    const answer = await engine.ask("/alerts mute anna for=30m");
    expect(answer).toMatchObject({ kind: "quieted", until: world.now() + 30 * minute });
    expect(await world.memory.mutes.of(place)).toMatchObject([
      { label: "anna", by: "ou_1", untilWall: world.now() + 30 * minute },
    ]);
  });

  it("of everything is one", async () => {
    await engine.ask("/alerts mute all for=1h");
    expect(await muted()).toEqual(["all"]);
  });

  it("takes the place of an earlier one", async () => {
    await engine.ask("/alerts mute anna for=2h");
    await engine.ask("/alerts mute anna for=5m");
    expect(await world.memory.mutes.of(place)).toMatchObject([{ untilWall: world.now() + 5 * minute }]);
  });

  it("is of a runtime as well that was never at risk", async () => {
    world.fleet.set("ecd-4", { name: "bob" });
    expect(await engine.ask("/alerts mute bob")).toMatchObject({ kind: "quieted", target: "bob", count: 0 });
    expect(await world.memory.mutes.of(place)).toMatchObject([{ target: "ecd-4", label: "bob" }]);
  });

  it("of a name that several have which were never at risk asks which is meant, and does nothing", async () => {
    world.fleet.set("ecd-4", { name: "bob" });
    world.fleet.set("ecd-5", { name: "bob" });
    expect(await engine.ask("/alerts mute bob")).toMatchObject({
      kind: "which-alert",
      runtimes: [
        { runtime: "ecd-4", kinds: [] },
        { runtime: "ecd-5", kinds: [] },
      ],
    });
    expect(await muted()).toEqual([]);
  });

  it("of what nobody knows says so", async () => {
    expect(await engine.ask("/alerts mute nobody")).toMatchObject({ kind: "no-alert", target: "nobody" });
  });

  it("of what is not known while the fleet does not answer says that", async () => {
    world.fleet.state = "down";
    expect(await engine.ask("/alerts mute bob")).toMatchObject({ kind: "failure" });
  });

  it("of a runtime that is quiet by now is of it when it is at risk again", async () => {
    world.fleet.risk("ecd-1");
    await world.scan();
    expect(await engine.ask("/alerts mute anna")).toMatchObject({ kind: "quieted", count: 0 });
    expect(await muted()).toEqual(["ecd-1"]);
  });
});

describe("an end of a mute", () => {
  it("of a runtime leaves the others muted", async () => {
    await engine.ask(`/alerts mute ${await cardId()}`);
    expect(await engine.ask("/alerts unmute anna")).toMatchObject({ what: "unmuted", count: 1 });
    expect(await muted()).toEqual(["ecd-2", "ecd-3"]);
  });

  it("by a card is of all its runtimes", async () => {
    await engine.ask(`/alerts mute ${await cardId()}`);
    expect(await engine.ask(`/alerts unmute ${await cardId()}`)).toMatchObject({ did: { what: "unmuted", count: 3 } });
    expect(await muted()).toEqual([]);
  });

  it("of everything is of each runtime as well", async () => {
    await engine.ask("/alerts mute anna");
    await engine.ask("/alerts mute all");
    expect(await engine.ask("/alerts unmute all")).toMatchObject({ count: 2 });
    expect(await muted()).toEqual([]);
  });

  it("is possible when the watch is gone, by id and by name", async () => {
    await engine.ask(`/alerts mute ${await cardId()}`);
    await engine.ask("/alerts off");
    expect(await engine.ask("/alerts unmute anna")).toMatchObject({ kind: "quieted", target: "anna", count: 1 });
    expect(await engine.ask("/alerts unmute ecd-2")).toMatchObject({ kind: "quieted", target: "twin", count: 1 });
    expect(await muted()).toEqual(["ecd-3"]);
  });

  it("that is none is said", async () => {
    expect(await engine.ask("/alerts unmute anna")).toMatchObject({ kind: "quieted", count: 0 });
  });
});

describe("who may see one group only", () => {
  const rule = { channel: "*", chats: undefined, show: "full", mention: false, allow: ["query", "alerts"] } as const;
  const access: Access = {
    default: "deny",
    rules: [
      { ...rule, users: ["ou_2"], scope: { group: ["rg-2"] } },
      { ...rule, users: undefined, scope: {} },
    ],
  };
  beforeEach(() => {
    world.options = { access };
    engine.process.kill();
    engine = world.start();
    world.fleet.set("ecd-4", { name: "bob", groupId: "rg-2" });
    world.fleet.set("ecd-5", { name: "eve", groupId: "rg-1" });
  });

  it("mutes nothing beyond it", async () => {
    for (const target of ["eve", "anna"]) {
      expect(await engine.ask(`/alerts mute ${target}`, { user: "ou_2" })).toMatchObject({ kind: "no-alert" });
    }
    expect(await muted()).toEqual([]);
  });

  it("unmutes what was muted within it, and nothing that others have muted beyond it", async () => {
    await engine.ask("/alerts mute bob", { user: "ou_2" });
    await engine.ask("/alerts mute eve");
    expect(await engine.ask("/alerts unmute eve", { user: "ou_2" })).toMatchObject({ kind: "no-alert" });
    expect(await engine.ask("/alerts unmute bob", { user: "ou_2" })).toMatchObject({ kind: "quieted", count: 1 });
    expect(await muted()).toEqual(["ecd-5"]);
  });
});
