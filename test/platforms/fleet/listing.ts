import type { Listing } from "../../../src/simulator/listing.ts";
import type { Filters } from "../../../src/simulator/parameters.ts";
import { type MovableRuntime, rowOf } from "./runtime.ts";

/** How the next page is not what it should be. */
export type Distortion =
  /** So many of its last rows are left out; its total counts them. */
  | { readonly kind: "short"; readonly rows: number }
  /** Its total is so much larger. */
  | { readonly kind: "total"; readonly by: number };

/** Lists of the runtimes that there are now. `distort` is asked once for each page. */
export function createMovableListing(options: {
  readonly runtimes: () => Iterable<MovableRuntime>;
  readonly distort: () => Distortion | undefined;
}): Listing {
  const matching = (filters: Filters): readonly MovableRuntime[] =>
    [...options.runtimes()].filter((runtime) => matches(runtime, filters));

  return {
    page({ filters, includeRiskInfo, page, size }, maxPageSize) {
      const list = matching(filters);
      const used = Math.min(size, maxPageSize);
      const rows = list.slice((page - 1) * used, page * used).map((runtime) => rowOf(runtime, includeRiskInfo));
      const distortion = options.distort();
      return {
        TotalCount: list.length + (distortion?.kind === "total" ? distortion.by : 0),
        PageSize: used,
        PageNumber: page,
        Data: distortion?.kind === "short" ? rows.slice(0, Math.max(rows.length - distortion.rows, 0)) : rows,
      };
    },
    *rows({ filters, includeRiskInfo }) {
      for (const runtime of matching(filters)) yield rowOf(runtime, includeRiskInfo);
    },
  };
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/gu, "");

/** Whether each value that was given is the runtime's, and one of each list. */
function matches(runtime: MovableRuntime, filters: Filters): boolean {
  const { ids, hasRisk, hasUser, model, channel } = filters;
  const hasAgent = !runtime.risks.includes("agent-uninstalled");
  return (
    (runtime.listed || ids !== undefined) &&
    [filters.provider, ...(filters.providers ?? [])].some((name) => plain(name) === plain(runtime.provider)) &&
    isOneOf(runtime.id, ids) &&
    isOneOf(`res-${runtime.id}`, filters.resources) &&
    isOneOf(runtime.name, filters.names) &&
    isOneOf(runtime.status, filters.statuses) &&
    (filters.users === undefined || runtime.users.some((user) => isOneOf(user, filters.users))) &&
    isOneOf(hasAgent ? runtime.version : undefined, filters.versions) &&
    isOneOf(hasAgent ? runtime.agentStatus : undefined, filters.agentStatuses) &&
    isSame(runtime.template, filters.modelTemplate) &&
    isSame(runtime.group, filters.group) &&
    isSame(runtime.office, filters.office) &&
    isSame(runtime.region, filters.region) &&
    isSame(runtime.risks.length > 0, hasRisk) &&
    isSame(runtime.users.length > 0, hasUser) &&
    isSame(runtime.template !== undefined, model) &&
    isSame(runtime.channels.length > 0, channel)
  );
}

const isSame = <Value>(value: Value, wanted: Value | undefined): boolean => wanted === undefined || wanted === value;

const isOneOf = (value: string | undefined, wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || (value !== undefined && wanted.includes(value));
