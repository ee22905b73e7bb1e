import { riskKinds } from "../../fleet/index.ts";
import type { Episode } from "../episode.ts";
import type { About, NoticeKind } from "../notice.ts";
import { counted, type Draft, type Drafts, listed } from "./drafts.ts";
import { isOpen, type Matter } from "./matter.ts";

/** How many episodes a notice lists at most. */
export const mostListed = 100;

/** Notices that list what they are about. */
const listing: readonly NoticeKind[] = ["again", "unmuted", "reminder"];

/** Notices at which what they are about points, and that tell it first. */
export const pointedAt: readonly NoticeKind[] = ["summary", "firing"];

/** The worst kind first, then the oldest. */
function worstFirst(one: Episode, other: Episode): number {
  const byKind = riskKinds.indexOf(one.kind) - riskKinds.indexOf(other.kind);
  return byKind || one.beganAt - other.beganAt || (one.runtime < other.runtime ? -1 : 1);
}

/**
 * Takes off the lists of notices that were never tried what is over or muted, and off reminders what was acknowledged; drops
 * those of which nothing is left.
 */
export function clearLists(matters: readonly Matter[], drafts: Drafts): void {
  const kept = new Map(matters.filter((one) => isOpen(one) && !one.muted).map(({ episode }) => [episode.id, episode]));
  for (const { id, kind, about } of drafts.all().filter((draft) => listing.includes(draft.kind))) {
    const before = new Set(listed(about));
    const episodes = [...before].filter((episode) => {
      const found = kept.get(episode);
      return found !== undefined && (kind !== "reminder" || found.acked === undefined);
    });
    // Those that are owed their first word with it are known also where they are too many to be listed.
    const beyond = matters.filter(({ teller, episode }) => teller === id && !before.has(episode.id));
    const off = before.size - episodes.length + beyond.filter(({ episode }) => !kept.has(episode.id)).length;
    if (about.kind === "some" && off > 0) {
      retell(drafts, id, { ...about, episodes, total: about.total - off });
    }
  }
}

function retell(drafts: Drafts, id: string, about: Extract<About, { kind: "some" }>): void {
  if (about.total <= 0) {
    drafts.drop(id);
  } else {
    drafts.say(id, about);
  }
}

/** What a notice says that lists these as well, all of which are open. */
export function listedWith(draft: Draft | undefined, more: readonly Matter[], matters: readonly Matter[]): About {
  const about = draft?.about;
  const before = new Set(about === undefined ? [] : listed(about));
  const added = new Set(more.map(({ episode }) => episode.id));
  const all = matters.map(({ episode }) => episode).filter(({ id }) => before.has(id) || added.has(id));
  // Beyond those that are listed nobody knows which they were.
  const beyond = about?.kind === "some" ? Math.max(0, about.total - before.size) : 0;
  const episodes = all.toSorted(worstFirst).slice(0, mostListed);
  return { kind: "some", episodes: episodes.map(({ id }) => id), total: all.length + beyond };
}

/** Counts anew what points at notices that were never tried; drops those at which nothing does. */
export function countPointers(matters: readonly Matter[], drafts: Drafts): void {
  const open = Map.groupBy(matters.filter(isOpen), ({ episode }) => episode.notice);
  for (const { id } of drafts.all().filter(({ kind }) => pointedAt.includes(kind))) {
    const episodes = (open.get(id) ?? []).map(({ episode }) => episode);
    if (episodes.length === 0) {
      drafts.drop(id);
    } else {
      drafts.say(id, counted(episodes));
    }
  }
}
