import { LRUCache } from "lru-cache";
import type { Clock } from "../fleet/index.ts";
import type { Asker } from "./access.ts";

/** How fast somebody may go on: `burst` at once, and then `perSecond`. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Keeps one user or one chat from taking all the time of the bot. */
export interface Pace {
  /** Counts a command or a press. False: this user, or this chat, goes too fast, and it is not to be run. */
  allows(asker: Asker): boolean;
}

export interface PaceOptions {
  readonly clock: Clock;
  /** Far above what a person types, far below what a program can. */
  readonly user?: Rate | undefined;
  readonly chat?: Rate | undefined;
}

interface Bucket {
  left: number;
  at: number;
}

/** How many users and chats are remembered at once; one that was forgotten begins with a full burst. */
const remembered = 20_000;

/** Token buckets, one a user and one a chat. */
export function createPace(options: PaceOptions): Pace {
  const { clock, user = { burst: 60, perSecond: 5 }, chat = { burst: 200, perSecond: 50 } } = options;
  const users = createBuckets(user, clock);
  const chats = createBuckets(chat, clock);
  return {
    allows(asker) {
      const byUser = users(JSON.stringify([asker.channel, asker.user]));
      const byChat = chats(JSON.stringify([asker.channel, asker.chat]));
      if (byUser.left < 1 || byChat.left < 1) {
        return false;
      }
      byUser.left -= 1;
      byChat.left -= 1;
      return true;
    },
  };
}

function createBuckets({ burst, perSecond }: Rate, clock: Clock): (key: string) => Bucket {
  const buckets = new LRUCache<string, Bucket>({ max: remembered });
  return (key) => {
    const now = clock.elapsed();
    const bucket = buckets.get(key) ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    buckets.set(key, bucket);
    return bucket;
  };
}
