import type { Access, Audit, Channel, Chats, Log, Tallies } from "../bot/index.ts";
import type { Locale } from "../cards/index.ts";
import type { Clock, Fleet, Reader } from "../fleet/index.ts";
import type { Meter, Tracer } from "../telemetry/index.ts";
import type { AlertMemory } from "./memory.ts";
import type { Person } from "./people.ts";
import type { ConfiguredWatch } from "./rounds/configured.ts";
import type { Rules } from "./rules.ts";

/** What alerts are built on for as long as the process lives. */
export interface AlertsGround {
  readonly memory: AlertMemory;
  readonly chats: Chats;
  readonly tallies: Tallies;
  readonly audit: Audit;
  readonly fleet: Fleet;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer: Tracer;
}

/** How alerts are set up, which may change while they are under way. */
export interface AlertsSetup {
  readonly reader: Reader;
  /** The providers that are scanned where a watch names none. */
  readonly providers: readonly string[];
  readonly access: Access;
  readonly rules: Rules;
  readonly configured: readonly ConfiguredWatch[];
  /** A month; 0: no limit. */
  readonly budget: { readonly calls: number; readonly pushes: number };
  /** How late a digest is still told, milliseconds. */
  readonly lateDigests: number;
  readonly people: readonly Person[];
  /** In which times stand on cards. */
  readonly zone: string;
  /** Of chats that are not known to have one. */
  readonly locale: Locale;
}

export type AlertsOptions = AlertsGround & AlertsSetup;
