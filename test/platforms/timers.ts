/** Timers with one owner: none of them outlives `stop`. */
export interface Timers {
  /** Runs `task` after so many milliseconds; the function that comes back calls it off. Nothing runs after `stop`. */
  after(milliseconds: number, task: () => void): () => void;
  stop(): void;
}

export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  let stopped = false;
  return {
    after(milliseconds, task) {
      if (stopped) return () => {};
      const timer = setTimeout(() => {
        running.delete(timer);
        task();
      }, milliseconds);
      running.add(timer);
      return () => {
        clearTimeout(timer);
        running.delete(timer);
      };
    },
    stop() {
      stopped = true;
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
