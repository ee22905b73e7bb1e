import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { sendLimits } from "./send-limits.ts";

/** The values of a card's variables. */
export type Params = Readonly<Record<string, string>>;

/**
 * A word in the note of a card that is another with each change by any process. As long as the one stands there that this
 * process wrote last, no other has changed the card since.
 */
export type Mark = string;

/**
 * What everyone sees of the cards, as far as this process showed it. The answer to a callback changes a card for who pressed
 * alone, an update for everyone.
 */
export interface Views {
  /** The card may look different to some from now on. @returns the mark to note that under */
  differs(outTrackId: string): Mark;
  /**
   * Who pressed sees this from now on, or something that only they see. @param noted the mark that stands in the note
   * @returns the one that is to stand there: the same where everyone sees this already
   */
  answered(outTrackId: string, noted: Mark | undefined, params: Params | undefined): Mark;
  /** An update begins: until it is known to hold, nobody knows what is seen. @returns the mark, which stays the same */
  begun(outTrackId: string): Mark;
  /** Whether nothing was changed here since that mark was given. */
  isNewest(outTrackId: string, mark: Mark | undefined): boolean;
  /** Everyone sees this, unless something was changed here since that mark was given. */
  shown(outTrackId: string, mark: Mark, params: Params, by: "creation" | "update"): void;
  /** Whether everyone surely sees this. @param noted the mark that stands in the note */
  isShown(outTrackId: string, noted: Mark | undefined, params: Params): boolean;
}

interface View {
  readonly mark: Mark;
  /** The digest of what everyone sees; undefined where nobody knows. */
  readonly everyone: string | undefined;
  /** What is created shows, unless an earlier card of the same id stands in its place. */
  readonly earlierMayStand: boolean;
}

/** @param random from 0 to 1; tells the marks of this process from those of others */
export function createViews(random: () => number): Views {
  const views = new LRUCache<string, View>({ max: sendLimits.viewCount });
  const process = [random(), random()].map((part) => Math.floor(part * 2 ** 32).toString(36)).join("");
  let marks = 0;

  function set(outTrackId: string, mark: Mark, view: Partial<View> = {}): Mark {
    views.set(outTrackId, { mark, everyone: undefined, earlierMayStand: false, ...view });
    return mark;
  }

  function differs(outTrackId: string): Mark {
    marks += 1;
    return set(outTrackId, `${process}.${marks}`);
  }

  return {
    differs,
    answered(outTrackId, noted, params) {
      const view = views.get(outTrackId);
      if (view === undefined || view.mark !== noted || params === undefined || view.everyone !== digestOf(params)) {
        return differs(outTrackId);
      }
      // Who could press saw the card that was created.
      return set(outTrackId, noted, { everyone: view.everyone });
    },
    begun(outTrackId) {
      const mark = views.get(outTrackId)?.mark;
      return mark === undefined ? differs(outTrackId) : set(outTrackId, mark);
    },
    isNewest: (outTrackId, mark) => mark !== undefined && views.get(outTrackId)?.mark === mark,
    shown(outTrackId, mark, params, by) {
      if (views.get(outTrackId)?.mark === mark) {
        set(outTrackId, mark, { everyone: digestOf(params), earlierMayStand: by === "creation" });
      }
    },
    isShown(outTrackId, noted, params) {
      const view = views.get(outTrackId);
      return view !== undefined && view.mark === noted && !view.earlierMayStand && view.everyone === digestOf(params);
    },
  };
}

function digestOf(params: Params): string {
  const sorted = Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("base64url");
}
