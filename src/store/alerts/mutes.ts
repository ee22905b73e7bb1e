import { sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Mute, Mutes, Place } from "../../alerts/index.ts";
import { everything } from "../../commands/index.ts";
import { readJson } from "../json.ts";
import type { Tables } from "../schema.ts";
import { storedKey } from "../stored.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { whole } from "./numbers.ts";
import { placeKey } from "./place.ts";
import type { Rows } from "./rows.ts";
import type { MutesTable } from "./tables.ts";
import { markStale } from "./write-notices.ts";

const bodySchema = z.object({
  ...{ target: z.string(), label: z.string(), until: z.number(), untilWall: z.number() },
  ...{ by: z.string(), at: z.number() },
});

/** Undefined for a row that this version cannot read. */
export function muteOf({ channel, chat, body }: MutesTable): Mute | undefined {
  const read = readJson(bodySchema, body);
  return read && { channel, chat, ...read };
}

export function createMutes({ alerts, rows }: { readonly alerts: AlertDatabase; readonly rows: Rows }): Mutes {
  return {
    async of(place) {
      const { channel, chat } = placeKey(place);
      const found = await alerts.read((db) =>
        db
          .selectFrom("mutes")
          .selectAll()
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .orderBy("until_wall")
          .orderBy("target")
          .execute(),
      );
      return rows.all("mutes", found, muteOf);
    },
    async put({ channel, chat, ...mute }) {
      const key = { ...placeKey({ channel, chat }), target: storedKey(mute.target) };
      const value = { until_wall: whole(mute.untilWall), body: JSON.stringify(mute) };
      await alerts.write(async (tx) => {
        await tx
          .insertInto("mutes")
          .values({ ...key, ...value })
          .onConflict((conflict) => conflict.columns(["channel", "chat", "target"]).doUpdateSet(value))
          .execute();
        await staleFor(tx, key, key.target);
      });
    },
    drop: (place, target) =>
      alerts.write(async (tx) => {
        const { channel, chat } = placeKey(place);
        const ofPlace = tx.deleteFrom("mutes").where("channel", "=", channel).where("chat", "=", chat);
        const ended = target === everything ? ofPlace : ofPlace.where("target", "=", storedKey(target));
        const dropped = await ended.returning("target").execute();
        for (const one of dropped) {
          await staleFor(tx, { channel, chat }, one.target);
        }
        return dropped.length;
      }),
  };
}

/** The cards of a chat that show open alerts of a runtime, or any, show how things were before. */
async function staleFor(tx: Transaction<Tables>, { channel, chat }: Place, target: string): Promise<void> {
  const shown = tx
    .selectFrom("episodes")
    .innerJoin("watches", "watches.id", "episodes.watch")
    .select("episodes.notice")
    .distinct()
    .where("watches.channel", "=", channel)
    .where("watches.chat", "=", chat)
    .where("episodes.state", "!=", sql.lit("ended"))
    .where("episodes.notice", "is not", null);
  const found = await (target === everything ? shown : shown.where("episodes.runtime", "=", target)).execute();
  await markStale(
    tx,
    found.map(({ notice }) => notice).filter((notice) => notice !== null),
  );
}
