import { afterEach, beforeEach, expect, it } from "vitest";
import { createPlainAudit } from "../../bot/memory.ts";
import { chat, createWorld, type World } from "../engine/world.ts";

const place = { channel: "lark", chat };

let world: World;
beforeEach(async () => {
  world = await createWorld([{}]);
});
afterEach(() => world.close());

it("what the configuration sets up and takes away in a chat stands in the chat's audit, once", async () => {
  const audit = createPlainAudit();
  const wanted = { ...place, filter: "group=rg-9", locale: "en" } as const;
  for (const configured of [[wanted], [wanted], []]) {
    world.options = { configured, audit };
    const engine = world.start();
    await world.scan();
    engine.process.kill();
    world.skip(5 * 60_000);
  }
  expect(audit.entries.map(({ chat: where, user, how, text, detail }) => [where, user, how, text, detail])).toEqual([
    [chat, "", "configuration", "/alerts on group=rg-9", { kind: "watch", what: "new" }],
    [chat, "", "configuration", "/alerts on group=rg-9", { kind: "watch", what: "off" }],
  ]);
  expect(audit.awaited).toEqual(audit.entries);
});
