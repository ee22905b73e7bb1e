import type { Locale } from "../cards/index.ts";
import type { Filters } from "../fleet/index.ts";

/** A chat, on a platform. */
export interface Place {
  readonly channel: string;
  readonly chat: string;
}

/** Why a watch stands still. */
export type Pause =
  /** Who set it up may not do that any more. */
  | "right"
  /** Its filter cannot be read any more. */
  | "filter"
  /** The bot is not in the chat any more. */
  | "chat";

/** A chat's standing filter. A chat has at most one by command, and any number by configuration. */
export interface Watch extends Place {
  readonly id: string;
  readonly origin: "command" | "configuration";
  /** Who set it up; empty for the configuration. */
  readonly author: string;
  /** The language of who set it up, where the chat has none of its own. */
  readonly locale: Locale;
  /** Its filters in canonical text, views replaced by what they held. */
  readonly filter: string;
  /** What narrowed it when it was scanned last, or set up: the scope of its author, in canonical text. */
  readonly scope: string;
  /** Grows with each edit: what was scanned for an earlier one does not count for a later one. */
  readonly revision: number;
  /** Whether a complete scan has told the present state. Until then nothing is told one by one. */
  readonly primed: boolean;
  /** When it was set up, or got another filter or scope, wall time. */
  readonly madeAt: number;
  readonly paused: Pause | undefined;
  /** Since when no scan was complete, wall time, where that has been told. */
  readonly blindSince: number | undefined;
}

/** A watch whose filter was read. */
export interface ReadWatch extends Watch {
  readonly filters: Filters;
}
