import type { Kysely } from "kysely";
import { expect, it } from "vitest";
import type { Tables } from "../../src/store/schema.ts";
import { createManualClock } from "../manual-clock.ts";
import { findPostgres } from "./postgres.ts";
import { describeSites, lasting, messageOf, messagesOf } from "./sites.ts";

const postgres = await findPostgres();
const hour = 3_600_000;
const day = 24 * hour;

async function count(db: Kysely<Tables>, table: keyof Tables): Promise<number> {
  const { rows } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as("rows"))
    .executeTakeFirstOrThrow();
  return Number(rows);
}

describeSites(
  "a sweep at the start",
  postgres,
  (createSite) => {
    it("deletes arrivals after nine hours and not before, and says how many had no answer", async () => {
      const site = await createSite();
      const first = await site.open();
      const { inbox } = first;
      await Promise.all(messagesOf(1_300).map((arrival) => inbox.take(arrival)));
      for (const arrival of messagesOf(1_290)) {
        inbox.settle(arrival);
      }
      await first.stop();
      const start = site.clock.now();

      const second = await site.open(createManualClock(start + 8 * hour));
      expect(await second.inbox.take(messageOf("message-00000"))).toBe("known");
      await second.stop();
      const third = await site.open(createManualClock(start + 9 * hour + 10_000));
      await expect.poll(() => site.look((db) => count(db, "arrivals")), { timeout: 10_000 }).toBe(0);
      expect(await third.inbox.take(messageOf("message-00000"))).toBe("new");

      const said = site.log.lines.filter(({ message }) => message.includes("nine hours"));
      expect(said.map(({ fields }) => fields)).toEqual([{ unanswered: 10 }]);
    });

    it("deletes cards after thirty days and gone chats after ninety, and no chat that the bot is in", async () => {
      const site = await createSite();
      const first = await site.open();
      for (let card = 0; card < 1_300; card += 1) {
        first.cards.record({ channel: "lark", chat: "chat-1", message: `card-${card}`, command: "/help" });
      }
      await first.chats.joined("lark", "here");
      await first.chats.gone("lark", "gone", "the bot was removed");
      await first.stop();
      const counts = () =>
        site.look(async (db) => ({ cards: await count(db, "cards"), chats: await count(db, "chats") }));
      const reopen = async (later: number) => {
        const store = await site.open(createManualClock(site.clock.now() + later));
        return store.stop;
      };

      await (await reopen(29 * day))();
      expect(await counts()).toEqual({ cards: 1_300, chats: 2 });
      await reopen(31 * day);
      await expect.poll(counts, { timeout: 10_000 }).toEqual({ cards: 0, chats: 2 });
      await reopen(91 * day);
      await expect.poll(counts, { timeout: 10_000 }).toEqual({ cards: 0, chats: 1 });
    });

    it("deletes notes ninety days after they were written last, and tallies after four hundred", async () => {
      const site = await createSite();
      const first = await site.open();
      for (let one = 0; one < 1_300; one += 1) {
        first.notes.put({ channel: "dingtalk", kind: "button", key: `key-${one}`, text: "/help" });
      }
      first.tallies.add("calls", "2026-06", 1);
      first.tallies.add("calls", "2026-07", 1);
      await first.stop();
      const counts = () =>
        site.look(async (db) => ({ notes: await count(db, "notes"), tallies: await count(db, "tallies") }));
      const reopen = async (later: number) => site.open(createManualClock(site.clock.now() + later));

      await site.look(async (db) => {
        const [old, older] = [site.clock.now() - 2 * day, site.clock.now() - 312 * day];
        await db
          .insertInto("notes")
          .values({ channel: "dingtalk", kind: "button", key: "old", text: "", written_at: old })
          .execute();
        await db
          .insertInto("tallies")
          .values({ name: "calls", period: "2025-07", amount: 1, written_at: older })
          .execute();
      });
      expect(await counts()).toEqual({ notes: 1_301, tallies: 3 });
      const second = await reopen(89 * day);
      await expect.poll(counts, { timeout: 10_000 }).toEqual({ notes: 1_300, tallies: 2 });
      second.notes.put({ channel: "dingtalk", kind: "button", key: "key-7", text: "/help" });
      second.tallies.add("calls", "2026-07", 1);
      await second.stop();
      await reopen(91 * day);
      await expect.poll(counts, { timeout: 10_000 }).toEqual({ notes: 1, tallies: 2 });
      await reopen(180 * day);
      await expect.poll(counts, { timeout: 10_000 }).toEqual({ notes: 0, tallies: 2 });
      const last = await reopen(401 * day);
      await expect.poll(counts, { timeout: 10_000 }).toEqual({ notes: 0, tallies: 1 });
      expect(await last.tallies.count("calls", "2026-07")).toBe(2);
    });

    it("forgets processes that died, and not itself", async () => {
      const site = await createSite();
      await site.open();
      await site.open(createManualClock(site.clock.now() + 2 * 60_000));

      await expect.poll(() => site.look((db) => count(db, "processes")), { timeout: 10_000 }).toBe(1);
    });
  },
  lasting,
);

describeSites(
  "a sweep every hour",
  { ok: false, reason: "" },
  (createSite) => {
    it("deletes what has become old", async () => {
      const site = await createSite();
      const { inbox } = await site.open();
      await inbox.take(messageOf("one"));
      inbox.settle(messageOf("one"));

      await site.clock.advance(10 * hour + 60_000);

      expect(await inbox.take(messageOf("one"))).toBe("new");
    });
  },
  ["memory"],
);
