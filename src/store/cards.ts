import type { Showing, ShownCards } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Commits } from "./commits.ts";
import type { Database } from "./database.ts";
import type { CardRow } from "./schema.ts";
import { storedKey, storedText } from "./stored.ts";

export interface CardsOptions {
  readonly database: Database;
  readonly commits: Commits;
  readonly clock: Clock;
}

/** Which message shows which command: written with the next commit, and read as if it were written already. */
export function createCards({ database, commits, clock }: CardsOptions): ShownCards {
  const placeOf = (channel: string, chat: string, message: string) => ({
    channel: storedKey(channel),
    chat: storedKey(chat),
    message: storedKey(message),
  });

  return {
    record({ channel, chat, message, command, at }) {
      commits.cards.put({
        ...placeOf(channel, chat, message),
        command: command === undefined ? null : storedText(command),
        shown_at: at ?? clock.now(),
      });
    },
    async shown(channel, chat, message) {
      const place = placeOf(channel, chat, message);
      const recorded = commits.cards.get(place);
      if (recorded !== undefined) {
        return showing(recorded);
      }
      const found = await database.read((db) =>
        db
          .selectFrom("cards")
          .select(["command", "shown_at"])
          .where("channel", "=", place.channel)
          .where("chat", "=", place.chat)
          .where("message", "=", place.message)
          .executeTakeFirst(),
      );
      return found === undefined ? undefined : showing(found);
    },
  };
}

function showing({ command, shown_at }: Pick<CardRow, "command" | "shown_at">): Showing {
  return { command: command ?? undefined, at: shown_at };
}
