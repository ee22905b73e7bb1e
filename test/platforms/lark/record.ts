import { append } from "../append.ts";

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

/** Everything that tests ask about afterwards. */
export interface Records {
  readonly requests: readonly RequestRecord[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** What a client did wrong by the rules of the platform: a sentence each. */
  readonly complaints: readonly string[];
  /** Ids of events that were given up after the last redelivery. */
  readonly lost: readonly string[];
  request(record: RequestRecord): void;
  acknowledge(record: Acknowledgement): void;
  complain(sentence: string): void;
  lose(eventId: string): void;
  /** Forgets all of it. */
  clear(): void;
}

/** `keep` is how many entries of a kind are remembered; `changed` is called after each. */
export function createRecords(keep: number, changed: () => void): Records {
  const requests: RequestRecord[] = [];
  const acknowledgements: Acknowledgement[] = [];
  const complaints: string[] = [];
  const lost: string[] = [];
  return {
    requests,
    acknowledgements,
    complaints,
    lost,
    request(record) {
      append(requests, record, keep);
      changed();
    },
    acknowledge(record) {
      append(acknowledgements, record, keep);
      changed();
    },
    complain(sentence) {
      append(complaints, sentence, keep);
      changed();
    },
    lose(eventId) {
      append(lost, eventId, keep);
      changed();
    },
    clear() {
      for (const list of [requests, acknowledgements, complaints, lost]) list.length = 0;
    },
  };
}
