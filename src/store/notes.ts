import type { Log, Notes } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Commits } from "./commits.ts";
import type { Database } from "./database.ts";
import { storedKey, storedText } from "./stored.ts";

export interface NotesOptions {
  readonly database: Database;
  readonly commits: Commits;
  readonly clock: Clock;
  readonly log: Log;
}

/** A longer text is not kept, characters. */
const longest = 20_000;

/** What channels keep under a name: written with the next commit, and read as if it were written already. */
export function createNotes({ database, commits, clock, log }: NotesOptions): Notes {
  const nameOf = (channel: string, kind: string, key: string) => ({
    channel: storedKey(channel),
    kind: storedKey(kind),
    key: storedKey(key),
  });

  return {
    put({ channel, kind, key, text }) {
      if (text.length > longest) {
        log.error({ channel, kind, characters: text.length }, "A note is too long and is not kept.");
        return;
      }
      commits.notes.put({ ...nameOf(channel, kind, key), text: storedText(text), written_at: clock.now() });
    },
    async get(channel, kind, key) {
      const name = nameOf(channel, kind, key);
      const waiting = commits.notes.get(name);
      if (waiting !== undefined) {
        return waiting.text;
      }
      const found = await database.read((db) =>
        db
          .selectFrom("notes")
          .select("text")
          .where("channel", "=", name.channel)
          .where("kind", "=", name.kind)
          .where("key", "=", name.key)
          .executeTakeFirst(),
      );
      return found?.text;
    },
  };
}
