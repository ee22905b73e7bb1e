import { scanPages } from "../../../src/appstream/scan.ts";
import type { FailureKind, Fleet, PageRequest } from "../../../src/fleet/index.ts";
import { broken, createMemoryFleet, type MemoryFleet, type Row } from "../../fleet/memory-fleet.ts";

export interface PagedFleetOptions {
  readonly rows: readonly Row[];
  /** The greatest page that is answered; 100 unless a test needs more pages. */
  readonly cap?: number;
  /** What a page becomes: a failure, or the page as it is. May move rows. `number` counts calls from 1. */
  readonly meet?: (request: PageRequest, number: number, memory: MemoryFleet) => FailureKind | undefined;
}

export interface PagedFleet extends Fleet {
  /** Every page that was asked for. */
  readonly pages: readonly PageRequest[];
  become(rows: readonly Row[]): void;
}

/** A fleet in memory whose lists are scanned page by page, as those of the API are. */
export function createPagedFleet({ rows, cap = 100, meet }: PagedFleetOptions): PagedFleet {
  const memory = createMemoryFleet({ rows, cap });
  let calls = 0;
  const page: Fleet["page"] = async (request, call) => {
    calls += 1;
    const kind = meet?.(request, calls, memory);
    const answer = await memory.page(request, call);
    return kind === undefined ? answer : { ok: false, failure: { ...broken, kind, attempts: 1 } };
  };
  return {
    pages: memory.pages,
    page,
    scan: ({ provider, filters, limit }, fold, call) =>
      scanPages({ ask: (number) => page({ provider, filters, page: number, size: 100 }, call), fold, limit }),
    become: memory.become,
  };
}

/** Whether some runtimes are asked for by their ids. */
export function isLookUp({ filters }: PageRequest): boolean {
  return filters.HasRisk === undefined;
}
