import {
  type Filters,
  filterDefinition,
  type KeyPlan,
  type Matcher,
  planKeys,
  type RiskKind,
  type Runtime,
  riskKinds,
} from "../../fleet/index.ts";
import type { ReadWatch } from "../watch.ts";

/** A watch whose turn it is. */
export interface Due {
  readonly watch: Pick<ReadWatch, "id" | "filters">;
  /** What its chat may see: both hold. */
  readonly scope: Filters;
  /** Ids of the runtimes that it has open episodes of. */
  readonly open: Iterable<string>;
}

/** What a watch wants of the fleet. */
export interface Want {
  readonly id: string;
  /** None: there is nothing that it could be told of. */
  readonly kinds: readonly RiskKind[];
  /** Whose lists it is about; none: nothing can match. */
  readonly providers: readonly string[];
  /** What narrows it, without risk: that is what is watched, and narrows nothing. */
  readonly keys: readonly KeyPlan[];
  /** What the scope says of risk, where a row tells of risk. */
  readonly inScope: Matcher;
  readonly open: ReadonlySet<string>;
}

/**
 * The kinds of risk that filters are about, worst first: all, unless they name some. None where they leave risk out, or
 * where the scope does: such filters cannot be watched.
 */
export function watchedKinds(filters: Filters, scope: Filters = {}): readonly RiskKind[] {
  const hidden = [filters["risk-info"], scope["risk-info"]].some((values) => values?.[0] === "no");
  if (hidden || namedKinds(scope).length === 0) {
    return [];
  }
  return namedKinds(filters);
}

function namedKinds({ risk }: Filters): readonly RiskKind[] {
  return risk === undefined || risk[0] === "yes" ? riskKinds : riskKinds.filter((kind) => risk.includes(kind));
}

/** @param providers the providers that are asked when neither filters nor scope name any */
export function wantOf({ watch, scope, open }: Due, providers: readonly string[]): Want {
  const split = planKeys(withoutRisk(watch.filters), providers, withoutRisk(scope));
  const bound = scope.risk && filterDefinition("risk").match?.(scope.risk);
  return {
    id: watch.id,
    kinds: watchedKinds(watch.filters, scope),
    providers: split?.providers ?? [],
    keys: split?.keys ?? [],
    inScope: (runtime) => runtime.risks === undefined || (bound?.(runtime) ?? true),
    open: new Set(open),
  };
}

function withoutRisk({ risk, "risk-info": info, ...others }: Filters): Filters {
  return others;
}

/** Whether a runtime shows a risk that a watch is about. */
export function showsKind({ risks }: Runtime, kinds: readonly RiskKind[]): boolean {
  return risks?.some((kind) => kinds.includes(kind)) ?? false;
}

/** Something that is asked of a row here. */
export interface Test {
  readonly matches: Matcher;
  /** Whether the row shows what it is asked for. */
  readonly shows: Matcher;
}

/** `unseen`: it does not match, but the row does not show why. */
export type Verdict = "yes" | "no" | "unseen";

/**
 * What has to be asked of rows here.
 *
 * @param isOpen whether the API was not asked for a key, or not as narrowly: rows are then asked that as well
 */
export function testsOf({ keys, inScope }: Want, isOpen: (key: KeyPlan) => boolean): readonly Test[] {
  const tests: Test[] = [{ matches: inScope, shows: () => true }];
  for (const key of keys) {
    const asked = isOpen(key) && key.asked !== undefined ? [key.asked] : [];
    const { shows } = filterDefinition(key.key);
    tests.push(...[...key.left, ...asked].map((matches) => ({ matches, shows })));
  }
  return tests;
}

export function verdictOf(runtime: Runtime, tests: readonly Test[]): Verdict {
  let verdict: Verdict = "yes";
  for (const { matches, shows } of tests) {
    if (!matches(runtime)) {
      if (shows(runtime)) {
        return "no";
      }
      verdict = "unseen";
    }
  }
  return verdict;
}
