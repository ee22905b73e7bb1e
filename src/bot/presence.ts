import { LRUCache } from "lru-cache";
import type { Clock } from "../fleet/index.ts";
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

/** How often it is looked up whether another process has noted that the bot is gone, milliseconds. */
const lookEvery = 60_000;
/** How many chats are remembered as noted; noting one again is only a little work. */
const remembered = 10_000;

export interface PresenceOptions {
  readonly chats: Chats;
  readonly clock: Pick<Clock, "elapsed">;
  readonly log: Log;
}

export function createPresence({ chats, clock, log }: PresenceOptions): Presence {
  const noted = new LRUCache<string, true>({ max: remembered });
  const looked = new LRUCache<string, true>({
    max: remembered,
    ttl: lookEvery,
    ttlResolution: 0,
    // lru-cache takes a start of 0 for no time to live at all.
    perf: { now: () => clock.elapsed() + 1 },
  });
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

  /** Another process may have noted since that the bot is gone. */
  async function joinAgain(place: Place): Promise<void> {
    await note(place, async () => {
      if (await chats.isGone(place.channel, place.chat)) {
        await chats.joined(place.channel, place.chat);
      }
    });
  }

  return {
    seen(place) {
      const key = keyOf(place);
      if (!noted.has(key)) {
        noted.set(key, true);
        looked.set(key, true);
        void joined(place);
      } else if (!looked.has(key)) {
        looked.set(key, true);
        void joinAgain(place);
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
