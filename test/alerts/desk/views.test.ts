import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mostViews } from "../../../src/alerts/memory.ts";
import { commandOf } from "../../commands/read.ts";
import { chat, createWorld, type Engine, type World } from "../engine/world.ts";

const asker = { channel: "lark", chat, user: "ou_1" };

let world: World;
let engine: Engine;
beforeEach(async () => {
  world = await createWorld();
  engine = world.start({ idle: true });
});
afterEach(() => world.close());

const widen = (text: string, by = asker) => engine.alerts.desk.widen(commandOf(text), by);

describe("a view", () => {
  it("that is saved is listed, with who saved it", async () => {
    expect(await engine.ask("/view save mine status=Running")).toMatchObject({
      kind: "views",
      did: { what: "saved", name: "mine" },
      views: [{ name: "mine", filter: "status=Running", by: "ou_1" }],
    });
  });

  it("by user is listed without its users where these are not shown", async () => {
    await engine.ask("/view save mine user=li.na");
    const rule = { channel: "*", chats: undefined, users: undefined, scope: {}, mention: false } as const;
    world.options = { access: { default: "deny", rules: [{ ...rule, allow: ["query"], show: "masked" }] } };
    const masked = world.start({ idle: true });
    expect(await masked.ask("/view list")).toMatchObject({ views: [{ name: "mine", filter: 'user="…"' }] });
  });

  it("that is saved again is replaced", async () => {
    await engine.ask("/view save mine status=Running");
    expect(await engine.ask("/view save mine status=Stopped")).toMatchObject({
      did: { what: "replaced" },
      views: [{ filter: "status=Stopped" }],
    });
  });

  it("that is dropped is no more", async () => {
    await engine.ask("/view save mine status=Running");
    expect(await engine.ask("/view drop mine")).toMatchObject({ did: { what: "dropped" }, views: [] });
  });

  it("that is not there cannot be dropped, and the nearest name is given", async () => {
    await engine.ask("/view save running status=Running");
    expect(await engine.ask("/view drop runing")).toMatchObject({ kind: "unknown-view", nearest: "running" });
  });

  it("is of its chat alone", async () => {
    await engine.ask("/view save mine status=Running");
    expect(await engine.ask("/view list", { chat: "oc_2" })).toMatchObject({ views: [] });
    expect(await widen("/runtimes view=mine", { ...asker, chat: "oc_2" })).toMatchObject({
      answer: { kind: "unknown-view" },
    });
  });

  it("beyond the hundredth is not saved", async () => {
    for (let index = 0; index < mostViews; index += 1) await engine.ask(`/view save v${index} status=Running`);
    expect(await engine.ask("/view save mine status=Running")).toMatchObject({
      kind: "too-many-views",
      limit: mostViews,
    });
  });
});

describe("a command with a view", () => {
  beforeEach(async () => {
    await engine.ask("/view save mine status=Running group=rg-1");
  });

  it("has its filters, and its own before them", async () => {
    expect(await widen("/runtimes view=mine status=Stopped")).toMatchObject({
      command: { kind: "list", filters: { status: ["Stopped"], group: ["rg-1"] } },
    });
  });

  it("that is not there is answered by the nearest name", async () => {
    expect(await widen("/runtimes view=mien")).toMatchObject({ answer: { kind: "unknown-view", nearest: "mine" } });
  });

  it("keeps a watch as what the view was when it was set up", async () => {
    await engine.ask("/alerts on view=mine");
    await engine.ask("/view drop mine");
    expect(await world.memory.watches.of(asker)).toMatchObject([{ filter: expect.stringContaining("status=Running") }]);
  });
});

it("a command without a view is left as it is", async () => {
  expect(await widen("/runtimes status=Stopped")).toEqual({ command: commandOf("/runtimes status=Stopped") });
});
