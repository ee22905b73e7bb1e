import { LRUCache } from "lru-cache";
import { faultOf, type Log } from "./log.ts";
import type { Chats } from "./memory.ts";

interface Place {
  readonly channel: string;
  readonly chat: string;
}

/** Keeps track of the chats that the bot is in. Nothing rejects: what fails is logged. */
export interface Presence {
  /** Something came from a chat: the bot is in it. */
  seen(place: Place): void;
  joined(place: Place): Promise<void>;
  /** Nothing can be sent there until something comes from there. `reason`: for the operator. */
  gone(place: Place, reason: string): Promise<void>;
  isGone(place: Place): Promise<boolean>;
}

/** How many chats are remembered as noted; noting one again is only a little work. */
const remembered = 10_000;

export function createPresence({ chats, log }: { readonly chats: Chats; readonly log: Log }): Presence {
  const noted = new LRUCache<string, true>({ max: remembered });
  const keyOf = ({ channel, chat }: Place) => JSON.stringify([channel, chat]);

  async function note({ channel, chat }: Place, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      log.error(
        { channel, chat, fault: faultOf(error) },
        "It is not known whether the bot is in a chat, as the store failed.",
      );
      return false;
    }
  }

  async function joined(place: Place): Promise<void> {
    if (await note(place, () => chats.joined(place.channel, place.chat))) {
      noted.set(keyOf(place), true);
    }
  }

  return {
    seen(place) {
      if (!noted.has(keyOf(place))) {
        noted.set(keyOf(place), true);
        void joined(place);
      }
    },
    joined,
    async gone(place, reason) {
      noted.delete(keyOf(place));
      await note(place, () => chats.gone(place.channel, place.chat, reason));
    },
    async isGone(place) {
      let gone = false;
      await note(place, async () => {
        gone = await chats.isGone(place.channel, place.chat);
      });
      return gone;
    },
  };
}
