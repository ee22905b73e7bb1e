import type { Channel, Sent } from "../../../src/bot/index.ts";
import type { Card } from "../../../src/cards/index.ts";
import type { TestProcess } from "./process.ts";

/** A message that people see. */
export interface Visible {
  readonly id: string;
  readonly chat: string;
  readonly key: string;
  /** When it was sent, wall time. */
  readonly at: number;
  /** What it showed one after the other; the last is what it shows. */
  readonly cards: readonly Card[];
}

/**
 * - `fails`: nothing happens, and the caller may try again; `refuses`: and will not succeed.
 * - `lost`: it works, but its answer does not arrive.
 * - `hangs`: no answer comes at all.
 * - `gone`: the bot is not in the chat.
 */
export type Fault = "fails" | "refuses" | "lost" | "hangs" | "gone";

/** A platform in memory that knows idempotency keys for an hour. */
export interface TestPlatform {
  readonly messages: readonly Visible[];
  /** How often something was asked of it. */
  readonly calls: number;
  /** What happens to the next calls, one each. */
  readonly faults: (Fault | "works")[];
  /** What happens to all others; they work where it is undefined. */
  always: Fault | undefined;
  /** What answers wait for, where they wait. */
  pause: Promise<void> | undefined;
  /** Called whenever something is asked of it. */
  onCall: () => void;
  /** The platform as a process reaches it. */
  channelOf(process: TestProcess): Channel;
}

const keyHolds = 60 * 60_000;

const failed = (part: Partial<Extract<Sent, { ok: false }>>): Sent => ({
  ...{ ok: false, recoverable: true, reason: "the platform failed" },
  ...part,
});

/** @param now wall time of the platform */
export function createTestPlatform(now: () => number, name = "lark"): TestPlatform {
  const messages: (Visible & { readonly cards: Card[] })[] = [];
  let calls = 0;

  async function call(work: () => Sent): Promise<Sent> {
    calls += 1;
    platform.onCall();
    if (platform.pause !== undefined) await platform.pause;
    const fault = platform.faults.shift() ?? platform.always ?? "works";
    switch (fault) {
      case "works":
        return work();
      case "fails":
        return failed({});
      case "refuses":
        return failed({ recoverable: false });
      case "gone":
        return failed({ recoverable: false, gone: true });
      case "lost":
        work();
        return failed({});
      case "hangs":
        return new Promise(() => undefined);
    }
  }

  function send(chat: string, card: Card, key: string): Sent {
    const known = messages.findLast((one) => one.key === key && now() - one.at < keyHolds);
    if (known === undefined) {
      messages.push({ id: `m${messages.length + 1}`, chat, key, at: now(), cards: [card] });
    }
    return { ok: true, message: known?.id ?? `m${messages.length}` };
  }

  function update(message: string, card: Card): Sent {
    const known = messages.find(({ id }) => id === message);
    known?.cards.push(card);
    return known === undefined ? failed({ recoverable: false }) : { ok: true, message };
  }

  const platform: TestPlatform = {
    messages,
    get calls() {
      return calls;
    },
    faults: [],
    always: undefined,
    pause: undefined,
    onCall: () => undefined,
    channelOf: ({ onPlatform }) => ({
      ...{ name, repliesTo: "everyone", files: { types: [], bytes: 0 }, keyHolds },
      connected: () => true,
      fits: () => true,
      send: (chat, card, { key }) => onPlatform(() => call(() => send(chat, card, key))),
      update: (_chat, message, card) => onPlatform(() => call(() => update(message, card))),
      sendFile: async () => failed({ recoverable: false }),
      start: async () => undefined,
      quiesce: async () => undefined,
      stop: async () => undefined,
    }),
  };
  return platform;
}

/** What a message shows now. */
export function shown({ cards }: Visible): Card {
  const card = cards.at(-1);
  if (card === undefined) {
    throw new Error("a message without a card");
  }
  return card;
}

/** What people read on a card, without times: its title, and the names in its table with their colours. */
export function read({ header, blocks }: Card): string {
  const rows = blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
  const names = rows.map(({ label, colour = "" }) => `${label} ${colour}`);
  return [`${header.title} (${header.colour})`, ...names.toSorted()].join(", ");
}
