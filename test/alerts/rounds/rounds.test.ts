import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchId } from "../../../src/alerts/rounds/configured.ts";
import type { Access } from "../../../src/bot/index.ts";
import { plainRules } from "../builders.ts";
import { owe, wordsOf } from "../engine/owed.ts";
import { chat, createWorld, type Engine, interval, open, type World } from "../engine/world.ts";

const minute = 60_000;
const hour = 60 * minute;
const place = { channel: "lark", chat };
const id = watchId(place);

let world: World;
beforeEach(async () => {
  world = await createWorld([{}, {}]);
});
afterEach(() => world.close());

/** An engine whose chat watches everything, and has been told the present state. */
async function watching(text = "/alerts on"): Promise<Engine> {
  const engine = world.start();
  await engine.ask(text);
  await world.scan();
  return engine;
}

const titles = () => world.platform.messages.map(({ cards }) => cards[0]?.header.title);

describe("the fleet is scanned", () => {
  it("once an interval", async () => {
    await watching();
    const before = (await world.memory.watches.scans(id, 100)).length;
    await world.pass(6 * interval);
    expect((await world.memory.watches.scans(id, 100)).length - before).toBe(6);
  });

  it("at once for a watch that was set up just now, and for no other", async () => {
    const engine = await watching();
    const before = (await world.memory.watches.scans(id, 100)).length;
    await engine.ask("/alerts on", { chat: "oc_2" });
    await world.pass(1_000);
    expect((await world.memory.watches.scans(watchId({ ...place, chat: "oc_2" }), 100)).length).toBe(1);
    expect((await world.memory.watches.scans(id, 100)).length).toBe(before);
  });

  it("at once for a watch that another process has set up", async () => {
    world.start();
    await world.pass(2_000);
    await world.start({ idle: true }).ask("/alerts on");
    await world.pass(1_100);
    expect((await world.memory.watches.scans(id, 100)).length).toBe(1);
  });

  it("at once for a watch that was edited", async () => {
    const engine = await watching();
    const before = (await world.memory.watches.scans(id, 100)).length;
    await engine.ask("/alerts on status=Running");
    await world.pass(500);
    expect((await world.memory.watches.scans(id, 100)).length).toBe(before + 1);
  });

  it("in the same calls for all watches that ask the same", async () => {
    const engine = await watching();
    await engine.ask("/alerts on", { chat: "oc_2" });
    await world.scan();
    const before = world.fleet.scans();
    await world.scan();
    expect(world.fleet.scans() - before).toBe(1);
  });

  it("not at all without a watch", async () => {
    world.start();
    await world.scan(3);
    expect(world.fleet.calls()).toBe(0);
  });

  it("not for a channel that is switched off, which is owed nothing", async () => {
    world.options = { configured: [{ channel: "dingtalk", chat: "cid_1", filter: "", locale: "en" }] };
    world.fleet.risk("ecd-1", "model-modified");
    world.start();
    await world.scan(3);
    expect(world.fleet.calls()).toBe(0);
    expect(await world.memory.outbox.last({ channel: "dingtalk", chat: "cid_1" }, 10)).toEqual([]);
  });

  it("again after the store has failed, and what it missed is told", async () => {
    const engine = await watching();
    engine.process.cutOff = true;
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan(2);
    engine.process.cutOff = false;
    await world.pass(4_000);
    await world.scan();
    expect(titles()).toEqual(["1 runtime at risk (new)"]);
  });
});

describe("a scan", () => {
  it("that another leader overtook changes nothing", async () => {
    const first = await watching();
    world.fleet.risk("ecd-1", "model-modified");
    first.process.pause();
    world.start({ knowsDead: false });
    await world.pass(30_000);
    first.process.wake();
    await world.pass(15_000);
    expect(titles()).toEqual(["1 runtime at risk (new)"]);
  });

  it("is not judged by a filter that the watch has no more", async () => {
    const engine = await watching();
    world.fleet.set("ecd-1", { status: "Stopped", risks: ["model-modified"] });
    const proceed = world.fleet.hold();
    world.skip(interval);
    await world.pass(1_100);
    const asked = engine.ask("/alerts on status=Running");
    await world.pass(100);
    proceed();
    await asked;
    await world.scan(2);
    expect(titles()).toEqual([]);
  });

  it("that takes too long is given up", async () => {
    await watching();
    world.fleet.hold();
    world.skip(interval);
    await world.pass(1_100);
    const before = (await world.memory.watches.scans(id, 100)).length;
    await world.pass(10 * minute);
    const scans = await world.memory.watches.scans(id, 100);
    expect([scans.length > before, scans[0]?.complete]).toEqual([true, false]);
  });
});

describe("a watch without a complete scan", () => {
  it("for ten minutes says that it is blind, once, and when it sees again", async () => {
    await watching();
    world.fleet.state = "down";
    for (let rounds = 0; rounds < 6; rounds += 1) {
      world.skip(4 * minute);
      await world.scan();
    }
    expect(world.platform.messages).toHaveLength(1);
    world.fleet.state = "up";
    await world.scan(3);
    expect(world.platform.messages).toHaveLength(2);
  });

  it("says nothing of the time in which it stood still", async () => {
    await watching();
    world.platform.faults.push("gone");
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan(3);
    world.skip(hour);
    world.fleet.state = "down";
    await world.chats.joined("lark", chat);
    await world.scan(3);
    expect(titles()).toEqual([]);
  });

  it("which then stands still leaves it to the chat's others to say when they see again", async () => {
    world.options = { configured: [{ ...place, filter: "group=rg-9", locale: "en" }] };
    const engine = await watching();
    world.fleet.state = "down";
    await world.scan();
    world.skip(11 * minute);
    await world.scan();
    await restarted(engine, without);
    world.fleet.state = "up";
    await world.scan(2);
    const told = await world.memory.outbox.last(place, 10);
    expect(told.map(({ kind }) => kind).toReversed()).toEqual(["blind", "paused", "sight"]);
  });

  it("says nothing of the time in which no bot ran", async () => {
    const engine = await watching();
    engine.process.kill();
    world.fleet.state = "moving";
    world.skip(5 * hour);
    world.start();
    await world.scan(3);
    expect(titles()).toEqual([]);
  });
});

const rule = { channel: "*", chats: undefined, users: undefined, scope: {}, show: "full", mention: false } as const;
const without: Access = { default: "deny", rules: [{ ...rule, allow: ["query"] }] };

/** The engine starts anew, by other rules. */
async function restarted(engine: Engine, access: Access): Promise<Engine> {
  engine.process.kill();
  world.options = { ...world.options, access };
  const next = world.start();
  await world.scan(2);
  return next;
}

describe("a watch stands still", () => {
  it("when its author has lost the right, which is told once", async () => {
    const engine = await watching();
    world.fleet.risk("ecd-1", "model-modified");
    await restarted(engine, without);
    await world.scan(3);
    expect(world.platform.messages).toHaveLength(1);
    expect((await world.memory.watches.of(place))[0]?.paused).toBe("right");
  });

  it("and asks the fleet nothing", async () => {
    const engine = await watching();
    await restarted(engine, without);
    const calls = world.fleet.calls();
    await world.scan(3);
    expect(world.fleet.calls()).toBe(calls);
  });

  it("no longer once its author has the right again, and tells what is new", async () => {
    const engine = await watching();
    world.fleet.risk("ecd-1", "model-modified");
    const paused = await restarted(engine, without);
    await restarted(paused, open);
    expect(wordsOf(world.platform.messages[1])).toContain("agent of ecd-1");
  });

  it("while the bot is not in its chat, which is told to nobody", async () => {
    await watching();
    world.platform.faults.push("gone");
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan(3);
    expect(world.platform.messages).toHaveLength(0);
    expect((await world.memory.watches.of(place))[0]?.paused).toBe("chat");
  });

  it("no longer once the bot is back, and tells the present state", async () => {
    await watching();
    world.platform.faults.push("gone");
    world.fleet.risk("ecd-1", "model-modified");
    await world.scan(3);
    await world.chats.joined("lark", chat);
    await world.scan(2);
    expect(wordsOf(world.platform.messages[0])).toContain("agent of ecd-1");
  });
});

describe("watches of the configuration", () => {
  const configured = [{ ...place, filter: "risk=model-modified", locale: "zh" as const }];

  it("are made when the bot starts", async () => {
    world.options = { configured };
    world.start();
    await world.scan();
    expect(await world.memory.watches.of(place)).toMatchObject([
      { origin: "configuration", filter: "risk=model-modified" },
    ]);
  });

  it("stay as they are over a restart", async () => {
    world.options = { configured };
    world.start().process.kill();
    world.start();
    await world.scan();
    const [before] = await world.memory.watches.of(place);
    world.start();
    await world.scan(2);
    expect((await world.memory.watches.of(place))[0]?.revision).toBe(before?.revision);
  });

  it("go with their entry, and leave the chat's own alone", async () => {
    world.options = { configured };
    const engine = await watching();
    engine.process.kill();
    world.options = {};
    world.start();
    await world.scan();
    expect((await world.memory.watches.of(place)).map(({ origin }) => origin)).toEqual(["command"]);
  });

  it("speak the language that stands there", async () => {
    world.options = { configured };
    world.fleet.risk("ecd-1", "model-modified");
    world.start();
    await world.scan(2);
    expect(world.platform.messages[0]?.cards[0]?.locale).toBe("zh");
  });
});

describe("the month's calls", () => {
  it("make scans as rare as a whole round costs, also while a watch stands still", async () => {
    world.options = { budget: { calls: 300_000, pushes: 0 } };
    const engine = await watching("/alerts on status=Running");
    for (const [index, status] of ["Stopped", "Pending", "Deleted", "Expired"].entries()) {
      await engine.ask(`/alerts on status=${status}`, { chat: `oc_${index + 2}` });
    }
    await world.chats.gone("lark", "oc_5", "it was taken out");
    await world.scan(4);
    const before = (await world.memory.watches.scans(id, 100)).length;
    await world.scan(10);
    expect((await world.memory.watches.scans(id, 100)).length - before).toBeLessThan(5);
  });

  it("that run short make scans rarer, and the chat is told so once", async () => {
    world.options = { budget: { calls: 1_000, pushes: 0 }, rules: { ...plainRules, interval } };
    await watching();
    const before = (await world.memory.watches.scans(id, 100)).length;
    await world.scan(10);
    expect((await world.memory.watches.scans(id, 100)).length - before).toBeLessThan(5);
    expect(world.platform.messages).toHaveLength(1);
  });
});

it("a notice that is owed is sent while a scan takes its time", async () => {
  await watching();
  world.fleet.hold();
  world.skip(interval);
  await world.pass(1_100);
  await owe(world, "first");
  await world.pass(1_100);
  expect(world.platform.messages).toHaveLength(1);
});
