import type { Digest } from "../memory.ts";
import { slotsBetween } from "./slots.ts";

/** What is to be done with a digest. Wall times. */
export interface Due {
  /** The slot that is told now. */
  readonly tell: number | undefined;
  /** Slots that are left out, in order; of many the last. */
  readonly skip: readonly number[];
}

/** So late a digest is still on time, milliseconds: it took that long to be made. */
const onTime = 2 * 60_000;

/** Slots that are looked back at: more than are told of a digest that was left out. */
const lookBack = 11;

/**
 * Of the slots since the last one the latest is told, when it is not too late; all before it are left out. A clock that was put back
 * gives none again.
 *
 * @param late how late a digest is still told, milliseconds
 */
export function due(digest: Pick<Digest, "at" | "days" | "zone" | "lastSlot">, now: number, late: number): Due {
  const slots = slotsBetween(digest.lastSlot, now, digest, lookBack);
  const last = slots.at(-1);
  return last !== undefined && now - last <= Math.max(late, onTime)
    ? { tell: last, skip: slots.slice(0, -1) }
    : { tell: undefined, skip: slots };
}
