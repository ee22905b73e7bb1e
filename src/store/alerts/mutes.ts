import { sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Mute, Mutes, Place } from "../../alerts/index.ts";
import { everything } from "../../commands/index.ts";
import { readJson } from "../json.ts";
import type { Tables } from "../schema.ts";
import { storedKey } from "../stored.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { findInBatches, inBatches } from "./batches.ts";
import { listingsOf } from "./listings.ts";
import { whole } from "./numbers.ts";
import { placeKey } from "./place.ts";
import type { Rows } from "./rows.ts";
import type { MutesTable } from "./tables.ts";
import { markStale } from "./write-notices.ts";

const bodySchema = z.object({
  ...{ target: z.string(), label: z.string(), until: z.number(), untilWall: z.number() },
  ...{ by: z.string(), scope: z.string(), at: z.number() },
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
    async put(...mutes) {
      const byTarget = new Map(mutes.map((mute) => [storedKey(mute.target), mute]));
      const entries = [...byTarget].map(([target, { channel, chat, ...mute }]) => ({
        ...{ ...placeKey({ channel, chat }), target, until_wall: whole(mute.untilWall), body: JSON.stringify(mute) },
      }));
      const [first] = entries;
      if (first === undefined) {
        return;
      }
      await alerts.write(async (tx) => {
        await inBatches(entries, (some) =>
          tx
            .insertInto("mutes")
            .values(some)
            .onConflict((conflict) =>
              conflict
                .columns(["channel", "chat", "target"])
                .doUpdateSet(({ ref }) => ({ until_wall: ref("excluded.until_wall"), body: ref("excluded.body") })),
            )
            .execute(),
        );
        await staleFor(
          tx,
          first,
          entries.map(({ target }) => target),
        );
      });
    },
    drop: (place, ...targets) =>
      alerts.write(async (tx) => {
        const { channel, chat } = placeKey(place);
        const ofPlace = tx
          .deleteFrom("mutes")
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .returning("target");
        const dropped = targets.includes(everything)
          ? await ofPlace.execute()
          : await findInBatches([...new Set(targets)].map(storedKey), (some) =>
              ofPlace.where("target", "in", some).execute(),
            );
        await staleFor(
          tx,
          { channel, chat },
          dropped.map(({ target }) => target),
        );
        return dropped.length;
      }),
  };
}

/** The cards of a chat that show open alerts of some runtimes, or any, show how things were before. */
async function staleFor(tx: Transaction<Tables>, { channel, chat }: Place, targets: readonly string[]): Promise<void> {
  const open = tx
    .selectFrom("episodes")
    .innerJoin("watches", "watches.id", "episodes.watch")
    .select(["episodes.id", "episodes.watch", "episodes.notice"])
    .where("watches.channel", "=", channel)
    .where("watches.chat", "=", chat)
    .where("episodes.state", "!=", sql.lit("ended"));
  const shown = targets.includes(everything)
    ? await open.execute()
    : await findInBatches([...new Set(targets)], (some) => open.where("episodes.runtime", "in", some).execute());
  const told = shown.map(({ notice }) => notice).filter((notice) => notice !== null);
  await markStale(tx, [...told, ...(await listingsOf(tx, shown))]);
}
