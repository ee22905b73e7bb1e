import type { Clock } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import type { Backlog } from "./backlog.ts";
import type { Database } from "./database.ts";
import type { Portion } from "./lazies.ts";
import { type Take, tellFailed, tellTaken } from "./takes.ts";
import { writeCommit } from "./write-commit.ts";

/** How many failed commits are kept in mind until it is known that nothing of them is held here. */
const mostDoubts = 1_000;

/** What one transaction is made of. */
export interface Batch {
  readonly takes: readonly Take[];
  readonly lazies: Portion;
}

export interface CommitOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly holder: string;
  readonly backlog: Pick<Backlog, "written" | "failed">;
}

/**
 * Writes a batch and tells who waits for it, and the backlog, how it went. Never rejects: gives the error. Is not to be called
 * again before it has resolved.
 */
export function createCommit({ database, clock, meter, holder, backlog }: CommitOptions) {
  /** The times of commits that failed, and may be on disk nevertheless. */
  const doubts = new Set<number>();
  let lastTime = 0;

  /** No two commits have the same time, so that the rows of one that failed can be told from all others. */
  function nextTime(): number {
    lastTime = Math.max(clock.now(), lastTime + 1);
    return lastTime;
  }

  return async ({ takes, lazies }: Batch): Promise<Error | undefined> => {
    const released = [...doubts];
    if (takes.length + lazies.size + released.length === 0) {
      return undefined;
    }
    const now = nextTime();
    const began = clock.elapsed();
    const tell = (outcome: "ok" | "failed") => {
      meter.observe("store_commit_duration_seconds", (clock.elapsed() - began) / 1_000, {});
      meter.count("store_commits", { outcome });
    };
    try {
      const commit = { holder, now, doubts: released, takes, lazies };
      const inserted = await database.write((tx) => writeCommit(tx, commit));
      tell("ok");
      for (const time of released) {
        doubts.delete(time);
      }
      backlog.written(lazies);
      tellTaken(takes, inserted);
      return undefined;
    } catch (thrown) {
      tell("failed");
      const error = thrown instanceof Error ? thrown : new Error("The store failed.");
      if (takes.length > 0 && doubts.size < mostDoubts) {
        doubts.add(now);
      }
      backlog.failed();
      tellFailed(takes, error);
      return error;
    }
  };
}
