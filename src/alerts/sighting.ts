import type { RiskKind, Runtime } from "../fleet/index.ts";
import type { Setup } from "./sketch.ts";

/** What a scan says of a runtime that a watch is about, or that an open episode of it is about. */
export type Seen =
  /** A row that matches the watch. `risks` undefined: the API said nothing of risk. */
  | { readonly kind: "row"; readonly runtime: Runtime }
  /** A row that does not match the watch any more. */
  | { readonly kind: "elsewhere" }
  /** No row in a complete scan, and none when it was asked for by its id. */
  | { readonly kind: "no-row" }
  /** It could not be found out. */
  | { readonly kind: "unknown" };

/** What one scan has brought for one watch. */
export interface Sighting {
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly reason: string | undefined;
  /** By the runtime's id: all at risk that match, and each that an open episode is about. What is not there is unknown. */
  readonly runtimes: ReadonlyMap<string, Seen>;
  /** How runtimes at risk were set up before, where that is known. */
  readonly before: ReadonlyMap<string, Setup>;
  /** Risk kinds that the watch is about. */
  readonly kinds: readonly RiskKind[];
}
