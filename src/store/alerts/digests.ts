import type { Selectable } from "kysely";
import { z } from "zod";
import type { Digest, Digests } from "../../alerts/index.ts";
import { weekdays } from "../../commands/index.ts";
import { readJson } from "../json.ts";
import { lastDigestSchema, pauseSchema } from "./about-json.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { maybe } from "./counts-json.ts";
import { placeKey } from "./place.ts";
import type { Rows } from "./rows.ts";
import type { DigestsTable } from "./tables.ts";
import { insertNotices } from "./write-notices.ts";

const bodySchema = z.object({
  author: z.string(),
  locale: z.enum(["en", "zh"]),
  at: z.number(),
  days: z.array(z.enum(weekdays)),
  zone: z.string(),
  filter: z.string(),
  lastSlot: z.number(),
  last: lastDigestSchema,
  skipped: z.array(z.number()),
  paused: maybe(pauseSchema),
});

/** Undefined for a row that this version cannot read. */
function digestOf({ channel, chat, revision, body }: Selectable<DigestsTable>): Digest | undefined {
  const read = readJson(bodySchema, body);
  return read && { channel, chat, revision, ...read };
}

function bodyOf({ channel: _channel, chat: _chat, ...body }: Omit<Digest, "revision">): string {
  const named: Omit<z.input<typeof bodySchema>, "last"> = {
    ...{ author: body.author, locale: body.locale, at: body.at, days: [...body.days], zone: body.zone },
    ...{ filter: body.filter, lastSlot: body.lastSlot, skipped: [...body.skipped], paused: body.paused },
  };
  return JSON.stringify({ ...named, last: body.last });
}

export function createDigests({ alerts, rows }: { readonly alerts: AlertDatabase; readonly rows: Rows }): Digests {
  return {
    async all() {
      const found = await alerts.read((db) =>
        db.selectFrom("digests").selectAll().orderBy("channel").orderBy("chat").execute(),
      );
      return rows.all("digests", found, digestOf);
    },
    async of(place) {
      const { channel, chat } = placeKey(place);
      const found = await alerts.read((db) =>
        db.selectFrom("digests").selectAll().where("channel", "=", channel).where("chat", "=", chat).executeTakeFirst(),
      );
      return rows.one("digests", found, digestOf);
    },
    async save(digest) {
      const body = bodyOf(digest);
      await alerts.write((tx) =>
        tx
          .insertInto("digests")
          .values({ ...placeKey(digest), revision: 1, body })
          .onConflict((conflict) =>
            conflict
              .columns(["channel", "chat"])
              .doUpdateSet(({ eb }) => ({ revision: eb("digests.revision", "+", 1), body })),
          )
          .execute(),
      );
    },
    remove: (place) =>
      alerts.write(async (tx) => {
        const { channel, chat } = placeKey(place);
        const { numDeletedRows } = await tx
          .deleteFrom("digests")
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    tell: (term, digest, notice) =>
      alerts.writeAs(term, async (tx) => {
        const { channel, chat } = placeKey(digest);
        const { numUpdatedRows } = await tx
          .updateTable("digests")
          .set({ body: bodyOf(digest) })
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .where("revision", "=", digest.revision)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) {
          return "stale";
        }
        await insertNotices(tx, notice === undefined ? [] : [notice]);
        return "done";
      }),
  };
}
