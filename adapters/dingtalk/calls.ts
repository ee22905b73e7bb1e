import type { Gauge, Log, Tallies } from "../../src/bot/index.ts";
import { within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { apiLimits } from "./api-limits.ts";

/** What the month's calls of all processes together come to. No method throws or rejects. */
export interface Calls {
  /** One API call that counts against the month's quota; session webhooks and access tokens do not. */
  called(): void;
  /** One stream push. */
  pushed(): void;
  /**
   * Whether what is only optional is to be left out: the month's calls are above four fifths of the quota, or the platform
   * said that it is spent, until the month ends or a call succeeds again.
   */
  sparing(): boolean;
  /** The platform said that the quota is spent. */
  spent(): void;
  /** Reads what was counted so far, now and once a minute. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface MonthCalls extends Calls {
  /** A call that counts against the quota succeeded. */
  succeeded(): void;
}

export interface CallsOptions {
  /** Calls that the organisation has in a month; 0: no limit. */
  readonly quota: number;
  readonly clientId: string;
  readonly tallies: Tallies;
  readonly clock: Clock;
  readonly log: Log;
  readonly gauge?: Gauge | undefined;
}

/** What is known of one month. */
interface Month {
  readonly name: string;
  readonly calls: Tally;
  readonly pushes: Tally;
  spent: boolean;
  toldSparing: boolean;
  toldSpent: boolean;
}

export function createCalls({ quota, clientId, tallies, clock, log, gauge }: CallsOptions): MonthCalls {
  const ending = new AbortController();
  let month = begin(monthOf(clock.now()));
  let reading: Promise<void> = Promise.resolve();
  let unreadable = false;

  function begin(name: string): Month {
    return {
      name,
      calls: createTally(tallies, `dingtalk_calls ${clientId}`, name),
      pushes: createTally(tallies, `dingtalk_pushes ${clientId}`, name),
      ...{ spent: false, toldSparing: false, toldSpent: false },
    };
  }

  function now(): Month {
    const name = monthOf(clock.now());
    if (name !== month.name) {
      month = begin(name);
    }
    return month;
  }

  const isAbove = ({ calls }: Month): boolean => quota > 0 && calls.amount() > quota * apiLimits.sparingAbove;

  function warnOnce(): void {
    const current = now();
    if (!current.toldSparing && isAbove(current)) {
      current.toldSparing = true;
      log.warn(
        { calls: current.calls.amount(), quota, month: current.name },
        "Four fifths of the month's calls to DingTalk are made: what is only for the time being is left out.",
      );
    }
  }

  async function read(): Promise<void> {
    const { calls, pushes } = now();
    try {
      await Promise.all([calls.read(), pushes.read()]);
      unreadable = false;
    } catch {
      if (!unreadable) {
        unreadable = true;
        log.warn({}, "The month's calls to DingTalk cannot be read from the store: this process goes by its own.");
      }
    }
    warnOnce();
  }

  async function readOn(): Promise<void> {
    for (;;) {
      await clock.sleep(apiLimits.tallyInterval, ending.signal);
      await read();
    }
  }

  gauge?.("dingtalk_month_calls", "Calls to the DingTalk API in this month, by all processes.", () =>
    now().calls.amount(),
  );
  gauge?.("dingtalk_month_pushes", "Pushes of DingTalk's stream in this month, to all processes.", () =>
    now().pushes.amount(),
  );
  gauge?.(
    "dingtalk_month_quota",
    "Calls to the DingTalk API that a month has, as configured; 0: no limit.",
    () => quota,
  );

  return {
    called() {
      now().calls.add();
      warnOnce();
    },
    pushed: () => now().pushes.add(),
    sparing() {
      const current = now();
      return current.spent || isAbove(current);
    },
    spent() {
      const current = now();
      current.spent = true;
      if (!current.toldSpent) {
        current.toldSpent = true;
        log.warn(
          { calls: current.calls.amount(), quota, month: current.name },
          "DingTalk says that the organisation's calls of this month are spent: answers go as text where that costs none.",
        );
      }
    },
    succeeded() {
      now().spent = false;
    },
    async start() {
      const first = read();
      await within(clock, apiLimits.tallyPatience, first, undefined);
      reading = first.then(readOn).catch(() => undefined);
    },
    async stop() {
      ending.abort("stopped");
      await within(clock, apiLimits.tallyPatience, reading, undefined);
    },
  };
}

/** The calendar month of a moment in China, where the platform counts: such as 2026-11. @param moment epoch milliseconds */
function monthOf(moment: number): string {
  const eightHours = 8 * 3_600_000;
  return new Date(moment + eightHours).toISOString().slice(0, 7);
}

/** One number that all processes count together. */
interface Tally {
  add(): void;
  amount(): number;
  /** Rejects when the store fails. */
  read(): Promise<void>;
}

function createTally(tallies: Tallies, name: string, period: string): Tally {
  let known = 0;
  return {
    add() {
      known += 1;
      tallies.add(name, period, 1);
    },
    amount: () => known,
    async read() {
      const read = await tallies.count(name, period);
      // Others count as well; and what was counted here while it was read may not be in it.
      known = Math.max(known, read);
    },
  };
}
