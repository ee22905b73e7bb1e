/**
 * The tables of alerts, as kysely sees them. Times are whole epoch milliseconds, flags 0 and 1, what is called `body` is JSON.
 * `channel`, `chat` and other names of things outside went through `storedKey`.
 */
export interface AlertTables {
  readonly leases: LeasesTable;
  readonly watches: WatchesTable;
  readonly episodes: EpisodesTable;
  readonly notices: NoticesTable;
  readonly mutes: MutesTable;
  readonly scans: ScansTable;
  readonly samples: SamplesTable;
  readonly setups: SetupsTable;
  readonly digests: DigestsTable;
  readonly views: ViewsTable;
  readonly languages: LanguagesTable;
}

/** Who leads: one row, which the migration makes. */
export interface LeasesTable {
  readonly name: string;
  /** The process that leads; empty when none does. */
  readonly holder: string;
  /** Grows with each change of the holder. */
  readonly token: number;
  /** Grows with each sign of life. */
  readonly beat: number;
  /** The greatest steady time that was written; null before the first. */
  readonly steady: number | null;
}

export interface WatchesTable {
  readonly id: string;
  readonly channel: string;
  readonly chat: string;
  readonly origin: string;
  readonly author: string;
  readonly locale: string;
  readonly filter: string;
  readonly scope: string;
  readonly revision: number;
  readonly primed: number;
  readonly made_at: number;
  readonly paused: string | null;
  readonly blind_since: number | null;
}

export interface EpisodesTable {
  readonly id: string;
  readonly watch: string;
  readonly runtime: string;
  /** The name of the runtime as it was seen last. */
  readonly name: string | null;
  /** A code of kinds.ts: the worst is the least. */
  readonly kind: number;
  readonly state: string;
  readonly began_at: number;
  readonly since: number;
  readonly held: number;
  readonly holding: number;
  readonly missed: number;
  readonly remind_at: number | null;
  readonly quiet: number;
  readonly times: number;
  readonly notice: string | null;
  readonly end_notice: string | null;
  /** How it ended, and when: steady, and wall. */
  readonly ending: string | null;
  readonly ended_at: number | null;
  readonly ended_wall: number | null;
  readonly acked_by: string | null;
  readonly acked_at: number | null;
  readonly body: string;
}

export interface NoticesTable {
  readonly id: string;
  readonly channel: string;
  readonly chat: string;
  /** Its order, of all chats. */
  readonly position: number;
  readonly watch: string | null;
  readonly kind: string;
  readonly body: string;
  readonly made_at: number;
  readonly state: string;
  readonly attempts: number;
  readonly tried_at: number | null;
  readonly next_at: number;
  /** The term in which it is being tried; null while it is not. */
  readonly claimed_in: number | null;
  /** Why the chat's other notices do not wait for it: `refused` by the platform, or `held`; null where they do. */
  readonly aside: string | null;
  readonly owed_since: number;
  readonly sent_at: number | null;
  readonly message: string | null;
  readonly reason: string | null;
  readonly target: string | null;
  /** How often what it shows has changed, and which of these changes its card shows: it is stale when that is less. */
  readonly changed: number;
  readonly shown: number;
  /** When it was sent, dropped or given up, wall. */
  readonly closed_at: number | null;
}

export interface MutesTable {
  readonly channel: string;
  readonly chat: string;
  readonly target: string;
  readonly until_wall: number;
  readonly body: string;
}

export interface ScansTable {
  readonly watch: string;
  /** Steady, and wall. */
  readonly at: number;
  readonly wall: number;
  readonly complete: number;
  readonly at_risk: number;
  readonly body: string;
}

export interface SamplesTable {
  readonly list: string;
  readonly at: number;
  readonly body: string;
}

export interface SetupsTable {
  readonly runtime: string;
  readonly body: string;
  readonly seen_at: number;
}

export interface DigestsTable {
  readonly channel: string;
  readonly chat: string;
  readonly revision: number;
  readonly body: string;
}

export interface ViewsTable {
  readonly channel: string;
  readonly chat: string;
  readonly name: string;
  readonly body: string;
}

export interface LanguagesTable {
  readonly channel: string;
  readonly chat: string;
  readonly locale: string;
}
