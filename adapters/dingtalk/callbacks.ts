import { LRUCache } from "lru-cache";
import { within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { sendLimits } from "./send-limits.ts";

/**
 * The callbacks of cards that are open here. Until one is answered and its answer has arrived, an update of its card is lost
 * for everyone but who pressed.
 */
export interface Callbacks {
  /**
   * A callback of this card is open. The returned function is to be called when its answer is on the socket, or will never be:
   * it counts as open for a short time more.
   */
  opened(outTrackId: string): () => void;
  isOpen(outTrackId: string): boolean;
  /** Resolves when no callback of this card is open, when the signal is aborted, or `milliseconds` later. */
  closed(outTrackId: string, milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** An update of the card begins. The returned function ends it, and says whether a callback was open meanwhile. */
  watch(outTrackId: string): () => boolean;
}

interface Open {
  /** Until when each counts as open, by the clock's `elapsed`. */
  readonly callbacks: Map<symbol, number>;
  /** Called when one is answered. */
  readonly waiting: Set<() => void>;
}

export function createCallbacks(clock: Clock): Callbacks {
  const opens = new LRUCache<string, Open>({ max: sendLimits.viewCount });
  const watches = createWatches();

  /** How long the card is open still if nothing more happens, milliseconds. */
  function left(outTrackId: string): number {
    const open = opens.get(outTrackId);
    const now = clock.elapsed();
    for (const [callback, until] of open?.callbacks ?? []) {
      if (until <= now) {
        open?.callbacks.delete(callback);
      }
    }
    if (open?.callbacks.size === 0 && open.waiting.size === 0) {
      opens.delete(outTrackId);
    }
    return Math.max(now, ...(open?.callbacks.values() ?? [])) - now;
  }

  /** Waits until one is answered, but no longer than that. */
  async function change(outTrackId: string, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    const waiting = opens.get(outTrackId)?.waiting;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => resolve();
    waiting?.add(wake);
    signal?.addEventListener("abort", wake, { once: true });
    await within(clock, milliseconds, promise, undefined);
    signal?.removeEventListener("abort", wake);
    waiting?.delete(wake);
  }

  return {
    opened(outTrackId) {
      const open = opens.get(outTrackId) ?? { callbacks: new Map(), waiting: new Set() };
      opens.set(outTrackId, open);
      const callback = Symbol();
      // One whose answer was never given is over all the same after a while: it would hold up every update otherwise.
      open.callbacks.set(callback, clock.elapsed() + sendLimits.callback);
      watches.open(outTrackId);
      let answered = false;
      return () => {
        if (answered || !open.callbacks.has(callback)) {
          return;
        }
        answered = true;
        open.callbacks.set(callback, clock.elapsed() + sendLimits.afterCallback);
        for (const wake of open.waiting) {
          wake();
        }
      };
    },
    isOpen: (outTrackId) => left(outTrackId) > 0,
    async closed(outTrackId, milliseconds, signal) {
      const until = clock.elapsed() + milliseconds;
      for (let open = left(outTrackId); open > 0; open = left(outTrackId)) {
        const patience = until - clock.elapsed();
        if (patience <= 0 || signal?.aborted === true) {
          return;
        }
        await change(outTrackId, Math.min(open, patience), signal);
      }
    },
    watch: (outTrackId) => watches.begin(outTrackId, left(outTrackId) > 0),
  };
}

/** The updates under way, and which of them met a callback. */
function createWatches() {
  const watches = new Map<string, Set<{ met: boolean }>>();
  return {
    open(outTrackId: string): void {
      for (const watch of watches.get(outTrackId) ?? []) {
        watch.met = true;
      }
    },
    begin(outTrackId: string, met: boolean): () => boolean {
      const watch = { met };
      const ofCard = watches.get(outTrackId) ?? new Set();
      watches.set(outTrackId, ofCard.add(watch));
      return () => {
        ofCard.delete(watch);
        if (ofCard.size === 0) {
          watches.delete(outTrackId);
        }
        return watch.met;
      };
    },
  };
}
