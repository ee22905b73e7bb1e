import type { Clock } from "../fleet/index.ts";
import { createWindow, type Window } from "./window.ts";

/** A call that waits for its turn. */
export interface Lane {
  /** One of the APIs that the pace knows; each has limits of its own. */
  readonly api: string;
  /** What has limits of its own beside the API: the chat of a message, or the message that is changed. */
  readonly key: string;
}

export type Turn =
  | "go"
  /** Too many wait already. */
  | "full"
  /** The signal was aborted, or the pace was stopped. */
  | "ended";

/** Keeps the calls within what the platform allows. */
export interface Pace {
  /** Resolves when the call may start; those of one key in the order they came. Never rejects. */
  turn(lane: Lane, signal: AbortSignal): Promise<Turn>;
  /**
   * The platform said that a limit was reached: holds the key, or all calls of the API, for `reset` seconds (1 when it
   * does not say), and some more at random, so that several processes do not come back in step.
   */
  limited(lane: Lane, whose: "key" | "api", reset: number | undefined): void;
  /** Ends every wait. */
  stop(): void;
}

export interface PaceLimits {
  /** The APIs that have limits. */
  readonly apis: readonly string[];
  /** Calls of one API in a span; several such limits hold at once. */
  readonly perApi: readonly Limit[];
  /** Calls for one key in a span. */
  readonly perKey: Limit;
}

export interface Limit {
  readonly calls: number;
  /** Milliseconds. */
  readonly span: number;
}

export interface PaceOptions {
  readonly limits: PaceLimits;
  /**
   * Whether the limits are kept from the start, as on a public cloud. Another one has limits of its own, so that the known
   * ones are kept only when it has complained once.
   */
  readonly known: boolean;
  readonly clock: Clock;
  readonly random: () => number;
}

interface Waiter {
  readonly lane: Lane;
  settle(turn: Turn): void;
}

/** The part by which a window is kept longer than documented: calls arrive less evenly than they leave. */
const margin = 0.05;
/** Calls that wait for their turn, for one key and of all; there is no use in more than can have their turn in time. */
const most = { waitingForKey: 80, waiting: 1_000 } as const;
/** Milliseconds that the platform may make us pause at most, whatever it says. */
const longestPause = 60_000;

export function createPace({ limits, known, clock, random }: PaceOptions): Pace {
  const windows = createWindows(limits);
  const waiting = new Set<Waiter>();
  const waitingOf = new Map<string, number>();
  let enforcing = known;
  let stopped = false;
  let alarm: { readonly at: number; readonly off: AbortController } | undefined;

  function enter(waiter: Waiter): void {
    waiting.add(waiter);
    waitingOf.set(waiter.lane.key, waitingFor(waiter.lane.key) + 1);
  }

  function leave(waiter: Waiter, turn: Turn): void {
    if (!waiting.delete(waiter)) {
      return;
    }
    const { key } = waiter.lane;
    const others = waitingFor(key) - 1;
    if (others > 0) {
      waitingOf.set(key, others);
    } else {
      waitingOf.delete(key);
    }
    waiter.settle(turn);
  }

  const waitingFor = (key: string): number => waitingOf.get(key) ?? 0;

  /** Gives turns to all that may have one now, and sets the alarm for the next. */
  function giveTurns(): void {
    const now = clock.elapsed();
    const behind = new Set<string>();
    let nearest = Number.POSITIVE_INFINITY;
    for (const waiter of waiting) {
      const { key } = waiter.lane;
      if (behind.has(key)) {
        continue;
      }
      const wait = windows.wait(waiter.lane, now);
      if (wait === 0) {
        windows.started(waiter.lane, now);
        leave(waiter, "go");
      } else {
        behind.add(key);
        nearest = Math.min(nearest, now + wait);
      }
    }
    wakeAt(nearest);
  }

  /** Until the alarm nobody who waits can have a turn. Set too early it does no harm. */
  function wakeAt(time: number): void {
    alarm?.off.abort("set anew");
    alarm = undefined;
    if (time === Number.POSITIVE_INFINITY) {
      return;
    }
    const set = { at: time, off: new AbortController() };
    alarm = set;
    const wake = (): void => {
      if (alarm === set) {
        giveTurns();
      }
    };
    clock.sleep(Math.max(0, time - clock.elapsed()), set.off.signal).then(wake, () => undefined);
  }

  /** Whether a call may start at once. Not when the alarm is due: then others who wait may, and come first. */
  function startNow(lane: Lane, now: number): boolean {
    const free = (alarm === undefined || alarm.at > now) && waitingFor(lane.key) === 0 && windows.wait(lane, now) === 0;
    if (free) {
      windows.started(lane, now);
    }
    return free;
  }

  function wait(lane: Lane, signal: AbortSignal, now: number): Promise<Turn> {
    return new Promise((resolve) => {
      const giveUp = (): void => leave(waiter, "ended");
      const waiter: Waiter = {
        lane,
        settle(turn) {
          signal.removeEventListener("abort", giveUp);
          resolve(turn);
        },
      };
      signal.addEventListener("abort", giveUp, { once: true });
      enter(waiter);
      const at = now + windows.wait(lane, now);
      if (alarm === undefined || at < alarm.at) {
        wakeAt(at);
      }
    });
  }

  return {
    turn(lane, signal) {
      if (stopped || signal.aborted) {
        return Promise.resolve("ended");
      }
      if (!enforcing) {
        return Promise.resolve("go");
      }
      const now = clock.elapsed();
      if (startNow(lane, now)) {
        return Promise.resolve("go");
      }
      const full = waitingFor(lane.key) >= most.waitingForKey || waiting.size >= most.waiting;
      return full ? Promise.resolve("full") : wait(lane, signal, now);
    },
    limited(lane, whose, reset = 1) {
      enforcing = true;
      const pause = Math.min(Math.max(reset, 1) * 1_000, longestPause);
      windows.pauseUntil(lane, whose, clock.elapsed() + pause + random() * Math.min(pause / 2, 1_000));
    },
    stop() {
      stopped = true;
      for (const waiter of [...waiting]) {
        leave(waiter, "ended");
      }
      wakeAt(Number.POSITIVE_INFINITY);
    },
  };
}

/** The windows of every API and key. */
function createWindows({ apis, perApi, perKey }: PaceLimits) {
  const ofApi = new Map(apis.map((api) => [api, perApi.map(windowOf)]));
  const ofKey = new Map<string, Window>();

  function keyWindow(key: string): Window {
    const known = ofKey.get(key) ?? windowOf(perKey);
    // The one that was used last is last, so that those that can be forgotten are first.
    ofKey.delete(key);
    ofKey.set(key, known);
    return known;
  }

  /** Lets go of what holds nothing back. One that is paused keeps those behind it for as long. */
  function forget(now: number): void {
    for (const [key, window] of ofKey) {
      if (!window.idle(now)) {
        return;
      }
      ofKey.delete(key);
    }
  }

  return {
    wait({ api, key }: Lane, now: number): number {
      return Math.max(ofKey.get(key)?.wait(now) ?? 0, ...(ofApi.get(api) ?? []).map((window) => window.wait(now)));
    },
    started({ api, key }: Lane, now: number): void {
      keyWindow(key).started(now);
      for (const window of ofApi.get(api) ?? []) {
        window.started(now);
      }
      forget(now);
    },
    pauseUntil({ api, key }: Lane, whose: "key" | "api", time: number): void {
      for (const window of whose === "key" ? [keyWindow(key)] : (ofApi.get(api) ?? [])) {
        window.pauseUntil(time);
      }
    },
  };
}

function windowOf({ calls, span }: Limit): Window {
  return createWindow(calls, span * (1 + margin));
}
