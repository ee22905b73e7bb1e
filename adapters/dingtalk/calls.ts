import { type Log, within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import { apiLimits } from "./api-limits.ts";
import { beginMonth, type Month, type MonthOptions, monthOf } from "./month.ts";

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

export interface CallsOptions extends MonthOptions {
  readonly clock: Clock;
  readonly meter: Meter;
}

export function createCalls(options: CallsOptions): MonthCalls {
  const { clock, log } = options;
  let month = beginMonth(monthOf(clock.now()), options);

  function now(): Month {
    const name = monthOf(clock.now());
    if (name !== month.name) {
      month = beginMonth(name, options);
    }
    return month;
  }

  tellGauges(options, now);
  return {
    called() {
      now().calls.add();
      now().tellIfAbove();
    },
    pushed: () => now().pushes.add(),
    sparing: () => now().spent || now().isAbove(),
    spent() {
      now().spent = true;
      now().tellSpent();
    },
    succeeded() {
      now().spent = false;
    },
    ...createReading(clock, createRead(now, log)),
  };
}

function tellGauges({ meter, quota }: CallsOptions, now: () => Month): void {
  meter.gauge("dingtalk_month_calls", () => now().calls.amount());
  meter.gauge("dingtalk_month_pushes", () => now().pushes.amount());
  meter.gauge("dingtalk_month_quota", () => quota);
}

/** Reads what all processes have counted. Never rejects: the log says once when that fails, until it works again. */
function createRead(now: () => Month, log: Log): () => Promise<void> {
  let failing = false;
  return async () => {
    const { calls, pushes } = now();
    try {
      await Promise.all([calls.read(), pushes.read()]);
      failing = false;
    } catch {
      if (!failing) {
        failing = true;
        log.warn({}, "The month's calls to DingTalk cannot be read from the store: this process goes by its own.");
      }
    }
    now().tellIfAbove();
  };
}

/** Reads at the start, and once a minute after that. */
function createReading(clock: Clock, read: () => Promise<void>): Pick<Calls, "start" | "stop"> {
  const ending = new AbortController();
  let reading: Promise<void> = Promise.resolve();

  async function readOn(): Promise<void> {
    for (;;) {
      await clock.sleep(apiLimits.tallyInterval, ending.signal);
      await read();
    }
  }

  return {
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
