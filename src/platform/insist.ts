import type { Clock } from "../fleet/index.ts";
import type { Lane, Pace } from "./pace.ts";

export interface Failed<Failure> {
  readonly ok: false;
  readonly failure: Failure;
}

interface Done {
  readonly ok: true;
}

/** What stands in the way of a call for the moment. */
export type Obstacle =
  /** A limit of the platform's; `reset`: seconds after which it wants to be asked again, where it says so. */
  | { readonly limit: "key" | "api"; readonly reset: number | undefined }
  /** Anything else that is over within seconds. */
  | "trouble";

export interface InsistOptions<Failure, Call extends Lane> {
  readonly pace: Pace;
  readonly clock: Clock;
  readonly random: () => number;
  /** Milliseconds for all tries of a piece of work. */
  readonly patience: number;
  readonly tries: number;
  /** What another try within seconds may get over; undefined: the call is not made again. */
  obstacle(failure: Failure, call: Call): Obstacle | undefined;
  /** The failure of a call that is given up: `last` is that of the try before, `underWay` whether a try has not ended yet. */
  late(last: Failure | undefined, underWay: boolean): Failure;
  /** The failure of a call that finds too many waiting for their turn. */
  readonly full: Failure;
  /** Told before a call is made again; `made`: tries so far. */
  onAgain(failure: Failure, call: Call, made: number): void;
}

/** Makes calls until the platform takes them, within bounds. Nothing here rejects. */
export interface Insist<Failure, Call extends Lane> {
  /**
   * Does some work, of one call or several, with a signal that is aborted when its patience is over or all is stopped.
   *
   * @param more milliseconds beside the usual patience
   */
  within<Good extends Done>(
    work: (signal: AbortSignal) => Promise<Good | Failed<Failure>>,
    more?: number,
  ): Promise<Good | Failed<Failure>>;
  /**
   * Tries until the call succeeds, fails for good, or has had its tries. `once` must not reject; where the signal is aborted
   * meanwhile, it ends by itself.
   */
  call<Good extends Done>(
    call: Call,
    once: () => Promise<Good | Failed<Failure>>,
    signal: AbortSignal,
  ): Promise<Good | Failed<Failure>>;
  /** Gives up what is under way, and whatever comes later. */
  stop(): void;
}

/** The wait before the second try, milliseconds; doubled for each further one. */
const firstBackoff = 400;
const longestBackoff = 4_000;

export function createInsist<Failure, Call extends Lane>(options: InsistOptions<Failure, Call>): Insist<Failure, Call> {
  const { pace, clock, random, patience, tries } = options;
  const underWay = new Set<AbortController>();
  let stopped = false;

  const given = (failure: Failure): Failed<Failure> => ({ ok: false, failure });

  /** A limit is waited for by the pace, with all others that have reached it; anything else by this call alone. */
  async function recover(obstacle: Obstacle, call: Call, made: number, signal: AbortSignal): Promise<void> {
    if (obstacle !== "trouble") {
      pace.limited(call, obstacle.limit, obstacle.reset);
      return;
    }
    const span = Math.min(firstBackoff * 2 ** (made - 1), longestBackoff);
    await clock.sleep(span / 2 + (random() * span) / 2, signal).catch(() => undefined);
  }

  return {
    async within(work, more = 0) {
      if (stopped) {
        return given(options.late(undefined, false));
      }
      const ending = new AbortController();
      const timer = new AbortController();
      underWay.add(ending);
      clock.sleep(patience + more, timer.signal).then(
        () => ending.abort(),
        () => undefined,
      );
      try {
        return await work(ending.signal);
      } finally {
        underWay.delete(ending);
        // A reason of our own: the one that would be made without is an error with its stack, for each message.
        timer.abort("over");
      }
    },
    async call(call, once, signal) {
      let last: Failure | undefined;
      for (let made = 1; ; made += 1) {
        const turn = await pace.turn(call, signal);
        if (turn === "full") {
          return given(options.full);
        }
        if (turn === "ended" || signal.aborted) {
          return given(options.late(last, false));
        }
        const called = await before(signal, once, () => given(options.late(last, true)));
        if (called.ok) {
          return called;
        }
        const obstacle = options.obstacle(called.failure, call);
        if (signal.aborted || made >= tries || obstacle === undefined) {
          return called;
        }
        last = called.failure;
        options.onAgain(called.failure, call, made);
        await recover(obstacle, call, made, signal);
      }
    },
    stop() {
      stopped = true;
      for (const ending of underWay) {
        ending.abort();
      }
    },
  };
}

/** What a call gives, or `late` as soon as the signal is aborted; the call then ends by itself. */
async function before<Given, Late>(signal: AbortSignal, call: () => Promise<Given>, late: () => Late) {
  const { promise, resolve } = Promise.withResolvers<Late>();
  const end = (): void => resolve(late());
  signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([call(), promise]);
  } finally {
    signal.removeEventListener("abort", end);
  }
}
