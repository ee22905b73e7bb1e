import type { RiskKind } from "../fleet/index.ts";
import type { Setup, Sketch } from "./sketch.ts";

/** What one scan says of one runtime and one kind of risk, for one watch. */
export type Observation =
  /** A row that matches, and shows it. */
  | "risk"
  /** A row that shows what risks there are, without this one; or that does not match the watch any more. */
  | "clear"
  /** No row in a complete scan, and none when it was asked for by its id. */
  | "not-seen"
  /** Everything else. */
  | "unknown";

/**
 * - `pending`: seen, but not for long enough.
 * - `told`: its notice was sent or is owed; while it was muted from the beginning, none is.
 * - `gone`: told, and not listed in the last scans; it is being counted.
 * - `ended`: for good. If it comes back, that is another episode.
 */
export type EpisodeState = "pending" | "told" | "gone" | "ended";

/** How an episode ended: seen to be over, no longer listed, or with its watch. */
export type End = "resolved" | "gone" | "silent";

/** One runtime matching one watch with one kind of risk, from first seen to resolved. Times are epoch milliseconds. */
export interface Episode {
  readonly id: string;
  readonly watch: string;
  /** The runtime's id. */
  readonly runtime: string;
  readonly kind: RiskKind;
  readonly state: EpisodeState;
  /** When it was first seen: steady, and wall. */
  readonly beganAt: number;
  readonly since: number;
  /** For how long it was seen to last while pending, milliseconds. */
  readonly held: number;
  /** Whether the last scan that saw anything of it saw it at risk: only between two such scans `held` grows. */
  readonly holding: boolean;
  /** Complete scans in a row in which it was not listed. */
  readonly missed: number;
  /** When the next reminder is due, steady; undefined for none. */
  readonly remindAt: number | undefined;
  /** It was muted when it would have been told or reminded of: that is owed a word when the mute ends. */
  readonly quiet: boolean;
  /** 1, or 2 and more where the same came again within a short time. */
  readonly times: number;
  /** The notice whose card shows it: it was told with it, or is owed with it. */
  readonly notice: string | undefined;
  /** The notice that told its end. */
  readonly endNotice: string | undefined;
  readonly end: End | undefined;
  /** When it ended: steady, and wall. */
  readonly endedAt: number | undefined;
  readonly until: number | undefined;
  /** Who acknowledged it, and when (wall). Written apart from everything else. */
  readonly acked: { readonly by: string; readonly at: number } | undefined;
  /** The runtime as it was seen at risk last. */
  readonly seen: Sketch;
  /** How it was set up before, where that is known. */
  readonly before: Setup | undefined;
}
