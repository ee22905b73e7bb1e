import type { Gauge } from "../../bot/index.ts";
import type { AlertMemory } from "../memory.ts";
import type { Time } from "../time.ts";

/** How much is owed to all chats together, as this process saw it last while it led. */
export interface Backlog {
  /** Looks, unless it did so a moment ago. Rejects when the store fails. */
  look(): Promise<void>;
  /** This process does not lead any more, and knows nothing. */
  forget(): void;
}

export interface BacklogOptions {
  readonly memory: Pick<AlertMemory, "outbox">;
  readonly gauge: Gauge;
  readonly time: Time;
}

/** Between two looks, milliseconds. */
const lookEvery = 5_000;

export function createBacklog({ memory, gauge, time }: BacklogOptions): Backlog {
  let owed: { readonly count: number; readonly since: number | undefined } | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  gauge("notices_owed", "Notices that are owed to chats; 0 where another process sends.", () => owed?.count ?? 0);
  gauge("notices_owed_seconds", "For how long the oldest notice has been owed.", () =>
    owed?.since === undefined ? 0 : Math.max(0, (time.now().steady - owed.since) / 1_000),
  );

  return {
    async look() {
      const now = time.now().steady;
      if (now - lookedAt >= lookEvery) {
        lookedAt = now;
        owed = await memory.outbox.backlog();
      }
    },
    forget() {
      owed = undefined;
      lookedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
