import type { CounterKey, HistogramKey, LabelsOf, ReadKey } from "./catalog.ts";

/** A number that is read, for each combination of labels that there is; undefined: it is not known, and not shown. */
export type Reading<Key extends ReadKey> = keyof LabelsOf<Key> extends never
  ? number | undefined
  : readonly (readonly [labels: LabelsOf<Key>, value: number])[];

/** Where parts tell what they do, for /metrics. Costs about a microsecond a call; nothing throws. */
export interface Meter {
  /** Something happened. */
  count<Key extends CounterKey>(key: Key, labels: LabelsOf<Key>): void;
  /** Something was so large, in the unit that the key names. */
  observe<Key extends HistogramKey>(key: Key, value: number, labels: LabelsOf<Key>): void;
  /** Shows a number, read whenever somebody asks. The same key again takes the place of what was shown before. */
  gauge<Key extends ReadKey>(key: Key, read: () => Reading<Key>): void;
}

/** A meter that keeps nothing. */
export const noMeter: Meter = { count: () => undefined, observe: () => undefined, gauge: () => undefined };
