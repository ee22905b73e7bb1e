import { LRUCache } from "lru-cache";
import { faultOf, type Log } from "../../bot/index.ts";
import type { Locale } from "../../cards/index.ts";
import type { Clock } from "../../fleet/index.ts";
import type { AlertMemory } from "../memory.ts";
import type { Place } from "../watch.ts";

/** The languages that chats have chosen. */
export interface ChosenLanguages {
  /** Undefined: none, or it cannot be looked up. Never rejects. */
  get(place: Place): Promise<Locale | undefined>;
  /** Rejects when the store fails. */
  set(place: Place, locale: Locale | undefined): Promise<void>;
}

export interface ChosenLanguagesOptions {
  readonly memory: Pick<AlertMemory, "languages">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * For how long a chat's language is taken to be the same, milliseconds, and of how many chats it is known: another process may
 * change it, and no message should have to wait for the store.
 */
const known = { ttl: 3_000, max: 10_000 } as const;

export function createChosenLanguages({ memory, clock, log }: ChosenLanguagesOptions): ChosenLanguages {
  const languages = new LRUCache<string, { readonly locale: Locale | undefined }>({
    ...known,
    ttlResolution: 0,
    // lru-cache takes a start of 0 for no time to live at all.
    perf: { now: () => clock.elapsed() + 1 },
  });
  const keyOf = ({ channel, chat }: Place) => JSON.stringify([channel, chat]);

  return {
    async get(place) {
      const kept = languages.get(keyOf(place));
      if (kept !== undefined) {
        return kept.locale;
      }
      try {
        const locale = await memory.languages.get(place);
        languages.set(keyOf(place), { locale });
        return locale;
      } catch (error) {
        log.error({ fault: faultOf(error) }, "It could not be looked up which language a chat has chosen.");
        return undefined;
      }
    },
    async set(place, locale) {
      await memory.languages.set(place, locale);
      languages.set(keyOf(place), { locale });
    },
  };
}
