import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Access } from "../../src/bot/index.ts";
import { anyActs, follow, heal } from "./engine/history.ts";
import { chat, createWorld, type Engine, open, type World } from "./engine/world.ts";

let world: World;
afterEach(() => world.close());

const rule = { channel: "*", chats: undefined, users: undefined, show: "full", mention: false } as const;

/** Everybody may do everything with the runtimes of one group. */
const narrow: Access = {
  default: "deny",
  rules: [{ ...rule, allow: ["query", "export", "alerts", "views"], scope: { group: ["rg-1"] } }],
};

/** Two runtimes in a group, and a third in another. */
async function watched(): Promise<Engine> {
  world = await createWorld([{ groupId: "rg-1" }, { groupId: "rg-2" }, { groupId: "rg-1" }]);
  world.options = { access: open };
  const engine = world.start();
  await engine.ask("/alerts on");
  await world.scan();
  return engine;
}

/** From now on the chat may see one group only. */
function narrowed(engine: Engine): Engine {
  engine.process.kill();
  world.options = { access: narrow };
  return world.start();
}

const cards = () => JSON.stringify(world.platform.messages.map((message) => message.cards));
const hidden = "agent of ecd-2";
const howOften = (text: string) => text.split(hidden).length - 1;

describe("a scope that was narrowed", () => {
  it("hides at once what it does not hold, in all that is shown from then on", async () => {
    const acts = anyActs(["runtime", "unlisted", "platform", "ask"], 6);
    const property = fc.asyncProperty(acts, acts, async (before, after) => {
      let engine = await watched();
      for (const act of before) {
        engine = await follow(world, engine, act);
        await world.scan();
      }
      engine = narrowed(engine);
      const known = howOften(cards());
      for (const act of after) {
        await world.scan();
        engine = await follow(world, engine, act);
      }
      await heal(world);
      expect(howOften(cards())).toBe(known);
      for (const question of ["/alerts status", "/why ecd-2", "/why all"]) {
        expect(JSON.stringify(await engine.ask(question))).not.toContain(hidden);
      }
      await world.close();
    });
    await fc.assert(property, { numRuns: 6 });
  });

  it("is kept to by a notice that was owed before, and is sent after it", async () => {
    const engine = await watched();
    world.platform.always = "fails";
    world.fleet.risk("ecd-1", "model-modified");
    world.fleet.risk("ecd-2", "model-modified");
    await world.scan();
    narrowed(engine);
    await heal(world);
    expect([cards().includes("agent of ecd-1"), cards().includes(hidden)]).toEqual([true, false]);
  });

  it("ends what it hides without a word", async () => {
    const engine = await watched();
    world.fleet.risk("ecd-2", "model-modified");
    await world.scan();
    narrowed(engine);
    await world.scan(4);
    const [watch] = await world.memory.watches.of({ channel: "lark", chat });
    const [episode] = await world.memory.episodes.ofRuntime("ecd-2", [watch?.id ?? ""], 1);
    expect([world.platform.messages.length, watch?.scope, episode?.end]).toEqual([1, "group=rg-1", "silent"]);
  });
});

it("a scope that is wide again tells what it shows now", async () => {
  const engine = await watched();
  const next = narrowed(engine);
  world.fleet.risk("ecd-2", "model-modified");
  await world.scan(2);
  expect(cards()).not.toContain(hidden);
  next.process.kill();
  world.options = { access: open };
  world.start();
  await world.scan(2);
  expect(cards()).toContain(hidden);
});
