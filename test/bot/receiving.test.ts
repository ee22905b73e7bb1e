import { expect, test } from "vitest";
import { createScrub, createSecret } from "../../src/config/index.ts";
import { createRig } from "./rig.ts";

const secret = "hunter2-and-more";
const scrubTyped = createScrub({ key: createSecret(secret) });

test("a secret that somebody writes is gone before anything is stored, run, shown or logged, and the log warns of it", async () => {
  const taken: string[] = [];
  const { bot, fake, log, memory, clock } = createRig({ scrubTyped });
  const { take } = memory.inbox;
  const where = { channel: "lark", chat: "chat-1", user: "user-1", locale: "en" } as const;
  Object.assign(memory.inbox, {
    take: (arrival: Parameters<typeof take>[0]) => {
      taken.push(JSON.stringify(arrival));
      return take(arrival);
    },
  });

  await bot.receive({ ...where, id: "one", text: `/runtimes name=${secret}`, writtenAt: clock.now() });
  void bot.click({ ...where, id: "two", message: "card-1", text: `/runtimes user=${secret}` });
  await clock.advance(1);

  expect(taken).toHaveLength(2);
  expect(fake.asked.map(({ command }) => command)).toMatchObject([
    { filters: { name: ["[secret]"] } },
    { filters: { user: ["[secret]"] } },
  ]);
  expect(JSON.stringify([taken, log.lines])).not.toContain(secret);
  expect(log.lines.filter(({ level }) => level === "warn")).toMatchObject([
    { fields: { channel: "lark", chat: "chat-1" }, message: expect.stringContaining("wrote a secret") },
  ]);
});

test("who writes no secret is not warned of", async () => {
  const { write, log } = createRig({ scrubTyped });
  await write("/runtimes name=hunter2");
  expect(log.lines.filter(({ level }) => level === "warn")).toEqual([]);
});
