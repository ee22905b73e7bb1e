import type { AlertMemory, Change } from "../memory.ts";
import type { Notice } from "../notice.ts";

/** Among how many notices of a watch, the latest first, those are looked for that list what is over. */
const mostLists = 100;

/**
 * The change with the cards as stale that list an alert which is over: reminders, and what was told when a mute was over. Alerts
 * point at the card that told them, and not at these. Rejects when the store fails.
 */
export async function withLists({ outbox }: Pick<AlertMemory, "outbox">, change: Change): Promise<Change> {
  const ended = new Set(change.episodes.filter(({ state }) => state === "ended").map(({ id }) => id));
  if (ended.size === 0) {
    return change;
  }
  // One that is being sent may have been drawn before it was over.
  const all = await outbox.last({ watch: change.watch }, mostLists, ["sent", "owed"]);
  const messages = new Map(all.map(({ id, message }) => [id, message]));
  // What is shown on another notice's card is changed with that.
  const hasOwnCard = ({ target, message }: Notice) =>
    target === undefined || (message !== undefined && message !== messages.get(target));
  const lists = ({ about }: Notice) => about.kind === "some" && about.episodes.some((id) => ended.has(id));
  const stale = all.filter((notice) => lists(notice) && hasOwnCard(notice)).map(({ id }) => id);
  return { ...change, stale: [...new Set([...change.stale, ...stale])] };
}
