import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import { type Audit, type AuditEntry, type Audited, auditDetailSchema, auditWordsSchema } from "../bot/index.ts";
import type { Meter } from "../telemetry/index.ts";
import type { Commits } from "./commits.ts";
import type { Database } from "./database.ts";
import { readJson } from "./json.ts";
import { readAudit } from "./read-audit.ts";
import type { AuditRow, AuditsTable } from "./schema.ts";
import { storedKey, storedText } from "./stored.ts";

export interface AuditsOptions {
  readonly database: Database;
  readonly commits: Commits;
  readonly meter: Meter;
  /** For how long entries are kept, milliseconds; 0: nothing is written. */
  readonly kept: () => number;
  /** A text without the secrets of this bot, whoever typed them. */
  readonly scrub: (text: string) => string;
}

/** Entries go with the commits that are made anyway; one that must not be lost hastens the next. */
export function createAudits({ database, commits, meter, kept, scrub }: AuditsOptions): Audit {
  return {
    kept,
    note(entry) {
      if (!commits.audits.put(rowOf(entry, scrub))) {
        meter.count("audit_unwritten", {});
      }
    },
    async keep(entry) {
      const row = rowOf(entry, scrub);
      if (!commits.audits.put(row)) {
        throw new Error("The store has more to write than it can.");
      }
      await commits.hasten(() => commits.audits.get(row) !== row);
    },
    async read(query) {
      await commits.flush();
      const { channel, chat, users, since } = query;
      const page = await database.read((db) =>
        readAudit(db, {
          ...query,
          ...{ channel: storedKey(channel), chat: storedKey(chat), users: users?.map(storedKey) },
          from: placeAt(since, 0),
        }),
      );
      return { ...page, entries: page.entries.map(entryOf) };
    },
  };
}

function rowOf(entry: AuditEntry, scrub: (text: string) => string): AuditRow {
  const { channel, chat, user, how, id, at, text, outcome, detail } = entry;
  const key = createHash("sha256")
    .update(JSON.stringify([how, id]))
    .digest();
  return {
    ...{ channel: storedKey(channel), chat: storedKey(chat), key: key.toString("base64url") },
    place: placeAt(at, key.readUInt32BE()),
    ...{ at: Math.round(at), actor: storedKey(user), how, text: storedText(scrub(text)), outcome },
    detail: detail === undefined ? null : storedText(scrub(JSON.stringify(detail))),
  };
}

/** Digits alone, and always as many: every database and every language sorts them alike. */
function placeAt(at: number, tail: number): string {
  return `${String(Math.max(0, Math.floor(at))).padStart(13, "0")}${String(tail % 100_000_000).padStart(8, "0")}`;
}

function entryOf({ place, at, actor: user, text, detail, ...words }: Selectable<AuditsTable>): Audited {
  return {
    ...{ place, at: Number(at), user, text },
    ...auditWordsSchema.parse(words),
    // A later release may know details that this one does not.
    detail: detail === null ? undefined : readJson(auditDetailSchema, detail),
  };
}
