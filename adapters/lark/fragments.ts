import { linkLimits } from "./limits.ts";

/** One frame of an event. */
export interface Fragment {
  /** What the frames of one event have in common. */
  readonly id: string;
  /** How many they are. */
  readonly sum: number;
  /** Which one this is, from 0. */
  readonly seq: number;
  readonly payload: Uint8Array;
}

export type Merged =
  | { readonly kind: "whole"; readonly bytes: Uint8Array }
  | { readonly kind: "waiting" }
  /** It fits to nothing, or is more than is held. */
  | { readonly kind: "refused" };

/** Events that have arrived in part. */
export interface Fragments {
  /** Takes a frame in. The frames of an event may come in any order, and twice. */
  add(fragment: Fragment): Merged;
}

interface Pieces {
  readonly since: number;
  readonly bySeq: Map<number, Uint8Array>;
  readonly sum: number;
}

/** What a piece costs beside its bytes, so that empty ones are not free. */
const overhead = 256;
const costOf = (piece: Uint8Array): number => piece.length + overhead;

/**
 * Puts events together. It holds a bounded number of bytes: an event that would pass it pushes out the one that has waited
 * longest, and whatever waits for a frame that does not come is dropped; the platform delivers those again.
 */
export function createFragments({ elapsed }: { readonly elapsed: () => number }): Fragments {
  const open = new Map<string, Pieces>();
  let held = 0;

  function drop(id: string): void {
    for (const piece of open.get(id)?.bySeq.values() ?? []) held -= costOf(piece);
    open.delete(id);
  }

  /** A map keeps the order in which its keys came, so that the first is the oldest. */
  function makeRoom(cost: number, keep: string): void {
    const oldest = elapsed() - linkLimits.fragmentPatience;
    for (const [id, { since }] of open) {
      if (since < oldest || (held + cost > linkLimits.fragmentBytes && id !== keep)) drop(id);
    }
  }

  return {
    add({ id, sum, seq, payload }) {
      const fits = sum <= linkLimits.fragments && seq < sum && payload.length <= linkLimits.fragmentBytes;
      if (!fits) return { kind: "refused" };
      if (sum === 1) return { kind: "whole", bytes: payload };
      makeRoom(costOf(payload), id);
      const pieces = open.get(id) ?? { since: elapsed(), bySeq: new Map<number, Uint8Array>(), sum };
      if (pieces.sum !== sum || held + costOf(payload) > linkLimits.fragmentBytes) {
        drop(id);
        return { kind: "refused" };
      }
      const before = pieces.bySeq.get(seq);
      held += costOf(payload) - (before === undefined ? 0 : costOf(before));
      // A copy: the payload is a part of the buffer that the socket read into.
      pieces.bySeq.set(seq, Uint8Array.from(payload));
      open.set(id, pieces);
      if (pieces.bySeq.size < sum) return { kind: "waiting" };
      drop(id);
      const inOrder = [...pieces.bySeq].toSorted(([one], [other]) => one - other);
      return { kind: "whole", bytes: Buffer.concat(inOrder.map(([, piece]) => piece)) };
    },
  };
}
