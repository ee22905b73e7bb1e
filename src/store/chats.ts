import type { Chats } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Database } from "./database.ts";
import { storedKey, storedText } from "./stored.ts";

/** The chats that the bot is in, and those that it is in no longer. */
export function createChats({ database, clock }: { readonly database: Database; readonly clock: Clock }): Chats {
  const keyOf = (channel: string, chat: string) => ({ channel: storedKey(channel), chat: storedKey(chat) });

  return {
    async joined(channel, chat) {
      const here = { joined_at: clock.now(), gone_at: null, gone_reason: null };
      await database.write((tx) =>
        tx
          .insertInto("chats")
          .values({ ...keyOf(channel, chat), ...here })
          .onConflict((conflict) => conflict.columns(["channel", "chat"]).doUpdateSet(here))
          .execute(),
      );
    },
    async gone(channel, chat, reason) {
      const away = { gone_at: clock.now(), gone_reason: storedText(reason) };
      await database.write((tx) =>
        tx
          .insertInto("chats")
          .values({ ...keyOf(channel, chat), ...away, joined_at: null })
          .onConflict((conflict) => conflict.columns(["channel", "chat"]).doUpdateSet(away))
          .execute(),
      );
    },
    async isGone(channel, chat) {
      const key = keyOf(channel, chat);
      const found = await database.read((db) =>
        db
          .selectFrom("chats")
          .select("gone_at")
          .where("channel", "=", key.channel)
          .where("chat", "=", key.chat)
          .executeTakeFirst(),
      );
      return found !== undefined && found.gone_at !== null;
    },
  };
}
