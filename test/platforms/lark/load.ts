import type { FakeLark } from "./fake-lark.ts";

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

/** Milliseconds between looks at what is due, where there is a rate. */
const tick = 2;

/** Writes messages to a bot that is connected, and measures its answers. */
export async function runLoad(fake: FakeLark, load: Load): Promise<LoadResult> {
  const { messages, text, chats = 20, outstanding = 50, perSecond, patience = 5000 } = load;
  const begun = new Map<string, number>();
  const times: number[] = [];
  const start = performance.now();
  let written = 0;
  let last = start;

  function writeDue(): void {
    const due = perSecond === undefined ? messages : ((performance.now() - start) * perSecond) / 1000;
    while (written < Math.min(messages, due) && begun.size < outstanding) {
      const who = written % chats;
      const began = performance.now();
      const { messageId } = fake.write({ chat: `oc_load_${who}`, chatType: "p2p", user: `ou_load_${who}`, text });
      begun.set(messageId, began);
      written += 1;
    }
  }

  const unwatch = fake.watch(({ replyTo }) => {
    const began = begun.get(replyTo ?? "");
    if (began === undefined) return;
    begun.delete(replyTo ?? "");
    last = performance.now();
    times.push(last - began);
    writeDue();
  });
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      writeDue();
      const over = times.length >= messages || performance.now() - Math.max(last, start) > patience;
      if (!over) return;
      clearInterval(timer);
      resolve();
    }, tick);
  });
  unwatch();

  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    answered: times.length,
    unanswered: written - times.length,
    perSecond: Math.round(times.length / ((last - start) / 1000)),
    p50: at(0.5),
    p99: at(0.99),
    worst: sorted.at(-1) ?? 0,
  };
}
