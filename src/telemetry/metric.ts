import type { channels } from "./labels.ts";

/**
 * The values that a label takes. With `other` among them any text may come, and what is not listed counts as `other`.
 * `constant`: one value that stays the same while the process lives.
 */
export type LabelValues = readonly string[] | "constant";

interface About {
  /** A sentence that says what it tells. */
  readonly help: string;
  /** By the name of the label. */
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** The channel that it tells of, where it is about that one alone. */
  readonly of?: (typeof channels)[number];
}

/**
 * What is measured.
 *
 * - `counter`: how often something happened.
 * - `total`: what only grows, and is read whenever somebody asks.
 * - `gauge`: what goes up and down, and is read whenever somebody asks.
 * - `histogram`: how large something was, each time, in `buckets`.
 */
export type Metric =
  | (About & { readonly kind: "counter" | "total" | "gauge" })
  | (About & { readonly kind: "histogram"; readonly buckets: readonly number[] });
