import { filterFleet } from "./filter.ts";
import type { SimulatedFleet } from "./fleet.ts";
import type { Filters, ListRequest } from "./parameters.ts";
import { buildRow, type Row } from "./row.ts";

/** The body of a success but for its RequestId. */
export interface ListAnswer {
  readonly TotalCount: number;
  readonly PageSize: number;
  readonly PageNumber: number;
  readonly Data: readonly Row[];
}

/** How far a list has shifted while it is read. */
export interface Shift {
  /** The first row of every list is out of it. */
  readonly hidden: boolean;
  /** So many first rows stand at the end instead. */
  readonly rotated: number;
}

export interface Listing {
  /** A page of the list; the size is cut to `maxPageSize`. Lists by id do not shift. */
  page(request: ListRequest, maxPageSize: number, shift: Shift): ListAnswer;
  /** All rows that match, in order, unpaged. */
  rows(request: ListRequest): Iterable<Row>;
}

/** Positions that are kept in all, so that walking through several lists reads the fleet once for each. */
const keptPositions = 1_500_000;

/** Lists of the fleet; what matched is kept until the fleet moves. */
export function createListing(fleet: SimulatedFleet, capacity: number): Listing {
  const scratch = new Uint32Array(capacity);
  const kept = new Map<string, Uint32Array>();
  let positions = 0;
  let epoch = fleet.epoch;

  function matching(filters: Filters): Uint32Array {
    if (epoch !== fleet.epoch) {
      kept.clear();
      positions = 0;
      epoch = fleet.epoch;
    }
    const key = JSON.stringify(filters);
    const before = kept.get(key);
    if (before !== undefined) {
      kept.delete(key);
      kept.set(key, before);
      return before;
    }
    const found = filterFleet(fleet, filters, scratch);
    kept.set(key, found);
    // An entry also weighs something when nothing matched.
    positions += found.length + 100;
    for (const [oldest, list] of kept) {
      if (positions <= keptPositions || oldest === key) break;
      kept.delete(oldest);
      positions -= list.length + 100;
    }
    return found;
  }

  return {
    page({ filters, includeRiskInfo, page, size }, maxPageSize, shift) {
      const list = matching(filters);
      const still = filters.ids !== undefined || filters.resources !== undefined;
      const first = !still && shift.hidden ? 1 : 0;
      const turned = still || list.length === 0 ? 0 : shift.rotated % list.length;
      const total = Math.max(list.length - first, 0);
      const used = Math.min(size, maxPageSize);
      const Data: Row[] = [];
      for (let place = (page - 1) * used; place < Math.min(page * used, total); place += 1) {
        const index = list[(place + first + turned) % list.length];
        if (index !== undefined) Data.push(buildRow(fleet, index, includeRiskInfo));
      }
      return { TotalCount: total, PageSize: used, PageNumber: page, Data };
    },
    *rows({ filters, includeRiskInfo }) {
      for (const index of matching(filters)) yield buildRow(fleet, index, includeRiskInfo);
    },
  };
}
