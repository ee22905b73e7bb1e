import type { Episode } from "../episode.ts";
import type { Notice, NoticeKind } from "../notice.ts";
import { listed } from "./drafts.ts";

/** Notices that can be the first to tell an episode that points at them. */
const tellers: readonly NoticeKind[] = ["summary", "firing", "unmuted"];

/**
 * Finds the notice that would be the first to tell an episode, where it was never tried. One that came back points at the card
 * of the time before, and stands in the notice that changes that card.
 */
export function createTellers(untried: readonly Notice[]): (episode: Episode) => string | undefined {
  const known = new Set(untried.filter(({ kind }) => tellers.includes(kind)).map(({ id }) => id));
  const agains = untried.filter(({ kind }) => kind === "again");
  const again = new Map(agains.flatMap(({ id, about }) => listed(about).map((episode) => [episode, id] as const)));
  return ({ id, notice }) => again.get(id) ?? (notice !== undefined && known.has(notice) ? notice : undefined);
}
