import { type Arrival, arrivalKey, arrivalSchema, type Inbox, type Log, whereOf } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import { type Adopted, createAdoption } from "./adopt.ts";
import type { Commits } from "./commits.ts";
import type { Database } from "./database.ts";
import { readJson } from "./json.ts";
import { aliveFor } from "./processes.ts";
import { storedKey, storedText } from "./stored.ts";

export interface InboxOptions {
  readonly database: Database;
  readonly commits: Commits;
  readonly clock: Clock;
  readonly log: Log;
  readonly holder: string;
}

/** More is not adopted in one go: their keys are parameters of one statement. */
const adoptMost = 1_000;

export function createInbox({ database, commits, clock, log, holder }: InboxOptions): Inbox {
  const adoption = createAdoption({ database, holder });

  /** Undefined for what cannot be read, which is settled: an older version wrote it, and nobody will ever read it. */
  function read({ key, content }: Adopted): Arrival | undefined {
    const arrival = readJson(arrivalSchema, content);
    if (arrival === undefined) {
      commits.settle(key);
      log.error({}, "Something that was delivered to an earlier version cannot be read, and stays without an answer.");
      return undefined;
    }
    return arrival;
  }

  return {
    take: (arrival) =>
      commits.take({
        key: storedKey(arrivalKey(arrival)),
        channel: storedText(whereOf(arrival).channel),
        content: JSON.stringify(arrival),
      }),
    settle: (arrival) => commits.settle(storedKey(arrivalKey(arrival))),
    release: (arrival, pause) => adoption.release(storedKey(arrivalKey(arrival)), Math.round(clock.now() + pause)),
    async adopt(limit) {
      // When all were cut off from the store, those that live need a moment to say so.
      if (database.sinceFailure() < aliveFor) {
        return [];
      }
      await commits.flush();
      const adopted = await adoption.adopt(Math.min(limit, adoptMost), clock.now());
      return adopted.map(read).filter((arrival) => arrival !== undefined);
    },
  };
}
