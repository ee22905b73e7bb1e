/** So many at once, and so many more in a row that wait for their turn. */
export interface Places {
  /**
   * Resolves with a place, at once or in its turn, and says before that it has to wait. `full`: too many wait already;
   * `given-up`: the signal was aborted first.
   */
  take(signal: AbortSignal, onWait: () => void): Promise<Place | "full" | "given-up">;
}

export interface Place {
  /** To be called once. */
  leave(): void;
}

export function createPlaces(count: number, mostWaiting: number): Places {
  const waiting = new Set<(place: Place) => void>();
  let free = count;

  const place: Place = {
    leave() {
      const [next] = waiting;
      if (next === undefined) {
        free += 1;
      } else {
        waiting.delete(next);
        next(place);
      }
    },
  };

  return {
    async take(signal, onWait) {
      if (signal.aborted) {
        return "given-up";
      }
      if (free > 0) {
        free -= 1;
        return place;
      }
      if (waiting.size >= mostWaiting) {
        return "full";
      }
      onWait();
      return new Promise((resolve) => {
        const begin = (taken: Place) => {
          signal.removeEventListener("abort", giveUp);
          resolve(taken);
        };
        const giveUp = () => {
          waiting.delete(begin);
          resolve("given-up");
        };
        waiting.add(begin);
        signal.addEventListener("abort", giveUp, { once: true });
      });
    },
  };
}
