/** How much of everything is done. */
export interface Plan {
  readonly size: Size;
  /** Starts of each bot, and of Deskhand where nothing else is measured; the median counts. */
  readonly starts: { readonly each: number; readonly own: number };
  /** Milliseconds from the last answer to the look at the memory: what a bot gives back, it has given back by then. */
  readonly settling: number;
  /** Messages before anything is measured. */
  readonly warming: number;
  /** Messages of which the throughput is taken. */
  readonly atOnce: number;
  /** Messages one at a time. */
  readonly alone: number;
  readonly rates: readonly Rate[];
  readonly presses: number;
  /** Messages after which the memory is looked at, all that came before included: of Deskhand and the bare bot, and of others. */
  readonly load: { readonly own: number; readonly others: number };
  /** Runtimes of the fleets that are scanned, greatest first: what a scan takes is not to be there already. */
  readonly fleets: readonly number[];
}

export type Size = "quick" | "usual" | "long";

/** Messages written at a pace, whatever is answered. */
export interface Rate {
  readonly perSecond: number;
  readonly seconds: number;
}

const usual: Plan = {
  size: "usual",
  starts: { each: 3, own: 7 },
  settling: 12_000,
  warming: 3_000,
  atOnce: 8_000,
  alone: 1_000,
  rates: [
    { perSecond: 10, seconds: 8 },
    { perSecond: 100, seconds: 8 },
    { perSecond: 500, seconds: 4 },
    { perSecond: 1_000, seconds: 4 },
  ],
  presses: 500,
  load: { own: 50_000, others: 50_000 },
  fleets: [100_000, 10_000, 1_000],
};

export const plans: Readonly<Record<Size, Plan>> = {
  quick: {
    size: "quick",
    starts: { each: 1, own: 1 },
    settling: 500,
    warming: 200,
    atOnce: 500,
    alone: 50,
    rates: [
      { perSecond: 10, seconds: 1 },
      { perSecond: 100, seconds: 1 },
    ],
    presses: 20,
    load: { own: 1_500, others: 1_500 },
    fleets: [2_000, 1_000],
  },
  usual,
  long: { ...usual, load: { own: 1_000_000, others: 100_000 } },
};

export function isSize(text: string): text is Size {
  return Object.hasOwn(plans, text);
}
