import type { Outcome } from "./failure.ts";
import type { CallOptions, Fleet, Fold } from "./fleet.ts";
import type { Filters } from "./keys.ts";
import type { Plan } from "./plan.ts";
import type { Runtime } from "./runtime.ts";
import { sawAll, type TooLarge } from "./snapshot.ts";

/** A whole list that is to be handed over as it is read. */
export interface StreamQuery {
  readonly filters: Filters;
  /** Rows that the providers' lists have together, beyond which nothing is read. */
  readonly limit: number;
}

/** Takes the runtimes of a list as they arrive, one provider's part of it after the other. */
export interface Sink {
  /**
   * A part begins. `again`: it is the same part once more, as the list moved while it was read, and what has come of it so
   * far is void.
   */
  begin(again: boolean): void;
  row(runtime: Runtime): void;
  /**
   * A page has come. The next one is asked for when this resolves, so that whoever writes rows down is not overrun; a
   * rejection ends the reading with it.
   *
   * @param read rows read so far; fewer than before where a part begins again
   * @param total rows that all parts have, as far as the API has told
   */
  page(read: number, total: number): Promise<void>;
}

/** What was handed over. */
export interface Streamed {
  readonly kind: "streamed";
  readonly rows: number;
  /** False: the list moved while it was read, so that some runtimes may be missing. */
  readonly complete: boolean;
  /** Rows that could not be read. */
  readonly unreadable: number;
}

/**
 * Hands over every runtime of a list as its pages arrive, each once, in the order of the providers' lists. Memory holds one
 * page and the ids. Of several providers the totals are asked for first, one call each, so that a list that is too large is
 * known before it is read.
 */
export async function streamList(
  fleet: Fleet,
  split: Plan,
  limit: number,
  sink: Sink,
  call: CallOptions,
): Promise<Outcome<Streamed | TooLarge>> {
  const heads = await totalsOf(fleet, split, call);
  if (!heads.ok) {
    return heads;
  }
  const totals = [...heads.value];
  if (sum(totals) > limit) {
    return { ok: true, value: { kind: "too-large", total: sum(totals), limit } };
  }
  const seen = new Set<string>();
  let [rows, unreadable, complete, before] = [0, 0, true, 0];
  for (const [index, provider] of split.providers.entries()) {
    const after = sum(totals.slice(index + 1));
    let begun = false;
    const fold = () => {
      sink.begin(begun);
      begun = true;
      return handOver({ split, sink, seen, before, after });
    };
    const scan = await fleet.scan({ provider, filters: split.filters, limit: limit - before }, fold, call);
    if (!scan.ok) {
      return scan;
    }
    before += scan.value.total;
    if (scan.value.tooLarge) {
      return { ok: true, value: { kind: "too-large", total: before + after, limit } };
    }
    rows += scan.value.value.rows;
    unreadable += scan.value.unreadable;
    complete &&= sawAll(scan.value);
    for (const id of scan.value.value.ids) {
      seen.add(id);
    }
  }
  return { ok: true, value: { kind: "streamed", rows, complete, unreadable } };
}

/** What each provider's list has; of a single one it is told by its first page. */
async function totalsOf(
  fleet: Fleet,
  { providers, filters }: Plan,
  call: CallOptions,
): Promise<Outcome<readonly number[]>> {
  const totals: number[] = [];
  for (const provider of providers.length > 1 ? providers : []) {
    const page = await fleet.page({ provider, filters, page: 1, size: 1 }, call);
    if (!page.ok) {
      return page;
    }
    totals.push(page.value.total);
  }
  return { ok: true, value: totals };
}

interface Part {
  readonly split: Plan;
  readonly sink: Sink;
  /** Ids that earlier parts have handed over. */
  readonly seen: ReadonlySet<string>;
  /** Rows that the earlier parts had, and that the later ones have. */
  readonly before: number;
  readonly after: number;
}

interface HandedOver {
  readonly rows: number;
  /** Kept where a later part could bring them once more. */
  readonly ids: readonly string[];
}

/** One way through a provider's list. */
function handOver({ split, sink, seen, before, after }: Part): Fold<HandedOver> {
  const several = split.providers.length > 1;
  const ids: string[] = [];
  let [rows, read] = [0, 0];
  return {
    row(runtime) {
      read += 1;
      const { id } = runtime;
      if (!(split.left?.(runtime) ?? true) || seen.has(id)) {
        return;
      }
      if (several && id !== "") {
        ids.push(id);
      }
      rows += 1;
      sink.row(runtime);
    },
    page: (total) => sink.page(before + read, before + total + after),
    result: () => ({ rows, ids }),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, one) => total + one, 0);
}
