import type { Outcome } from "./failure.ts";
import type { CallOptions, Fleet, Fold, Scan } from "./fleet.ts";
import type { Plan } from "./plan.ts";
import type { Runtime } from "./runtime.ts";

/** A whole list as it was read. */
export interface Snapshot {
  readonly kind: "snapshot";
  readonly runtimes: readonly Runtime[];
  /** False: the list moved while it was read, so that some runtimes may be missing. */
  readonly complete: boolean;
  /** Rows that could not be read. */
  readonly unreadable: number;
}

/** More runtimes would have to be read here than is sensible for one card. */
export interface TooLarge {
  readonly kind: "too-large";
  /** Runtimes that would have to be read: at least so many, as nothing is asked once they are too many. */
  readonly total: number;
  readonly limit: number;
}

/**
 * Reads every provider's part of a list and keeps what is left to match here.
 *
 * @param limit of the rows that the providers' lists have together
 */
export async function readSnapshot(
  fleet: Fleet,
  split: Plan,
  limit: number,
  call: CallOptions,
): Promise<Outcome<Snapshot | TooLarge>> {
  const lists: (readonly Runtime[])[] = [];
  let [total, unreadable, complete] = [0, 0, true];
  for (const provider of split.providers) {
    const request = { provider, filters: split.filters, limit: limit - total };
    const scan = await fleet.scan(request, () => keepMatches(split), call);
    if (!scan.ok) {
      return scan;
    }
    total += scan.value.total;
    if (scan.value.tooLarge) {
      return { ok: true, value: { kind: "too-large", total, limit } };
    }
    lists.push(scan.value.value);
    complete &&= sawAll(scan.value);
    unreadable += scan.value.unreadable;
  }
  return { ok: true, value: { kind: "snapshot", runtimes: mergeRuntimes(lists), complete, unreadable } };
}

/** Keeps the runtimes that match what the API could not ask. */
export function keepMatches(split: Plan): Fold<readonly Runtime[]> {
  const kept: Runtime[] = [];
  return {
    row(runtime) {
      if (split.left?.(runtime) ?? true) {
        kept.push(runtime);
      }
    },
    result: () => kept,
  };
}

/** Runtimes of several providers as one list: one with agents of two providers comes with both, and is one runtime. */
export function mergeRuntimes(lists: readonly (readonly Runtime[])[]): readonly Runtime[] {
  const seen = new Set<string>();
  return lists.flat().filter(({ id }) => {
    const double = id !== "" && seen.has(id);
    seen.add(id);
    return !double;
  });
}

/** Rows that could not be read are told apart from rows that were missed: they do not mean that the list moved. */
export function sawAll({ complete, rows, unreadable, total }: Scan<unknown>): boolean {
  return complete || (unreadable > 0 && rows + unreadable === total);
}
