import { worstRisk } from "./counts.ts";
import type { Sort, SortKey } from "./keys.ts";
import { type Runtime, riskKinds } from "./runtime.ts";
import { plainVersion } from "./spelling.ts";

// One collator, as making one costs more than a sort: numbers inside names count as numbers (agent-9 before agent-10).
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** What a runtime is sorted by; undefined or empty for no value, which comes last whatever the direction. */
function sortValue(runtime: Runtime, key: SortKey): string | undefined {
  switch (key) {
    case "name":
      return runtime.name;
    case "status":
      return runtime.status;
    case "region":
      return runtime.region;
    case "version": {
      const version = runtime.agents.find((agent) => agent.version !== undefined)?.version;
      return version === undefined ? undefined : plainVersion(version);
    }
    case "risk": {
      // By how grave it is: none is a value like any other, unknown is none.
      const risk = worstRisk(runtime);
      const grave = risk === undefined ? 0 : riskKinds.length - riskKinds.indexOf(risk);
      return runtime.risks === undefined ? undefined : String(grave);
    }
    case "user":
      return runtime.users[0];
  }
}

/** A sorted copy: by the key, then by name, then by id, so that pages of the same list never disagree. */
export function sortRuntimes(runtimes: readonly Runtime[], sort: Sort | undefined): readonly Runtime[] {
  if (sort === undefined) {
    return runtimes;
  }
  const direction = sort.descending ? -1 : 1;
  const keyed = runtimes.map((runtime) => ({ runtime, value: sortValue(runtime, sort.key) }));
  keyed.sort((a, b) => {
    if (!a.value || !b.value) {
      return Number(!a.value) - Number(!b.value) || tie(a.runtime, b.runtime);
    }
    return direction * collator.compare(a.value, b.value) || tie(a.runtime, b.runtime);
  });
  return keyed.map(({ runtime }) => runtime);
}

function tie(a: Runtime, b: Runtime): number {
  return collator.compare(a.name ?? "", b.name ?? "") || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** Sorts as `sortRuntimes` does, and each list that is kept elsewhere once for each order: its pages come one by one. */
export function createSorting(): typeof sortRuntimes {
  const known = new WeakMap<readonly Runtime[], Map<string, readonly Runtime[]>>();
  return (runtimes, sort) => {
    const orders = known.get(runtimes) ?? new Map<string, readonly Runtime[]>();
    known.set(runtimes, orders);
    const order = JSON.stringify([sort?.key, sort?.descending]);
    const sorted = orders.get(order) ?? sortRuntimes(runtimes, sort);
    orders.set(order, sorted);
    return sorted;
  };
}
