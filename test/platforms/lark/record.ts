import type { Records as CommonRecords } from "../record.ts";

/** A request to the Open API or to the endpoint of the long connection, without any secret. */
export interface RequestRecord {
  readonly method: string;
  /** With its ids, without its query. */
  readonly path: string;
  /** HTTP status; 0 when no answer went out. */
  readonly status: number;
  /** The `code` of the answer; undefined when it had none. */
  readonly code: number | undefined;
  /** Epoch milliseconds of its arrival. */
  readonly at: number;
}

/** What came back for one delivery of an event. */
export interface Acknowledgement {
  readonly eventId: string;
  readonly eventType: string;
  /** Counts the deliveries of this event from 1. */
  readonly attempt: number;
  /** 200 is well; undefined when nothing came in time. */
  readonly code: number | undefined;
  /** From the delivery to the acknowledgement, or to giving up. */
  readonly ms: number;
  /** Why there is no code. */
  readonly reason?: string | undefined;
}

export type Records = CommonRecords<RequestRecord, Acknowledgement>;
