import type { Access, Audit, Channel, Chats, Log, Tallies } from "../bot/index.ts";
import type { Locale } from "../cards/index.ts";
import type { Clock, Fleet, Reader } from "../fleet/index.ts";
import type { Meter, Tracer } from "../telemetry/index.ts";
import type { AlertMemory } from "./memory.ts";
import type { Person } from "./people.ts";
import type { ConfiguredWatch } from "./rounds/configured.ts";
import type { Rules } from "./rules.ts";
import type { Time } from "./time.ts";

/** What alerts are made of. */
export interface AlertsOptions {
  readonly memory: AlertMemory;
  readonly chats: Chats;
  readonly tallies: Tallies;
  readonly audit: Audit;
  readonly fleet: Fleet;
  readonly reader: Reader;
  /** The providers that are scanned where a watch names none. */
  readonly providers: readonly string[];
  readonly channels: readonly Channel[];
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
  /** The time of this process; engines that follow each other in it share one. */
  readonly time: Time;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer: Tracer;
}
