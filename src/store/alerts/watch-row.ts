import type { Insertable, Selectable, Updateable } from "kysely";
import { z } from "zod";
import type { Change, Watch } from "../../alerts/index.ts";
import { storedText } from "../stored.ts";
import { pauseSchema } from "./about-json.ts";
import { flag, whole, wholeOrNull } from "./numbers.ts";
import { placeKey } from "./place.ts";
import type { WatchesTable } from "./tables.ts";

const wordsSchema = z.object({
  origin: z.enum(["command", "configuration"]),
  locale: z.enum(["en", "zh"]),
  paused: pauseSchema.nullable(),
});

/** Undefined for a row that this version cannot read. */
export function watchOf(row: Selectable<WatchesTable>): Watch | undefined {
  const words = wordsSchema.safeParse(row).data;
  return (
    words && {
      ...{ id: row.id, channel: row.channel, chat: row.chat, origin: words.origin, author: row.author },
      ...{
        locale: words.locale,
        filter: row.filter,
        scope: row.scope,
        revision: row.revision,
        primed: row.primed !== 0,
      },
      ...{ madeAt: row.made_at, paused: words.paused ?? undefined, blindSince: row.blind_since ?? undefined },
    }
  );
}

/** What of a watch somebody sets up. */
export type WatchSetup = Omit<Watch, "revision" | "primed" | "paused" | "blindSince">;

/** The columns of a watch that was made or edited just now. */
export function watchRow(watch: WatchSetup): Omit<Insertable<WatchesTable>, "revision" | "blind_since"> {
  return {
    id: storedText(watch.id),
    ...placeKey(watch),
    origin: watch.origin,
    author: storedText(watch.author),
    locale: watch.locale,
    filter: storedText(watch.filter),
    scope: storedText(watch.scope),
    primed: 0,
    made_at: whole(watch.madeAt),
    paused: null,
  };
}

/** What a scan changes of a watch; a key that is there sets it, to undefined as well. */
export function watchPatch(patch: Change["patch"]): Updateable<WatchesTable> {
  return {
    ...(patch.primed !== undefined && { primed: flag(patch.primed) }),
    ...("paused" in patch && { paused: patch.paused ?? null }),
    ...("blindSince" in patch && { blind_since: wholeOrNull(patch.blindSince) }),
  };
}
