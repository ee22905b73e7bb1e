import type { RiskKind } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import type { AlertMemory } from "./memory.ts";
import type { Time } from "./time.ts";

/** What there is in all chats together, for /metrics, as this process saw it last while it led. */
export interface Overview {
  /** Looks, unless it did so a moment ago. Rejects when the store fails. */
  look(): Promise<void>;
  /** This process does not lead any more, and knows nothing. */
  forget(): void;
}

export interface OverviewOptions {
  readonly memory: {
    readonly outbox: Pick<AlertMemory["outbox"], "backlog">;
    readonly episodes: Pick<AlertMemory["episodes"], "openByKind">;
  };
  /** A month's; 0: no limit. */
  readonly budget: Used;
  readonly used: () => Promise<Used>;
  readonly meter: Meter;
  readonly time: Time;
}

interface Used {
  readonly calls: number;
  readonly pushes: number;
}

/** What costs the store more to say. */
interface Standing {
  readonly episodes: readonly { readonly kind: RiskKind; readonly count: number }[];
  readonly used: Used;
}

/** Between two looks at what is owed, and at the rest, milliseconds. */
const lookEvery = { owed: 5_000, standing: 30_000 } as const;

export function createOverview({ memory, budget, used, meter, time }: OverviewOptions): Overview {
  let owed: { readonly count: number; readonly since: number | undefined } | undefined;
  let standing: Standing | undefined;
  const lookedAt = { owed: Number.NEGATIVE_INFINITY, standing: Number.NEGATIVE_INFINITY };

  function isDue(what: keyof typeof lookEvery): boolean {
    const now = time.now().steady;
    const due = now - lookedAt[what] >= lookEvery[what];
    lookedAt[what] = due ? now : lookedAt[what];
    return due;
  }

  meter.gauge("notices_owed", () => owed?.count ?? 0);
  meter.gauge("notices_owed_seconds", () =>
    owed?.since === undefined ? 0 : Math.max(0, (time.now().steady - owed.since) / 1_000),
  );
  meter.gauge("open_episodes", () => standing?.episodes.map(({ kind, count }) => [{ kind }, count]) ?? []);
  meter.gauge("budget_used", () => (standing === undefined ? [] : byBudget(standing.used)));
  meter.gauge("budget_limit", () => byBudget(budget));

  return {
    async look() {
      if (isDue("owed")) {
        owed = await memory.outbox.backlog();
      }
      if (isDue("standing")) {
        standing = { episodes: await memory.episodes.openByKind(), used: await used() };
      }
    },
    forget() {
      owed = undefined;
      standing = undefined;
      lookedAt.owed = Number.NEGATIVE_INFINITY;
      lookedAt.standing = Number.NEGATIVE_INFINITY;
    },
  };
}

const byBudget = ({ calls, pushes }: Used) =>
  [
    [{ budget: "calls" }, calls],
    [{ budget: "pushes" }, pushes],
  ] as const;
