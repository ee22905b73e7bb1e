import { type Kysely, sql } from "kysely";
import type { Outbox, Place } from "../../alerts/index.ts";
import type { Clock } from "../../fleet/index.ts";
import type { Tables } from "../schema.ts";
import { storedText } from "../stored.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { claimOwed } from "./claim.ts";
import { noticeOf } from "./notice-row.ts";
import { whole } from "./numbers.ts";
import { placeKey } from "./place.ts";
import type { Rows } from "./rows.ts";
import { settleNotice, untell } from "./settle.ts";
import { insertNotices } from "./write-notices.ts";

export interface OutboxOptions {
  readonly alerts: AlertDatabase;
  readonly clock: Clock;
  readonly rows: Rows;
}

export function createOutbox({ alerts, clock, rows }: OutboxOptions): Outbox {
  async function owed(place: Place | undefined) {
    const found = await alerts.read((db) => {
      const all = db
        .selectFrom("notices")
        .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("owed_since").as("since")])
        .where("state", "=", sql.lit("owed"));
      const some = place && placeKey(place);
      return (
        some === undefined ? all : all.where("channel", "=", some.channel).where("chat", "=", some.chat)
      ).executeTakeFirstOrThrow();
    });
    return { count: Number(found.count), since: found.since ?? undefined };
  }

  return {
    async get(id) {
      const found = await alerts.read((db) =>
        db.selectFrom("notices").selectAll().where("id", "=", storedText(id)).executeTakeFirst(),
      );
      return rows.one("notices", found, noticeOf);
    },
    async add(term, notice) {
      const work = async (tx: Parameters<typeof insertNotices>[0]) => {
        await insertNotices(tx, [notice]);
        return "done" as const;
      };
      return term === undefined ? alerts.write(work) : alerts.writeAs(term, work);
    },
    claim: (term, now, limit) => alerts.writeAs(term, (tx) => claimOwed(tx, { term, now, limit }, rows)),
    async stale(now, limit) {
      const found = await alerts.read((db) =>
        db
          .selectFrom("notices")
          .selectAll()
          .where("state", "=", sql.lit("sent"))
          .whereRef("changed", ">", "shown")
          .where("next_at", "<=", whole(now))
          .where(({ not, eb }) => not(eb("id", "in", changing(db, now))))
          .orderBy("position")
          .limit(limit)
          .execute(),
      );
      return rows.all("notices", found, noticeOf);
    },
    settle: (term, id, outcome, now) => alerts.writeAs(term, (tx) => settleNotice(tx, { id, outcome, now })),
    giveUp: (term, place, reason) =>
      alerts.writeAs<"done">(term, async (tx) => {
        const { channel, chat } = placeKey(place);
        const owed = await tx
          .selectFrom("notices")
          .select("id")
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .where("state", "=", sql.lit("owed"))
          .execute();
        await untell(
          tx,
          owed.map(({ id }) => id),
        );
        await tx
          .updateTable("notices")
          .set({ state: "failed", reason: storedText(reason), closed_at: whole(clock.now()) })
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .where("state", "=", sql.lit("owed"))
          .execute();
        return "done";
      }),
    owed,
    async last(of, limit, states) {
      const found = await alerts.read((db) => {
        const latest = db.selectFrom("notices").selectAll().orderBy("position", "desc").limit(limit);
        const some = states === undefined ? latest : latest.where("state", "in", states);
        if ("watch" in of) {
          return some.where("watch", "=", of.watch).execute();
        }
        const { channel, chat } = placeKey(of);
        return some.where("channel", "=", channel).where("chat", "=", chat).execute();
      });
      return rows.all("notices", found, noticeOf);
    },
    backlog: () => owed(undefined),
  };
}

/** The notices whose cards are changed by what is being sent, or is about to be: these need not be changed beside that. */
function changing(db: Kysely<Tables>, now: number) {
  return db
    .selectFrom("notices as owed")
    .select("owed.target")
    .where("owed.state", "=", sql.lit("owed"))
    .where("owed.target", "is not", null)
    .where(({ eb, or }) => or([eb("owed.next_at", "<=", whole(now)), eb("owed.claimed_in", "is not", null)]));
}
