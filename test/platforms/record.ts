import { append } from "./append.ts";

/** Everything that tests ask about afterwards. */
export interface Records<Request, Acknowledgement> {
  readonly requests: readonly Request[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** What a client did wrong by the rules of the platform: a sentence each. */
  readonly complaints: readonly string[];
  /** Ids of what was given up after the last redelivery. */
  readonly lost: readonly string[];
  request(record: Request): void;
  acknowledge(record: Acknowledgement): void;
  complain(sentence: string): void;
  lose(id: string): void;
  /** Forgets all of it. */
  clear(): void;
}

/** `keep` is how many entries of a kind are remembered; `changed` is called after each. */
export function createRecords<Request, Acknowledgement>(
  keep: number,
  changed: () => void,
): Records<Request, Acknowledgement> {
  const requests: Request[] = [];
  const acknowledgements: Acknowledgement[] = [];
  const complaints: string[] = [];
  const lost: string[] = [];

  function note<T>(list: T[], entry: T): void {
    append(list, entry, keep);
    changed();
  }

  return {
    requests,
    acknowledgements,
    complaints,
    lost,
    request: (record) => note(requests, record),
    acknowledge: (record) => note(acknowledgements, record),
    complain: (sentence) => note(complaints, sentence),
    lose: (id) => note(lost, id),
    clear() {
      for (const list of [requests, acknowledgements, complaints, lost]) list.length = 0;
    },
  };
}
