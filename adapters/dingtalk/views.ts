import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { sendLimits } from "./send-limits.ts";

/** The values of a card's variables. */
export type Params = Readonly<Record<string, string>>;

/**
 * Who sees what of the cards. The answer to a callback changes a card for who pressed; an update changes it for everyone,
 * unless a callback of the card is open meanwhile: then the update is lost.
 */
export interface Views {
  /**
   * A callback of this card is open, until the returned function is called: its answer is on the socket, or will never be.
   * `view`: all that who pressed sees from then on; left out where that is not known.
   */
  opened(outTrackId: string): (view?: Params) => void;
  /** Resolves when no callback of this card is open, when the signal is aborted, or after 3 s. */
  closed(outTrackId: string, signal?: AbortSignal): Promise<void>;
  /** The platform took the card as a new one, or it had one of this id already, which then still stands. */
  created(outTrackId: string, params: Params): void;
  /**
   * An update of the card begins. The returned function is to be called once it ended, with whether the platform took it; it
   * says whether the update holds: false where a callback was open meanwhile.
   */
  updating(outTrackId: string, params: Params): (taken: boolean) => boolean;
  /** Whether everyone who sees the card surely sees this. */
  isShown(outTrackId: string, params: Params): boolean;
}

interface View {
  /** The digest of what everyone was shown last. */
  readonly everyone: string;
  /** created: that is what everyone sees, unless an earlier card of this id stands. */
  readonly certain: "yes" | "created";
}

interface Open {
  /** Since when, by the clock's `elapsed`. */
  readonly callbacks: Map<symbol, number>;
  /** Called when none is open any more. */
  readonly waiting: Set<() => void>;
}

export function createViews(clock: Clock): Views {
  const views = new LRUCache<string, View>({ max: sendLimits.views });
  const opens = new LRUCache<string, Open>({ max: sendLimits.views });
  const updates = new Map<string, Set<{ broken: boolean }>>();

  /** One whose answer was never given is over all the same after a while: it would hold up every update otherwise. */
  function openOf(outTrackId: string): Open | undefined {
    const open = opens.get(outTrackId);
    const oldest = clock.elapsed() - sendLimits.callback;
    for (const [callback, since] of open?.callbacks ?? []) {
      if (since <= oldest) {
        open?.callbacks.delete(callback);
      }
    }
    return open?.callbacks.size === 0 ? undefined : open;
  }

  function answered(outTrackId: string, shown: Params | undefined): void {
    const view = views.get(outTrackId);
    if (view === undefined || shown === undefined || digestOf(shown) !== view.everyone) {
      // Who pressed sees something of their own now, until an update changes that.
      views.delete(outTrackId);
    } else {
      // Who could press saw the card that was created.
      views.set(outTrackId, { ...view, certain: "yes" });
    }
  }

  return {
    opened(outTrackId) {
      const open = opens.get(outTrackId) ?? { callbacks: new Map(), waiting: new Set() };
      opens.set(outTrackId, open);
      const callback = Symbol();
      open.callbacks.set(callback, clock.elapsed());
      for (const update of updates.get(outTrackId) ?? []) {
        update.broken = true;
      }
      let given = false;
      return (view) => {
        if (given) {
          return;
        }
        given = true;
        answered(outTrackId, view);
        open.callbacks.delete(callback);
        if (open.callbacks.size === 0) {
          opens.delete(outTrackId);
          for (const wake of open.waiting) {
            wake();
          }
        }
      };
    },
    async closed(outTrackId, signal) {
      const until = clock.elapsed() + sendLimits.callback;
      let open = openOf(outTrackId);
      while (open !== undefined && clock.elapsed() < until && signal?.aborted !== true) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const wake = (): void => resolve();
        open.waiting.add(wake);
        signal?.addEventListener("abort", wake, { once: true });
        await within(clock, until - clock.elapsed(), promise, undefined);
        signal?.removeEventListener("abort", wake);
        open.waiting.delete(wake);
        open = openOf(outTrackId);
      }
    },
    created(outTrackId, params) {
      views.set(outTrackId, { everyone: digestOf(params), certain: "created" });
    },
    updating(outTrackId, params) {
      // Until it is known to hold, nobody knows what is seen.
      views.delete(outTrackId);
      const update = { broken: openOf(outTrackId) !== undefined };
      const ofCard = updates.get(outTrackId) ?? new Set();
      updates.set(outTrackId, ofCard.add(update));
      return (taken) => {
        ofCard.delete(update);
        if (ofCard.size === 0) {
          updates.delete(outTrackId);
        }
        const holds = taken && !update.broken;
        if (holds) {
          views.set(outTrackId, { everyone: digestOf(params), certain: "yes" });
        }
        return holds;
      };
    },
    isShown(outTrackId, params) {
      const view = views.get(outTrackId);
      return view?.certain === "yes" && view.everyone === digestOf(params);
    },
  };
}

function digestOf(params: Params): string {
  const sorted = Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("base64url");
}
