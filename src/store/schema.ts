import type { Insertable } from "kysely";
import type { AlertTables } from "./alerts/tables.ts";

/** The tables, as kysely sees them. Times are epoch milliseconds; a text that came from outside went through stored.ts. */
export interface Tables extends AlertTables {
  readonly arrivals: ArrivalsTable;
  readonly audits: AuditsTable;
  readonly cards: CardsTable;
  readonly chats: ChatsTable;
  readonly notes: NotesTable;
  readonly processes: ProcessesTable;
  readonly schema_version: SchemaVersionTable;
  readonly tallies: TalliesTable;
}

/** What was delivered. */
export interface ArrivalsTable {
  readonly key: string;
  readonly channel: string;
  /** When it was written; no two commits of one holder have the same. */
  readonly taken_at: number;
  /** The process that answers it; empty when nobody does. */
  readonly holder: string;
  /** The arrival as JSON; null once it is settled. */
  readonly content: string | null;
  readonly settled_at: number | null;
  /** Not to be taken up before. */
  readonly retry_at: number;
}

/** Which message shows which command. */
export interface CardsTable {
  readonly channel: string;
  readonly chat: string;
  readonly message: string;
  /** Null when what the message shows is no command's answer. */
  readonly command: string | null;
  readonly shown_at: number;
}

/** The chats that the bot is or was in. */
export interface ChatsTable {
  readonly channel: string;
  readonly chat: string;
  readonly joined_at: number | null;
  /** Null while the bot is in the chat. */
  readonly gone_at: number | null;
  readonly gone_reason: string | null;
}

/** What channels keep under a name. */
export interface NotesTable {
  readonly channel: string;
  readonly kind: string;
  readonly key: string;
  readonly text: string;
  readonly written_at: number;
}

/** What was done in chats, and by whom. */
export interface AuditsTable {
  readonly channel: string;
  readonly chat: string;
  /** What tells it from all else in its chat. */
  readonly key: string;
  /** Where it stands in its chat: digits, later ones greater. */
  readonly place: string;
  readonly at: number;
  /** Empty where nobody is known. */
  readonly actor: string;
  readonly how: string;
  readonly text: string;
  readonly outcome: string;
  /** What was changed, as JSON. */
  readonly detail: string | null;
}

/** What all processes together counted over a period. */
export interface TalliesTable {
  readonly name: string;
  readonly period: string;
  readonly amount: number;
  /** When something was added last. */
  readonly written_at: number;
}

/** The processes that use the store. */
export interface ProcessesTable {
  readonly id: string;
  readonly alive_until: number;
}

/** The migrations that were made. */
export interface SchemaVersionTable {
  readonly version: number;
  readonly made_at: number;
}

export type CardRow = Insertable<CardsTable>;
export type AuditRow = Insertable<AuditsTable>;
export type NoteRow = Insertable<NotesTable>;
