import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chat, createWorld, type Engine, type World } from "../engine/world.ts";

const place = { channel: "lark", chat };

let world: World;
let engine: Engine;
/** It is nine in the morning of a Monday. */
beforeEach(async () => {
  world = await createWorld([{ status: "Running" }]);
  engine = world.start();
});
afterEach(() => world.close());

describe("a digest that is set up", () => {
  it("says when it comes first", async () => {
    expect(await engine.ask("/digest on at=10:00 tz=UTC")).toMatchObject({
      kind: "digest-set",
      edited: false,
      next: Date.UTC(2026, 5, 1, 10),
      digest: { at: 600, author: "ou_1" },
    });
  });

  it("of a list by user is shown without its users where these are not", async () => {
    await engine.ask("/digest on at=10:00 user=li.na");
    const rule = { channel: "*", chats: undefined, users: undefined, scope: {}, mention: false } as const;
    world.options = { access: { default: "deny", rules: [{ ...rule, allow: ["query"], show: "masked" }] } };
    const masked = world.start({ idle: true });
    expect(await masked.ask("/digest status")).toMatchObject({ digest: { filter: 'user="…"' } });
  });

  it("comes at a time of the zone that it names", async () => {
    expect(await engine.ask("/digest on at=18:00 tz=Asia/Shanghai")).toMatchObject({ next: Date.UTC(2026, 5, 1, 10) });
  });

  it("comes in the zone of the configuration where it names none", async () => {
    expect(await engine.ask("/digest on at=10:00")).toMatchObject({ digest: { zone: "UTC" } });
  });

  it("comes on the days that it names", async () => {
    expect(await engine.ask("/digest on at=10:00 days=wed tz=UTC")).toMatchObject({ next: Date.UTC(2026, 5, 3, 10) });
  });

  it("takes the place of the one before it", async () => {
    await engine.ask("/digest on at=10:00");
    expect(await engine.ask("/digest on at=11:00", { user: "ou_2" })).toMatchObject({ edited: true });
    expect(await world.memory.digests.of(place)).toMatchObject({ at: 660, author: "ou_2" });
  });

  it.each([
    ["/digest on at=11:00 tz=UTC", true],
    ["/digest on at=11:00 tz=UTC status=Running", false],
  ])("is compared with the last one of the same list only: %s", async (text, compared) => {
    await engine.ask("/digest on at=10:00 tz=UTC");
    world.skip(60 * 60_000);
    await world.pass(2_500);
    await engine.ask(text);
    expect((await world.memory.digests.of(place))?.last !== undefined).toBe(compared);
  });
});

describe("the status of a digest", () => {
  it("where there is none is that", async () => {
    expect(await engine.ask("/digest status")).toMatchObject({ kind: "digest-status" });
    expect(await engine.ask("/digest status")).toHaveProperty("digest", undefined);
  });

  it("has when it came last, and when it comes next", async () => {
    await engine.ask("/digest on at=10:00 tz=UTC");
    world.skip(60 * 60_000);
    await world.pass(2_500);
    expect(await engine.ask("/digest status")).toMatchObject({
      last: Date.UTC(2026, 5, 1, 10),
      next: Date.UTC(2026, 5, 2, 10),
    });
  });

  it("is of this chat alone", async () => {
    await engine.ask("/digest on at=10:00");
    expect(await engine.ask("/digest status", { chat: "oc_2" })).toHaveProperty("digest", undefined);
  });
});

describe("a digest that is ended", () => {
  it("was there, and is no more", async () => {
    await engine.ask("/digest on at=10:00");
    expect(await engine.ask("/digest off")).toMatchObject({ kind: "digest-off", was: true });
    expect(await engine.ask("/digest off")).toMatchObject({ was: false });
  });
});
