import type { Clock } from "../../src/fleet/index.ts";

/** Who the bot is in Lark, learnt in the background: Lark may be away when the bot starts. */
export interface Identity {
  /** The bot's open_id, by which mentions name it; undefined while it is not known. */
  openId(): string | undefined;
  start(): void;
  stop(): void;
}

export interface IdentityOptions {
  /** Asks Lark; undefined when it did not say, which is told to the log by then. Must not reject. */
  readonly ask: () => Promise<string | undefined>;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Between two questions, milliseconds: the first and the longest pause. */
const pauses = { first: 1_000, longest: 60_000 };

export function createIdentity({ ask, clock, random }: IdentityOptions): Identity {
  const ended = new AbortController();
  let known: string | undefined;

  async function learn(): Promise<void> {
    for (let pause = pauses.first; !ended.signal.aborted; pause = Math.min(pause * 2, pauses.longest)) {
      known = await ask();
      if (known !== undefined) {
        return;
      }
      // With jitter, so that several processes do not ask at once.
      await clock.sleep(pause * (0.5 + random()), ended.signal).catch(() => undefined);
    }
  }

  return {
    openId: () => known,
    start: () => void learn(),
    stop: () => ended.abort(new Error("The channel is stopping.")),
  };
}
