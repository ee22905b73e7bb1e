/** Keeps the changes of one card in order: whoever pressed last decides what it shows, whichever answer comes first. */
export interface Turns<Value> {
  /** Runs `work` as the latest turn of `key`, and gives what the latest turn of all gives. */
  take(key: string, work: () => Promise<Value>): Promise<Value>;
}

/** `work` must not reject. A key costs memory only while a turn of it is under way. */
export function createTurns<Value>(): Turns<Value> {
  const latest = new Map<string, Promise<Value>>();

  async function settle(key: string, turn: Promise<Value>): Promise<Value> {
    const value = await turn;
    const current = latest.get(key);
    if (current === undefined || current === turn) {
      latest.delete(key);
      return value;
    }
    return settle(key, current);
  }

  return {
    take(key, work) {
      const turn = work();
      latest.set(key, turn);
      return settle(key, turn);
    },
  };
}
