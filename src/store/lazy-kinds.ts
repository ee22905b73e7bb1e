import { compare } from "./compare.ts";
import type { LazyKind } from "./lazies.ts";
import type { AuditRow, CardRow, NoteRow } from "./schema.ts";

/** The keys of arrivals that were answered. */
export const settledKind: LazyKind<string, string> = {
  keyOf: (key) => key,
  weightOf: () => 1,
  async write(tx, keys, now) {
    if (keys.length > 0) {
      await tx
        .updateTable("arrivals")
        .set({ settled_at: now, content: null })
        .where("key", "in", keys)
        .where("settled_at", "is", null)
        .execute();
    }
  },
};

/** What tells a card from every other. */
export type CardName = Pick<CardRow, "channel" | "chat" | "message">;

export const cardKind: LazyKind<CardRow, CardName> = {
  keyOf: ({ channel, chat, message }) => JSON.stringify([channel, chat, message]),
  weightOf: () => 1,
  async write(tx, rows) {
    if (rows.length > 0) {
      await tx
        .insertInto("cards")
        .values(rows.toSorted((one, other) => compare(cardKind.keyOf(one), cardKind.keyOf(other))))
        .onConflict((conflict) =>
          conflict.columns(["channel", "chat", "message"]).doUpdateSet((excluded) => ({
            command: excluded.ref("excluded.command"),
            shown_at: excluded.ref("excluded.shown_at"),
          })),
        )
        .execute();
    }
  },
};

/** What tells a note from every other. */
export type NoteName = Pick<NoteRow, "channel" | "kind" | "key">;

/** A card and its names are about as many characters. */
const charactersOfCard = 400;

export const noteKind: LazyKind<NoteRow, NoteName> = {
  keyOf: ({ channel, kind, key }) => JSON.stringify([channel, kind, key]),
  weightOf: ({ text }) => 1 + Math.floor(text.length / charactersOfCard),
  async write(tx, rows) {
    if (rows.length > 0) {
      await tx
        .insertInto("notes")
        .values(rows.toSorted((one, other) => compare(noteKind.keyOf(one), noteKind.keyOf(other))))
        .onConflict((conflict) =>
          conflict.columns(["channel", "kind", "key"]).doUpdateSet((excluded) => ({
            text: excluded.ref("excluded.text"),
            written_at: excluded.ref("excluded.written_at"),
          })),
        )
        .execute();
    }
  },
};

/** What tells an entry of an audit from every other. */
export type AuditName = Pick<AuditRow, "channel" | "chat" | "key">;

/** What is run again after a crash has an entry already, which stays; unless it had failed. */
export const auditKind: LazyKind<AuditRow, AuditName> = {
  keyOf: ({ channel, chat, key }) => JSON.stringify([channel, chat, key]),
  weightOf: ({ text }) => 1 + Math.floor(text.length / charactersOfCard),
  async write(tx, rows) {
    if (rows.length > 0) {
      await tx
        .insertInto("audits")
        .values(rows.toSorted((one, other) => compare(auditKind.keyOf(one), auditKind.keyOf(other))))
        .onConflict((conflict) =>
          conflict
            .columns(["channel", "chat", "key"])
            .doUpdateSet((excluded) => ({
              outcome: excluded.ref("excluded.outcome"),
              detail: excluded.ref("excluded.detail"),
            }))
            .where("audits.outcome", "=", "failed"),
        )
        .execute();
    }
  },
};
