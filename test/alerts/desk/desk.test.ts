import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Access } from "../../../src/bot/index.ts";
import { chat, createWorld, type Engine, type World } from "../engine/world.ts";

const place = { channel: "lark", chat };

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld(Array.from({ length: 12 }, (_, index) => ({ groupId: index < 6 ? "rg-1" : "rg-2" })));
  engine = world.start();
});
afterEach(() => world.close());

/** The chat is told of all runtimes on one card. */
async function told(): Promise<string> {
  await engine.ask("/alerts on");
  await world.scan();
  for (let index = 1; index <= 12; index += 1) world.fleet.risk(`ecd-${index}`, "model-modified");
  await world.scan();
  return (await world.memory.outbox.last(place, 1))[0]?.id ?? "";
}

describe("a watch that is ended", () => {
  it("was there, and is no more", async () => {
    await engine.ask("/alerts on");
    expect(await engine.ask("/alerts off")).toMatchObject({ kind: "watch-off", was: true, configured: 0 });
    expect(await world.memory.watches.of(place)).toEqual([]);
  });

  it("where there is none is said", async () => {
    expect(await engine.ask("/alerts off")).toMatchObject({ was: false });
  });

  it("leaves those of the configuration, and says how many", async () => {
    world.options = { configured: [{ ...place, filter: "", locale: "en" }] };
    engine.process.kill();
    engine = world.start();
    await world.scan();
    expect(await engine.ask("/alerts off")).toMatchObject({ was: false, configured: 1 });
    expect(await world.memory.watches.of(place)).toHaveLength(1);
  });

  it("tells nothing more, and nothing of what is over", async () => {
    await told();
    const before = world.platform.messages.length;
    await engine.ask("/alerts off");
    world.fleet.risk("ecd-1");
    await world.scan(2);
    expect(world.platform.messages.length).toBe(before);
  });
});

describe("a test", () => {
  it("is answered at once, and arrives as a message of its own", async () => {
    await world.pass(100);
    expect(await engine.ask("/alerts test")).toMatchObject({ kind: "alert-test-begun" });
    await world.pass(100);
    expect(world.platform.messages).toHaveLength(1);
  });

  it("that was delivered twice arrives once", async () => {
    await engine.ask("/alerts test", { origin: "message-1" });
    await engine.ask("/alerts test", { origin: "message-1" });
    await world.pass(1_100);
    expect(world.platform.messages).toHaveLength(1);
  });

  it("arrives where nothing is watched", async () => {
    await engine.ask("/alerts test", { chat: "oc_9" });
    await world.pass(1_100);
    expect(world.platform.messages[0]?.chat).toBe("oc_9");
  });
});

describe("an alert card", () => {
  it("is shown by its pages", async () => {
    const card = await told();
    expect(await engine.ask(`/alerts show ${card} page=2`)).toMatchObject({
      kind: "alert",
      page: 2,
      pages: 2,
      total: 12,
    });
  });

  it("beyond its last page is shown by that", async () => {
    const card = await told();
    expect(await engine.ask(`/alerts show ${card} page=9`)).toMatchObject({ page: 2, runtimes: [{}, {}] });
  });

  it("of another chat is not known", async () => {
    const card = await told();
    expect(await engine.ask(`/alerts show ${card}`, { chat: "oc_2" })).toMatchObject({
      kind: "no-alert",
      target: card,
    });
  });

  it("that nobody has sent is not known", async () => {
    expect(await engine.ask("/alerts show nothing")).toMatchObject({ kind: "no-alert", target: "nothing" });
  });

  it("shows to whom may see less no more than that", async () => {
    const rule = { channel: "*", chats: undefined, show: "full", mention: false, allow: ["query", "alerts"] } as const;
    const access: Access = {
      default: "deny",
      rules: [
        { ...rule, users: ["ou_2"], scope: { group: ["rg-2"] } },
        { ...rule, users: undefined, scope: {} },
      ],
    };
    world.options = { access };
    engine.process.kill();
    engine = world.start();
    const card = await told();
    expect(await engine.ask(`/alerts show ${card}`, { user: "ou_2" })).toMatchObject({ total: 6, open: 6, pages: 1 });
    expect(await engine.ask(`/alerts ack ${card}`, { user: "ou_2" })).toMatchObject({ did: { count: 6 } });
    expect(await engine.ask("/alerts ack ecd-1", { user: "ou_2" })).toMatchObject({ kind: "no-alert" });
  });
});

describe("the language of a chat", () => {
  it("is what it has chosen, at once", async () => {
    expect(await engine.ask("/lang zh")).toMatchObject({ kind: "language", locale: "zh", changed: true });
    expect(await engine.alerts.desk.language(place)).toBe("zh");
  });

  it("is the reader's own until one is chosen, and again after that", async () => {
    expect(await engine.ask("/lang")).toMatchObject({ locale: undefined, changed: false });
    await engine.ask("/lang zh");
    expect(await engine.ask("/lang auto")).toMatchObject({ changed: true });
    expect(await engine.alerts.desk.language(place)).toBeUndefined();
  });

  it("is that of one chat", async () => {
    await engine.ask("/lang zh");
    expect(await engine.alerts.desk.language({ ...place, chat: "oc_2" })).toBeUndefined();
  });

  it("that another process has set is known within some seconds", async () => {
    await engine.alerts.desk.language(place);
    await world.start({ idle: true }).ask("/lang zh");
    world.skip(3_100);
    expect(await engine.alerts.desk.language(place)).toBe("zh");
  });

  it("is that of its alerts", async () => {
    await engine.ask("/lang zh");
    await told();
    expect(world.platform.messages[0]?.cards[0]?.locale).toBe("zh");
  });

  it("that cannot be looked up is the reader's own", async () => {
    engine.process.cutOff = true;
    expect(await engine.alerts.desk.language(place)).toBeUndefined();
  });
});

describe("a store that fails", () => {
  it.each([
    "/alerts on",
    "/alerts off",
    "/alerts status",
    "/alerts test",
    "/alerts show n1",
    "/alerts ack all",
    "/alerts mute all",
    "/alerts unmute all",
    "/why all",
    "/runtimes trend",
    "/digest on at=09:00",
    "/digest off",
    "/digest status",
    "/view save mine status=Running",
    "/view list",
    "/view drop mine",
    "/lang zh",
  ])("is what %s is answered", async (text) => {
    engine.process.cutOff = true;
    expect(await engine.ask(text)).toMatchObject({ kind: "store-failed" });
  });

  it("is what a command with a view is answered", async () => {
    engine.process.cutOff = true;
    expect(await engine.ask("/alerts on view=mine")).toMatchObject({ kind: "store-failed" });
  });
});
