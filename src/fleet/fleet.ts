import type { Outcome } from "./failure.ts";
import type { Runtime } from "./runtime.ts";

/** Parameters of ListDesktopAgentRuntime under their own names, before they are flattened; lists keep their order. */
export type ApiFilters = Readonly<Record<string, string | readonly string[]>>;

/** One page of one provider's list. */
export interface PageRequest {
  readonly provider: string;
  readonly filters: ApiFilters;
  /** From 1. */
  readonly page: number;
  /** 1 to 100. */
  readonly size: number;
}

export interface Page {
  readonly runtimes: readonly Runtime[];
  /** All rows that match on the server (TotalCount). */
  readonly total: number;
  /** The page size that the server says it used: it may be smaller than what was asked for. */
  readonly size: number;
  readonly requestId: string | undefined;
  /** Rows that were not objects and could not be shown. */
  readonly unreadable: number;
}

/** Why a caller is still waiting. */
export type Wait = "queued" | "throttled" | "retrying";

/** What one page has taken. */
export interface Asked {
  /** Milliseconds that requests for it were on their way, */
  readonly api: number;
  /** and that it waited: for its turn, for another attempt, or for a request that was made for somebody else. */
  readonly waited: number;
  /** The API's id of the request, where it gave one. */
  readonly requestId: string | undefined;
}

export interface CallOptions {
  /** A person's request goes before a scan's. */
  readonly urgency: "person" | "scan";
  /** Gives up the call when it is aborted; the failure is then `timeout` (a TimeoutError as reason) or `stopped`. */
  readonly signal: AbortSignal;
  /** Told when the call has to wait, for a card that says so. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
  /** Told of each page that was not at hand, when it is there or given up. */
  readonly onAsked?: ((asked: Asked) => void) | undefined;
  /** Ask the API even when a page of a few seconds ago could be reused. */
  readonly fresh?: boolean | undefined;
}

/** All rows of one provider's list that match on the server. */
export interface ScanRequest {
  readonly provider: string;
  readonly filters: ApiFilters;
  /** Stop as "too large" when the server's total is above this. */
  readonly limit?: number | undefined;
}

/** What becomes of the rows of a scan; made anew for each pass, since a pass that the list moved under is repeated. */
export interface Fold<Value> {
  row(runtime: Runtime): void;
  /**
   * The rows of a page have come, of a list that has `total` by what the page says. The next page is asked for when this
   * resolves; a rejection ends the scan with it.
   */
  page?(total: number): Promise<void>;
  result(): Value;
}

export interface Scan<Value> {
  readonly value: Value;
  /** Every page arrived and the totals agreed: nothing was missed and nothing moved. */
  readonly complete: boolean;
  /** The server's total at the last page. */
  readonly total: number;
  /** The total was above the limit: nothing beyond the first page was read. */
  readonly tooLarge: boolean;
  /** Distinct runtimes that were handed to the fold. */
  readonly rows: number;
  /** Requests made, over all passes. */
  readonly calls: number;
  readonly unreadable: number;
}

/** Where runtimes come from. Implemented over the real API; nothing else talks to it. */
export interface Fleet {
  page(request: PageRequest, options: CallOptions): Promise<Outcome<Page>>;
  scan<Value>(request: ScanRequest, fold: () => Fold<Value>, options: CallOptions): Promise<Outcome<Scan<Value>>>;
}
