/** A signal of its own that is aborted with any of some others. */
export interface Linked {
  readonly ending: AbortController;
  /** Lets go of the others: they may live as long as the process. */
  release(): void;
}

// Not AbortSignal.any: that holds on to the signal of the whole process.
export function linkSignals(signals: readonly AbortSignal[]): Linked {
  const ending = new AbortController();
  const links = signals.map((signal) => ({ signal, end: () => ending.abort(signal.reason) }));
  for (const { signal, end } of links) {
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) {
      end();
    }
  }
  return {
    ending,
    release() {
      for (const { signal, end } of links) {
        signal.removeEventListener("abort", end);
      }
    },
  };
}
