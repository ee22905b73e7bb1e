import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Access } from "../../../src/bot/index.ts";
import { wordsOf } from "../engine/owed.ts";
import { chat, createWorld, type Engine, open, type World } from "../engine/world.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const place = { channel: "lark", chat };

let world: World;
let engine: Engine;
/** It is nine in the morning, and a digest is due at ten every day. */
beforeEach(async () => {
  world = await createWorld([{ status: "Running" }, { status: "Stopped" }]);
  engine = world.start();
  await engine.ask("/digest on at=10:00 tz=UTC");
  await world.pass(1_100);
});
afterEach(() => world.close());

/** Lets the clock stand at a time of this day, some seconds after it. */
async function until(hours: number): Promise<void> {
  const begin = Date.UTC(2026, 5, 1);
  world.skip(Math.max(0, begin + hours * hour - world.now()));
  await world.pass(2_500);
}

const told = async () =>
  (await world.memory.outbox.last(place, 20)).filter(({ kind }) => kind === "digest").toReversed();
const summaries = async () => (await told()).map(({ about }) => (about.kind === "digest" ? about.summary : undefined));

const rule = { channel: "*", chats: undefined, users: undefined, scope: {}, show: "full", mention: false } as const;
const denied: Access = { default: "deny", rules: [{ ...rule, allow: ["query"] }] };

function restart(access: Access = open): void {
  engine.process.kill();
  world.options = { access };
  engine = world.start();
}

describe("a digest", () => {
  it("is told when it is due, once, and not before", async () => {
    await until(9.9);
    expect(await told()).toEqual([]);
    await until(10);
    await until(11);
    expect(world.platform.messages).toHaveLength(1);
  });

  it("counts what its filter names", async () => {
    await engine.ask("/digest on at=10:00 tz=UTC status=Running");
    await until(10);
    expect(await summaries()).toMatchObject([{ counts: { runtimes: 1, running: 1 } }]);
  });

  it("compares with the one before", async () => {
    await until(10);
    world.fleet.set("ecd-3", { status: "Running" });
    await until(34);
    expect((await told()).at(-1)?.about).toMatchObject({ last: { counts: { runtimes: 2 } } });
  });

  it("is not told again by another leader", async () => {
    await until(10);
    restart();
    await world.pass(5_000);
    expect(world.platform.messages).toHaveLength(1);
  });

  it("of a filter that was changed meanwhile is that of the new one", async () => {
    const proceed = world.fleet.hold();
    await until(10);
    const asked = engine.ask("/digest on at=10:00 tz=UTC status=Running");
    await world.pass(100);
    proceed();
    await asked;
    await world.pass(3_000);
    expect(await told()).toEqual([]);
    await until(34);
    expect(await summaries()).toMatchObject([{ counts: { runtimes: 1 } }]);
  });
});

describe("a digest that was missed", () => {
  it("by less than two hours is told late, and says so", async () => {
    engine.process.kill();
    await until(11.5);
    restart();
    await world.pass(3_000);
    expect(wordsOf(world.platform.messages[0])).toMatch(/late/i);
  });

  it("by more is left out, and said in the status", async () => {
    engine.process.kill();
    await until(13);
    restart();
    await world.pass(3_000);
    expect(world.platform.messages).toHaveLength(0);
    expect(await engine.ask("/digest status")).toMatchObject({ skipped: [Date.UTC(2026, 5, 1, 10)] });
  });

  it("is named by the next one", async () => {
    engine.process.kill();
    await until(13);
    restart();
    await until(34);
    expect((await told())[0]?.about).toMatchObject({ skipped: [Date.UTC(2026, 5, 1, 10)] });
  });
});

describe("a fleet that does not answer", () => {
  it("for a moment makes the digest come a bit later", async () => {
    world.fleet.state = "down";
    await until(10);
    expect(await told()).toEqual([]);
    world.fleet.state = "up";
    world.skip(30_000);
    await world.pass(2_500);
    expect(await summaries()).toMatchObject([{ counts: { runtimes: 2 } }]);
  });

  it("is asked every half a minute, and not all the time", async () => {
    world.fleet.state = "down";
    await until(10);
    const calls = world.fleet.calls();
    await world.pass(10_000);
    expect(world.fleet.calls()).toBe(calls);
  });

  it("for ten minutes is what the digest says", async () => {
    world.fleet.state = "down";
    await until(10);
    world.skip(10 * minute);
    await world.pass(2_500);
    expect(await summaries()).toEqual([undefined]);
  });

  it("leaves the comparison of the next digest with the last that was counted", async () => {
    await until(10);
    world.fleet.state = "down";
    await until(34);
    world.skip(10 * minute);
    await world.pass(2_500);
    world.fleet.state = "up";
    await until(58);
    expect((await told()).at(-1)?.about).toMatchObject({ last: { slot: Date.UTC(2026, 5, 1, 10) } });
  });

  it("is asked for several chats at once, so that none has to wait for the others", async () => {
    await engine.ask("/digest on at=10:00 tz=UTC status=Running", { chat: "oc_2" });
    world.fleet.hold();
    const calls = world.fleet.calls();
    await until(10);
    expect(world.fleet.calls() - calls).toBe(2);
  });
});

describe("a digest whose author has lost the right", () => {
  it("is told no more, and that once", async () => {
    restart(denied);
    await until(10);
    await until(34);
    expect([await told(), world.platform.messages.length]).toEqual([[], 1]);
    expect(await world.memory.digests.of(place)).toMatchObject({ paused: "right" });
  });

  it("goes on when it may be told again, without what was due meanwhile", async () => {
    restart(denied);
    await until(13);
    restart();
    await until(34);
    expect(await told()).toHaveLength(1);
    expect((await world.memory.digests.of(place))?.paused).toBeUndefined();
  });
});

describe("a digest of a chat that the bot was taken out of", () => {
  it("asks the fleet nothing, and owes the chat nothing", async () => {
    await world.chats.gone("lark", chat, "it was taken out");
    const calls = world.fleet.calls();
    await until(10);
    expect([world.fleet.calls() - calls, await told()]).toEqual([0, []]);
    expect(await world.memory.digests.of(place)).toMatchObject({ paused: "chat" });
  });

  it("goes on when the bot is back, without what was due meanwhile", async () => {
    await world.chats.gone("lark", chat, "it was taken out");
    await until(13);
    await world.chats.joined("lark", chat);
    await until(34);
    expect(await told()).toHaveLength(1);
    expect((await world.memory.digests.of(place))?.paused).toBeUndefined();
  });
});

it("what was due before a digest was set up is not told", async () => {
  await engine.ask("/digest on at=08:00 tz=UTC", { chat: "oc_2" });
  await world.pass(2_500);
  expect(world.platform.messages).toHaveLength(0);
});

it("a digest that was ended is told no more", async () => {
  await engine.ask("/digest off");
  await until(10 + day / hour);
  expect(await told()).toEqual([]);
});
