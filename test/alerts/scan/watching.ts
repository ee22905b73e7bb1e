import fc from "fast-check";
import { needsOf } from "../../../src/alerts/scan/cover.ts";
import { createScans, type Scanned, type ScansOptions } from "../../../src/alerts/scan/scan.ts";
import { type Due, wantOf } from "../../../src/alerts/scan/want.ts";
import type { Filters, Fleet, RiskKind } from "../../../src/fleet/index.ts";
import type { Row } from "../../fleet/memory-fleet.ts";
import { filtersAndScope, providers } from "../../fleet/rows.ts";
import { wholeList } from "../../fleet/truth.ts";

/** A watch whose turn it is, with what a test gives. */
export function dueOf(
  id: string,
  filters: Filters = {},
  { scope = {}, open = [] }: { readonly scope?: Filters; readonly open?: readonly string[] } = {},
): Due {
  return { watch: { id, filters }, scope, open };
}

/** The lists that watches want. */
export function needsOfAll(due: readonly Due[]) {
  return due.flatMap((one) => needsOf(wantOf(one, providers)));
}

const never = new AbortController().signal;

/** A log that keeps its sentences. */
export function createLines() {
  const lines: string[] = [];
  const write = (_: object, message: string) => void lines.push(message);
  return { lines, log: { debug: write, info: write, warn: write, error: write } };
}

/** What one scan of a fleet brings for some watches. */
export async function scanned(
  fleet: Fleet,
  due: readonly Due[],
  options: Partial<ScansOptions> = {},
  signal: AbortSignal = never,
): Promise<ReadonlyMap<string, Scanned>> {
  const { log } = createLines();
  return createScans({ fleet, providers, setups: async () => new Map(), log, ...options }).scan(due, signal);
}

/** The same for one watch. */
export async function scannedOne(
  fleet: Fleet,
  due: Due,
  options: Partial<ScansOptions> = {},
  signal: AbortSignal = never,
): Promise<Scanned> {
  const all = await scanned(fleet, [due], options, signal);
  const one = all.get(due.watch.id);
  if (one === undefined) throw new Error("the watch was not scanned");
  return one;
}

/** Watches over up to so many keys each, with scopes; those that cannot be watched are among them. */
export function anyWatches(most: number, keys: number): fc.Arbitrary<readonly Due[]> {
  return fc
    .array(filtersAndScope(keys), { minLength: 1, maxLength: most })
    .map((all) => all.map(({ filters, scope }, index) => dueOf(`w${index}`, filters, { scope })));
}

/** Ids of the runtimes that a watch is about, whatever their risk, by filtering everything in memory. */
export function matching(rows: readonly Row[], { watch, scope }: Due): ReadonlySet<string> {
  const { risk, "risk-info": info, ...filters } = watch.filters;
  const { risk: bound, "risk-info": told, ...others } = scope;
  // A row that tells nothing of risk is not hidden by what a scope says of risk: nothing is concluded from it.
  const shown = ({ runtime: { risks } }: Row) =>
    bound === undefined || risks === undefined || risks.some((kind) => bound[0] === "yes" || bound.includes(kind));
  return new Set(wholeList(rows.filter(shown), filters, others, providers).map(({ id }) => id));
}

/** Those of them at one of these risks. */
export function atRiskOf(rows: readonly Row[], due: Due, kinds: readonly RiskKind[]): readonly string[] {
  const ids = matching(rows, due);
  return rows
    .filter(({ runtime }) => ids.has(runtime.id) && runtime.risks?.some((kind) => kinds.includes(kind)))
    .map(({ runtime }) => runtime.id);
}
