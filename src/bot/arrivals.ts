import { LRUCache } from "lru-cache";
import type { Clock } from "../fleet/index.ts";
import type { Meter, Tracer } from "../telemetry/index.ts";
import { faultOf, type Log } from "./log.ts";
import { type Arrival, arrivalKey, type Inbox, whereOf } from "./memory.ts";
import type { Owed } from "./owed.ts";
import { tracedTake } from "./traced-take.ts";
import type { Begun, Work } from "./work.ts";

export interface ArrivalsOptions {
  readonly inbox: Inbox;
  readonly owed: Owed;
  readonly work: Work;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer: Tracer;
  /** Answers an arrival, and says whether nothing is owed any more. Must not reject. */
  readonly answer: (arrival: Arrival, call: ArrivalCall) => Promise<boolean>;
  /** There is no room for one more. */
  readonly onFull: (arrival: Arrival) => void;
}

export interface ArrivalCall {
  /** Aborted when the bot has to end. */
  readonly ending: AbortSignal;
  /** It was taken in some time ago, mostly by an earlier process. */
  readonly resumed: boolean;
}

/**
 * Takes in what was delivered, once, on disk first, and sees to it that it is answered: by this process or by the next. Where
 * the store fails it is answered all the same, but not accepted: the platform delivers it again, and it is known then.
 */
export interface Arrivals {
  /** Whether it was accepted; see `Bot.receive`. Never rejects. */
  accept(arrival: Arrival): Promise<boolean>;
  /** Begins to take up what processes that no longer live left unanswered. */
  start(): void;
  /** Accepts nothing more. Resolves when what was being taken in has begun. */
  stop(): Promise<void>;
}

/** Between two looks for what others left unanswered, milliseconds. */
const adoptEvery = 5_000;
/** How many are taken up at once. */
const adoptMost = 100;

/** How many that could not be stored are known by this process alone. */
const knownHere = 20_000;

export function createArrivals(options: ArrivalsOptions): Arrivals {
  const { inbox, owed, work, clock, log, meter, tracer, answer, onFull } = options;
  /** What was answered, or is being answered, without being stored. */
  const unstored = new LRUCache<string, { answered: boolean }>({ max: knownHere });
  const ended = new AbortController();
  const taking = new Set<Promise<boolean>>();

  function begin(arrival: Arrival, resumed: boolean): Begun {
    const { channel } = whereOf(arrival);
    const about = {
      "deskhand.channel": channel,
      "deskhand.arrival": arrival.kind,
      "deskhand.resumed": resumed,
    } as const;
    // It may begin in the wake of another one, and goes on where this one was taken in.
    const place = resumed ? undefined : tracer.place();
    const begun = work.begin((ending) =>
      tracer.span("answer", about, () => answerOne(arrival, { ending, resumed }), place),
    );
    if (begun === "full") {
      onFull(arrival);
      inbox.settle(arrival);
    }
    return begun;
  }

  async function answerOne(arrival: Arrival, call: ArrivalCall): Promise<void> {
    const answered = await answer(arrival, call);
    const here = unstored.get(arrivalKey(arrival));
    if (here !== undefined) {
      here.answered = answered;
    }
    await owed.end(arrival, answered, call.ending);
  }

  /** Takes up as much as there is room for. Resolves with whether there may be more. */
  async function adopt(): Promise<boolean> {
    const most = Math.min(adoptMost, work.room());
    if (most === 0) {
      return false;
    }
    try {
      const adopted = await inbox.adopt(most);
      for (const arrival of adopted) {
        const { channel, chat } = whereOf(arrival);
        log.info({ channel, chat, kind: arrival.kind }, "Taking up what was left unanswered.");
        begin(arrival, true);
      }
      return adopted.length === most;
    } catch (error) {
      log.error({ fault: faultOf(error) }, "The store could not be asked for what was left unanswered.");
      return false;
    }
  }

  async function keepAdopting(): Promise<void> {
    while (!ended.signal.aborted) {
      if (await adopt()) {
        continue;
      }
      await clock.sleep(adoptEvery, ended.signal).catch(() => undefined);
    }
  }

  async function take(arrival: Arrival): Promise<boolean> {
    try {
      if ((await tracedTake(tracer, inbox, arrival)) === "known" || answeredHere(arrival)) {
        countDuplicate(arrival);
        return true;
      }
      return begin(arrival, false) !== "closed";
    } catch (error) {
      const { channel, chat } = whereOf(arrival);
      log.error({ channel, chat, fault: faultOf(error) }, "What was delivered could not be stored, and was refused.");
      if (unstored.has(arrivalKey(arrival))) {
        countDuplicate(arrival);
      } else if (begin(arrival, false) === "begun") {
        unstored.set(arrivalKey(arrival), { answered: false });
      }
      return false;
    }
  }

  function countDuplicate(arrival: Arrival): void {
    meter.count("duplicates", { channel: whereOf(arrival).channel, kind: arrival.kind });
  }

  /** Whether what is stored only now was begun before: the end of that settles it, or has come already. */
  function answeredHere(arrival: Arrival): boolean {
    const here = unstored.get(arrivalKey(arrival));
    unstored.delete(arrivalKey(arrival));
    if (here?.answered === true) {
      inbox.settle(arrival);
    }
    return here !== undefined;
  }

  return {
    async accept(arrival) {
      if (ended.signal.aborted) {
        return false;
      }
      const taken = take(arrival).finally(() => taking.delete(taken));
      taking.add(taken);
      return taken;
    },
    start: () => void keepAdopting(),
    async stop() {
      ended.abort(new Error("The bot is stopping."));
      await Promise.all(taking);
    },
  };
}
