import { faultOf, type Log, within } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import { createBell } from "./bell.ts";
import type { Leadership, Term } from "./memory.ts";
import type { Time } from "./time.ts";

/** What the leading process does until the signal is aborted. Ends soon after the signal; begun anew when it ends before. */
export type Reign = (term: Term, signal: AbortSignal) => Promise<void>;

export interface LeadOptions {
  readonly leadership: Leadership;
  readonly time: Time;
  readonly clock: Clock;
  readonly log: Log;
  /** How it is done now; asked whenever this process begins to lead, or begins anew. */
  readonly reign: () => Reign;
}

/** Keeps this process a candidate, and leading while it is elected. */
export interface Lead {
  readonly leads: boolean;
  /** This process was told that it does not lead any more. */
  depose(): void;
  /** What is done as the leader is begun anew, in the way it is done now. */
  renew(): void;
  /** Ends what it does as the leader, within some seconds, and lets another process lead at once. Never rejects. */
  stop(): Promise<void>;
}

/** Between two signs of life, milliseconds. */
const campaignEvery = 3_000;
/**
 * After how long without one the leader ends by itself, milliseconds: before others may take its place (10 s), so that two do
 * not send for any longer than a send that is under way.
 */
const endsAfter = 8_000;
/**
 * How long is waited for what is under way when a leader ends, and for all that is done at a stop, milliseconds: a platform or a
 * store that hangs does not keep the process. What was being sent is sent again by the next leader, with the same key.
 */
const patience = { end: 4_000, stop: 7_000 };

export function startLead({ leadership, time, clock, log, reign }: LeadOptions): Lead {
  const stopping = new AbortController();
  const bell = createBell(clock);
  let ruling: { readonly term: Term; readonly end: AbortController; readonly done: Promise<void> } | undefined;
  let confirmedAt = clock.elapsed();
  let isUnknown = false;
  /** Where the leader was when it was looked at last, steady. */
  let leading: number | undefined;

  async function campaign(): Promise<void> {
    const asked = clock.elapsed();
    try {
      await keepTime();
      const term = await leadership.campaign(time.now().steady);
      [confirmedAt, isUnknown] = [asked, false];
      if (term?.token !== ruling?.term.token || ruling?.end.signal.aborted === true) {
        await abdicate();
        if (term !== undefined && !stopping.signal.aborted) {
          await begin(term);
        }
      }
    } catch (error) {
      if (!isUnknown) {
        log.error({ fault: faultOf(error) }, "The store could not be asked who scans and sends.");
      }
      isUnknown = true;
      if (clock.elapsed() - confirmedAt > endsAfter) {
        await abdicate();
      }
    }
  }

  /** What people ask of this process is remembered by the time of the one that leads. */
  async function keepTime(): Promise<void> {
    const steady = await leadership.steady();
    time.reach(steady);
    // One that is dead stays where it was, and is followed no more.
    const isAlive = steady !== undefined && leading !== undefined && steady > leading;
    if (ruling === undefined && isAlive) {
      time.follow(steady);
    }
    leading = steady;
  }

  async function begin(term: Term): Promise<void> {
    time.reach(await leadership.steady());
    const end = new AbortController();
    log.info({ term: term.token }, "This process scans and sends from now on.");
    const done = reign()(term, end.signal)
      .catch((error) => log.error({ fault: faultOf(error) }, "Scanning and sending failed, and is begun anew."))
      // What is left of it ends as well, and the next campaign begins it anew.
      .finally(() => end.abort(new Error("It is begun anew.")));
    ruling = { term, end, done };
  }

  async function abdicate(): Promise<void> {
    const before = ruling;
    if (before === undefined) {
      return;
    }
    ruling = undefined;
    before.end.abort(new Error("This process does not lead any more."));
    await within(clock, patience.end, before.done, undefined);
    log.info({ term: before.term.token }, "This process does not scan and send any more.");
  }

  async function keepOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      await campaign();
      await bell.wait(campaignEvery, stopping.signal);
    }
  }

  /** The next campaign finds that the reign ended, and whether this process leads. */
  function beginAnew(why: string): void {
    ruling?.end.abort(new Error(why));
    bell.ring();
  }

  const running = keepOn();

  async function leave(): Promise<void> {
    await running;
    await abdicate();
    await leadership.resign();
  }

  return {
    get leads() {
      return ruling !== undefined;
    },
    depose: () => beginAnew("This process does not lead any more."),
    renew: () => beginAnew("It is done in another way from now on."),
    async stop() {
      stopping.abort(new Error("The bot is stopping."));
      // Also while a store that hangs is asked who leads.
      ruling?.end.abort(stopping.signal.reason);
      await within(clock, patience.stop, leave(), undefined);
    },
  };
}
