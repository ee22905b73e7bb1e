import { type Records as CommonRecords, createRecords as createCommonRecords } from "../record.ts";
import type { Api } from "./routes.ts";

/** A request to any of the HTTP interfaces, without any secret. */
export interface RequestRecord {
  readonly api: Api;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** HTTP status; 0 when no answer went out. */
  readonly status: number;
  /** `code` or `errcode` of the answer; undefined when it had none. */
  readonly code: string | number | undefined;
  /** Epoch milliseconds of the answer. */
  readonly at: number;
}

/** What came back for one frame. */
export interface Acknowledgement {
  readonly topic: string;
  /** The msgId of a robot message, the outTrackId of a callback. */
  readonly about: string;
  readonly messageId: string;
  readonly connection: string | undefined;
  /** Counts the deliveries from 1. */
  readonly attempt: number;
  /** 200 is well; undefined when nothing came in time. */
  readonly code: number | undefined;
  /** From the delivery to the acknowledgement, or to giving up. */
  readonly ms: number;
  /** Why there is no code. */
  readonly reason: string | undefined;
}

export interface Records extends CommonRecords<RequestRecord, Acknowledgement> {
  /** How many requests each interface had. */
  readonly calls: Readonly<Record<Api, number>>;
}

const noCalls = (): Record<Api, number> => ({
  gateway: 0,
  token: 0,
  deliver: 0,
  update: 0,
  group: 0,
  direct: 0,
  webhook: 0,
  upload: 0,
  legacyToken: 0,
  unknown: 0,
});

/** `keep` is how many entries of a kind are remembered; `changed` is called after each. */
export function createRecords(keep: number, changed: () => void): Records {
  const records = createCommonRecords<RequestRecord, Acknowledgement>(keep, changed);
  const calls = noCalls();
  return {
    ...records,
    calls,
    request(record) {
      calls[record.api] += 1;
      records.request(record);
    },
    clear() {
      records.clear();
      Object.assign(calls, noCalls());
    },
  };
}
