/**
 * Keeps the changes of one card in order: whoever pressed last decides what it shows, whichever answer comes first. A card
 * costs memory only while a turn of it is under way.
 */
export interface Turns {
  /** Whether a turn of a card is under way. */
  isTurning(card: string): boolean;
  /** Begins the newest turn of a card: those before it are overtaken, and have nothing more to show. */
  begin(card: string): Turn;
}

export interface Turn {
  /** Aborted when a newer turn began. */
  readonly overtaken: AbortSignal;
  /** Resolves when no change of the card is under way: what is shown next is not overwritten by it. */
  settled(): Promise<void>;
  /** Changes the card. To be called by the newest turn, once settled; `work` must not reject. */
  change<Value>(work: () => Promise<Value>): Promise<Value>;
  /** To be called once, when the turn is over. */
  end(): void;
}

interface State {
  newest: AbortController | undefined;
  underWay: number;
  changing: Promise<unknown>;
}

export function createTurns(): Turns {
  const states = new Map<string, State>();

  return {
    isTurning: (card) => states.has(card),
    begin(card) {
      const state = states.get(card) ?? { newest: undefined, underWay: 0, changing: Promise.resolve() };
      states.set(card, state);
      state.newest?.abort(new Error("A newer press has overtaken this one."));
      const own = new AbortController();
      state.newest = own;
      state.underWay += 1;
      return {
        overtaken: own.signal,
        async settled() {
          await state.changing;
        },
        change(work) {
          const change = work();
          state.changing = change;
          return change;
        },
        end() {
          state.underWay -= 1;
          if (state.underWay === 0) {
            states.delete(card);
          }
        },
      };
    },
  };
}
