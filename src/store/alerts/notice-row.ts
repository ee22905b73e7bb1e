import type { Insertable, Selectable } from "kysely";
import { z } from "zod";
import type { NewNotice, Notice } from "../../alerts/index.ts";
import { readJson } from "../json.ts";
import { storedText } from "../stored.ts";
import { aboutSchema } from "./about-json.ts";
import { whole } from "./numbers.ts";
import { placeKey } from "./place.ts";
import type { NoticesTable } from "./tables.ts";

export type NoticeRow = Selectable<NoticesTable>;

const kinds = [
  ...(["summary", "firing", "again", "reminder", "unmuted", "passed", "resolved"] as const),
  ...(["blind", "sight", "paused", "budget", "test", "digest"] as const),
];

const wordsSchema = z.object({ kind: z.enum(kinds), state: z.enum(["owed", "sent", "dropped", "failed"]) });

/** Undefined for a row that this version cannot read. */
export function noticeOf(row: NoticeRow): Notice | undefined {
  const words = wordsSchema.safeParse(row).data;
  const about = readJson(aboutSchema, row.body);
  if (words === undefined || about === undefined) {
    return undefined;
  }
  return {
    ...{ id: row.id, channel: row.channel, chat: row.chat, order: row.position, watch: row.watch ?? undefined },
    ...{ kind: words.kind, about, madeAt: row.made_at, state: words.state },
    ...{ attempts: row.attempts, triedAt: row.tried_at ?? undefined, nextAt: row.next_at, owedSince: row.owed_since },
    ...{ sentAt: row.sent_at ?? undefined, message: row.message ?? undefined, reason: row.reason ?? undefined },
    ...{ target: row.target ?? undefined, stale: row.changed > row.shown, staleness: row.changed },
  };
}

/** The row of a notice that is owed from now on. */
export function noticeRow(notice: NewNotice, position: number): Insertable<NoticesTable> {
  return {
    id: storedText(notice.id),
    ...placeKey(notice),
    position,
    watch: notice.watch === undefined ? null : storedText(notice.watch),
    kind: notice.kind,
    body: JSON.stringify(notice.about),
    made_at: whole(notice.madeAt),
    state: "owed",
    attempts: 0,
    tried_at: null,
    // At once, by whatever clock: that of who has made it may be ahead.
    next_at: 0,
    claimed_in: null,
    aside: null,
    owed_since: whole(notice.owedSince),
    sent_at: null,
    message: null,
    reason: null,
    target: notice.target === undefined ? null : storedText(notice.target),
    changed: 0,
    shown: 0,
    closed_at: null,
  };
}
