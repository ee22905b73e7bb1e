import { z } from "zod";
import type { AuditCounts, AuditDetail, AuditHow, AuditOutcome } from "../cards/index.ts";

/** Something that was done in a chat, or was tried. */
export interface AuditEntry {
  readonly channel: string;
  readonly chat: string;
  /** Who did it, by the platform's id; empty where that is not told, and for the configuration. */
  readonly user: string;
  readonly how: AuditHow;
  /** What tells it from all else that was done there in the same way: the same delivered again has the same. */
  readonly id: string;
  /** When it reached the bot, epoch milliseconds. */
  readonly at: number;
  /** The command in canonical text; of what is none, the first characters as they were typed. Empty: it was no command. */
  readonly text: string;
  readonly outcome: AuditOutcome;
  readonly detail: AuditDetail | undefined;
}

/** Where a command comes from, as its entry says. */
export type Origin = Pick<AuditEntry, "how" | "id" | "at">;

/** An entry as it is kept. */
export interface Audited extends Omit<AuditEntry, "channel" | "chat" | "id"> {
  /** Where it stands among the entries of its chat: later ones have greater texts. */
  readonly place: string;
}

/** What to read of one chat. */
export interface AuditQuery {
  readonly channel: string;
  readonly chat: string;
  /** Ids; undefined: everybody's. */
  readonly users: readonly string[] | undefined;
  /** Nothing from before, epoch milliseconds. */
  readonly since: number;
  /** The place where the page begins; undefined: at the newest, and so many entries are passed over. */
  readonly until: string | undefined;
  readonly skip: number;
  readonly size: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly Audited[];
  /** The place of the first entry after them. */
  readonly next: string | undefined;
  /** How many come after them; no more than are counted at all. */
  readonly older: number;
  /** The places of at most `size` entries before them, nearest first. */
  readonly newer: readonly string[];
  /** Of the newest 10,000 entries at most. */
  readonly counts: AuditCounts;
  /** Who did the most of the newest 10,000 entries of this chat, at most twenty; whoever is asked for. */
  readonly people: readonly { readonly id: string; readonly count: number }[];
}

/** Who did what in which chat. Entries outlive a restart, and are kept as long as the configuration says. */
export interface Audit {
  /** For how long entries are kept, milliseconds; 0: nothing is written. */
  kept(): number;
  /** Written soon; never rejects. */
  note(entry: AuditEntry): void;
  /** Resolves when it is on disk. Rejects when the store fails; it is tried again for some minutes nevertheless. */
  keep(entry: AuditEntry): Promise<void>;
  /** What is kept of a chat. Rejects when the store fails. */
  read(query: AuditQuery): Promise<AuditPage>;
}

/** What was changed, as it stands in the store. */
export const auditDetailSchema: z.ZodType<AuditDetail> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("joined") }),
  z.object({ kind: z.literal("left") }),
  z.object({ kind: z.literal("file"), name: z.string(), rows: z.number() }),
  z.object({
    kind: z.literal("quieted"),
    what: z.enum(["acked", "muted", "unmuted"]),
    count: z.number(),
    target: z.string().optional(),
    until: z.number().optional(),
  }),
  z.object({ kind: z.enum(["watch", "digest"]), what: z.enum(["new", "edited", "off", "none"]) }),
  z.object({ kind: z.literal("view"), what: z.enum(["saved", "replaced", "dropped"]), name: z.string() }),
  z.object({ kind: z.literal("language"), locale: z.enum(["en", "zh"]).optional() }),
]);

/** How an entry came about, as it stands in the store. */
export const auditWordsSchema = z.object({
  how: z.enum(["typed", "pressed", "configuration", "platform"]),
  outcome: z.enum(["ok", "refused", "failed", "bad", "late"]),
});
