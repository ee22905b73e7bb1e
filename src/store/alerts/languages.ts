import { z } from "zod";
import type { Languages } from "../../alerts/index.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { placeKey } from "./place.ts";
import type { Rows } from "./rows.ts";

const rowSchema = z.object({ locale: z.enum(["en", "zh"]) });

export function createLanguages({ alerts, rows }: { readonly alerts: AlertDatabase; readonly rows: Rows }): Languages {
  return {
    async get(place) {
      const { channel, chat } = placeKey(place);
      const found = await alerts.read((db) =>
        db
          .selectFrom("languages")
          .select("locale")
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .executeTakeFirst(),
      );
      return rows.one("languages", found, (row) => rowSchema.safeParse(row).data?.locale);
    },
    async set(place, locale) {
      const { channel, chat } = placeKey(place);
      await alerts.write<unknown>((tx) =>
        locale === undefined
          ? tx.deleteFrom("languages").where("channel", "=", channel).where("chat", "=", chat).execute()
          : tx
              .insertInto("languages")
              .values({ channel, chat, locale })
              .onConflict((conflict) => conflict.columns(["channel", "chat"]).doUpdateSet({ locale }))
              .execute(),
      );
    },
  };
}
