import type { Transaction } from "kysely";
import { readJson } from "../json.ts";
import type { Tables } from "../schema.ts";
import { aboutSchema } from "./about-json.ts";

/** An episode, and the watch that it is of. */
export interface Member {
  readonly id: string;
  readonly watch: string;
}

/** Notices that list what they are about; at the others what they are about points. */
const listing = ["again", "unmuted", "reminder"] as const;
/** Among how many notices of a watch, the latest first, they are looked for, and how many of them are looked at. */
const most = { notices: 500, listings: 20 } as const;

/** The last notices that may have been sent, on a card of their own, and list one of these episodes. */
export async function listingsOf(tx: Transaction<Tables>, members: readonly Member[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [watch, some] of Map.groupBy(members, (member) => member.watch)) {
    const ids = new Set(some.map(({ id }) => id));
    for (const { id, body } of await latestListings(tx, watch)) {
      const about = readJson(aboutSchema, body);
      if (about?.kind === "some" && about.episodes.some((episode) => ids.has(episode))) {
        found.push(id);
      }
    }
  }
  return found;
}

async function latestListings(tx: Transaction<Tables>, watch: string) {
  const latest = tx
    .selectFrom("notices")
    .select(["id", "position", "kind", "state", "body", "message", "target"])
    .where("watch", "=", watch)
    .orderBy("position", "desc")
    .limit(most.notices)
    .as("latest");
  const found = await tx
    .selectFrom(latest)
    .leftJoin("notices as changed", "changed.id", "latest.target")
    .select(["latest.id", "latest.body", "latest.message", "changed.message as changed"])
    .where("latest.kind", "in", listing)
    .where("latest.state", "in", ["owed", "sent"])
    .orderBy("latest.position", "desc")
    .limit(most.listings)
    .execute();
  // One that has changed the card of another stands on that one, which shows all that it is about.
  return found.filter(({ message, changed }) => message === null || message !== changed);
}
