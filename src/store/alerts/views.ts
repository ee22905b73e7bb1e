import type { Selectable } from "kysely";
import { z } from "zod";
import { mostViews, type View, type Views } from "../../alerts/index.ts";
import { readJson } from "../json.ts";
import { storedKey } from "../stored.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { placeKey } from "./place.ts";
import type { Rows } from "./rows.ts";
import type { ViewsTable } from "./tables.ts";

const bodySchema = z.object({ name: z.string(), filter: z.string(), by: z.string(), at: z.number() });

/** Undefined for a row that this version cannot read. */
function viewOf({ channel, chat, body }: Selectable<ViewsTable>): View | undefined {
  const read = readJson(bodySchema, body);
  return read && { channel, chat, ...read };
}

export function createViews({ alerts, rows }: { readonly alerts: AlertDatabase; readonly rows: Rows }): Views {
  return {
    async of(place) {
      const { channel, chat } = placeKey(place);
      const found = await alerts.read((db) =>
        db
          .selectFrom("views")
          .selectAll()
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .orderBy("name")
          .execute(),
      );
      return rows.all("views", found, viewOf);
    },
    async get(place, name) {
      const { channel, chat } = placeKey(place);
      const found = await alerts.read((db) =>
        db
          .selectFrom("views")
          .selectAll()
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .where("name", "=", storedKey(name))
          .executeTakeFirst(),
      );
      return rows.one("views", found, viewOf);
    },
    save: ({ channel, chat, ...view }) =>
      alerts.write(async (tx) => {
        const place = placeKey({ channel, chat });
        const name = storedKey(view.name);
        const body = JSON.stringify(view);
        const others = await tx
          .selectFrom("views")
          .select(({ fn }) => fn.countAll<number>().as("count"))
          .where("channel", "=", place.channel)
          .where("chat", "=", place.chat)
          .where("name", "!=", name)
          .executeTakeFirstOrThrow();
        if (Number(others.count) >= mostViews) {
          return false;
        }
        await tx
          .insertInto("views")
          .values({ ...place, name, body })
          .onConflict((conflict) => conflict.columns(["channel", "chat", "name"]).doUpdateSet({ body }))
          .execute();
        return true;
      }),
    drop: (place, name) =>
      alerts.write(async (tx) => {
        const { channel, chat } = placeKey(place);
        const { numDeletedRows } = await tx
          .deleteFrom("views")
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .where("name", "=", storedKey(name))
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}
