/** So many at once, and so many more in a row that wait for their turn. */
export interface Places {
  /**
   * Resolves with a place, at once or in its turn, and says before that it has to wait. `full`: too many wait already, or too
   * many of this person; `given-up`: the signal was aborted first.
   */
  take(asker: string, signal: AbortSignal, onWait: () => void): Promise<Place | "full" | "given-up">;
}

export interface Place {
  /** To be called once. */
  leave(): void;
}

export interface PlacesOptions {
  readonly atOnce: number;
  /** How many may wait. */
  readonly waiting: number;
  /** How many of one person there may be, those that wait included. */
  readonly ofOne: number;
}

export function createPlaces({ atOnce, waiting: mostWaiting, ofOne }: PlacesOptions): Places {
  const waiting = new Set<() => void>();
  const askers = new Map<string, number>();
  let free = atOnce;

  function enter(asker: string, change: 1 | -1): void {
    const count = (askers.get(asker) ?? 0) + change;
    if (count > 0) {
      askers.set(asker, count);
    } else {
      askers.delete(asker);
    }
  }

  function placeOf(asker: string): Place {
    return {
      leave() {
        enter(asker, -1);
        const [next] = waiting;
        if (next === undefined) {
          free += 1;
        } else {
          waiting.delete(next);
          next();
        }
      },
    };
  }

  /** Resolves with whether its turn came before the signal was aborted. */
  function turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const begin = () => {
        signal.removeEventListener("abort", giveUp);
        resolve(true);
      };
      const giveUp = () => {
        waiting.delete(begin);
        resolve(false);
      };
      waiting.add(begin);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  return {
    async take(asker, signal, onWait) {
      if (signal.aborted) {
        return "given-up";
      }
      if ((askers.get(asker) ?? 0) >= ofOne || (free === 0 && waiting.size >= mostWaiting)) {
        return "full";
      }
      enter(asker, 1);
      if (free > 0) {
        free -= 1;
        return placeOf(asker);
      }
      onWait();
      if (await turn(signal)) {
        return placeOf(asker);
      }
      enter(asker, -1);
      return "given-up";
    },
  };
}
