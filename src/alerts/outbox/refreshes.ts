import { type Channel, faultOf, type Log } from "../../bot/index.ts";
import type { Bell } from "../bell.ts";
import type { AlertMemory, Outcome, Term } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Time } from "../time.ts";
import type { Address } from "./address.ts";
import { backoff } from "./backoff.ts";
import type { NoticeSender } from "./send.ts";

export interface RefreshesOptions {
  readonly memory: Pick<AlertMemory, "outbox">;
  readonly sender: Pick<NoticeSender, "refresh">;
  readonly address: Address;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Rung when a card may show something that is not so any more. */
  readonly bell: Bell;
  readonly time: Time;
  readonly random: () => number;
  readonly log: Log;
  readonly onFenced: () => void;
}

/** How many cards are changed at once. */
const atOnce = 10;
/** Between two looks while nobody rings, as much is sent, milliseconds. */
const lookEvery = 5_000;
/** After how long a card is looked at again that waits for a channel, milliseconds. */
const unreachedFor = 10 * 60_000;
/** A card that could not be changed waits as long as what was tried so often. */
const attempts = 6;

/** Shows on cards that were sent how things are now, until the signal is aborted. What is owed waits for none of them. */
export function createRefreshes(options: RefreshesOptions): (term: Term, signal: AbortSignal) => Promise<void> {
  const { memory, sender, address, channels, bell, time, random, log } = options;

  async function outcomeOf(notice: Notice): Promise<Outcome> {
    const addressed = await address(notice, channels);
    const later = (milliseconds: number): Outcome => ({ kind: "stale", nextAt: time.now().steady + milliseconds });
    if (!addressed.ok && addressed.waits) {
      return later(unreachedFor);
    }
    const isShown = !addressed.ok || (await sender.refresh(addressed.value));
    return isShown ? { kind: "fresh", staleness: notice.staleness } : later(backoff(attempts, random));
  }

  /** Whether that was seen to: whatever becomes of one card, the others are changed. */
  async function refresh(term: Term, notice: Notice): Promise<boolean> {
    try {
      const outcome = await outcomeOf(notice);
      if ((await memory.outbox.settle(term, notice.id, outcome, time.now())) === "fenced") {
        options.onFenced();
        return false;
      }
      return outcome.kind === "fresh";
    } catch (error) {
      log.error({ notice: notice.id, fault: faultOf(error) }, "A card could not be brought up to date.");
      return false;
    }
  }

  return async (term, signal) => {
    while (!signal.aborted) {
      try {
        const due = await memory.outbox.stale(time.now().steady, atOnce);
        const seen = await Promise.all(due.map((notice) => refresh(term, notice)));
        if (due.length === atOnce && seen.every(Boolean)) {
          continue;
        }
      } catch (error) {
        log.error({ fault: faultOf(error) }, "It could not be read which cards are stale.");
      }
      await bell.wait(lookEvery, signal);
    }
  };
}
