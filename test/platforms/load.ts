/** Messages that people write at once. */
export interface Load {
  readonly messages: number;
  readonly text: string;
  /** Chats that they are spread over; 20 unless given. */
  readonly chats?: number | undefined;
  /** Messages that wait for their answer at a time; 50 unless given. */
  readonly outstanding?: number | undefined;
  /** Messages written a second; as fast as answers come unless given. */
  readonly perSecond?: number | undefined;
  /** Milliseconds without any answer after which it ends; 5,000 unless given. */
  readonly patience?: number | undefined;
}

/** How it went; times in milliseconds, from the writing of a message to its first answer. */
export interface LoadResult {
  readonly answered: number;
  readonly unanswered: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** How a stand-in is written to, and how its answers are told apart. */
export interface Loaded {
  /** Writes in the 1:1 chat with this number; gives what the answer will be known by. Keys may repeat: first come, first served. */
  write(chat: number, text: string): string;
  /** Calls the listener with the key of each new message of the bot; the function that comes back ends that. */
  listen(listener: (key: string) => void): () => void;
}

/** Milliseconds between looks at what is due, where there is a rate. */
const tick = 2;

/** Writes messages to a bot that is connected, and measures its answers. */
export async function runLoad(loaded: Loaded, load: Load): Promise<LoadResult> {
  const { messages, text, chats = 20, outstanding = 50, perSecond, patience = 5000 } = load;
  const begun = new Map<string, number[]>();
  const times: number[] = [];
  const start = performance.now();
  let written = 0;
  let last = start;

  function writeDue(): void {
    const due = perSecond === undefined ? messages : ((performance.now() - start) * perSecond) / 1000;
    while (written < Math.min(messages, due) && written - times.length < outstanding) {
      const began = performance.now();
      const key = loaded.write(written % chats, text);
      const waiting = begun.get(key);
      if (waiting === undefined) begun.set(key, [began]);
      else waiting.push(began);
      written += 1;
    }
  }

  function answered(key: string): void {
    const waiting = begun.get(key);
    const began = waiting?.shift();
    if (waiting === undefined || began === undefined) return;
    if (waiting.length === 0) begun.delete(key);
    last = performance.now();
    times.push(last - began);
    writeDue();
  }

  const deafen = loaded.listen(answered);
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      writeDue();
      const over = times.length >= messages || performance.now() - Math.max(last, start) > patience;
      if (!over) return;
      clearInterval(timer);
      resolve();
    }, tick);
  });
  deafen();
  return resultOf(times, written, last - start);
}

function resultOf(times: readonly number[], written: number, milliseconds: number): LoadResult {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    answered: times.length,
    unanswered: written - times.length,
    perSecond: Math.round(times.length / (milliseconds / 1000)),
    p50: at(0.5),
    p99: at(0.99),
    worst: sorted.at(-1) ?? 0,
  };
}
