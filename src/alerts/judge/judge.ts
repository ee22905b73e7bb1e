import { noticeId } from "../ids.ts";
import type { Change } from "../memory.ts";
import { tellBegins } from "./begins.ts";
import { createDrafts, type Drafts } from "./drafts.ts";
import { hush, tellEnds } from "./ends.ts";
import { clearLists, countPointers } from "./lists.ts";
import { type Matter, mattersOf, type Scanned } from "./matter.ts";
import { scanRow, soundSetups } from "./observe.ts";
import { tellLasting } from "./reminders.ts";
import { judgeSight, type SightOptions } from "./sight.ts";

export { endedSince } from "./earlier.ts";

/** What one scan of a watch is judged by. */
export interface Judged extends SightOptions {
  /** Milliseconds between this watch's last scan and this one, by steady time; 0 where there was none. */
  readonly gap: number;
  /** Ten characters that no other call brings. */
  readonly newId: () => string;
}

/**
 * What a scan changes for one watch; without a sighting no scan was possible, and only how long that has lasted is judged. By one
 * scan a chat is told at most once what it did not know to be at risk, in one message what lasts although a mute is over, in one
 * reminder what lasts, and in one each what is over and what came and went.
 */
export function judge(judged: Judged): Change {
  const { state, sighting, now, newId } = judged;
  const { watch } = state;
  const drafts = createDrafts({ watch, untried: state.untried, now, newNoticeId: () => noticeId(newId) });
  // Until the present state was told, only a complete scan says what it is.
  const priming = !watch.primed && sighting?.complete === true;
  const counts = sighting !== undefined && (watch.primed || priming);
  const matters = counts ? judgeScan({ ...judged, sighting, priming }, drafts) : [];
  const sight = judgeSight(judged, drafts);
  return {
    watch: watch.id,
    revision: watch.revision,
    scan: sighting && scanRow(watch.id, sighting, state.open, now),
    episodes: matters.filter(({ was, episode }) => episode !== was).map(({ episode }) => episode),
    ...drafts.outcome(),
    stale: counts ? staleOf(matters, judged) : [],
    patch: { ...(priming ? { primed: true } : {}), ...sight },
    setups: sighting === undefined ? [] : soundSetups(sighting),
  };
}

function judgeScan(scanned: Scanned, drafts: Drafts): readonly Matter[] {
  const matters = mattersOf(scanned);
  clearLists(matters, drafts);
  hush(matters, scanned);
  tellEnds(matters, drafts, scanned);
  tellBegins(matters, drafts, scanned);
  if (!scanned.priming) {
    tellLasting(matters, drafts, scanned);
  }
  countPointers(matters, drafts);
  return matters;
}

/** The notices whose cards may have been sent, and show what is not so any more. */
function staleOf(matters: readonly Matter[], { state }: Judged): readonly string[] {
  const untried = new Set(state.untried.map(({ id }) => id));
  const cards = matters.flatMap(({ was, step, episode, past }) => {
    const over = step.kind === "end" || (was?.notice !== undefined && was.notice !== episode.notice);
    const spoken = was?.quiet === true && !episode.quiet;
    return [
      ...(over || spoken ? [was?.notice] : []),
      // It is shown on the card of the time before.
      ...(step.kind === "tell" && episode.notice !== undefined && episode.notice === past.notice ? [past.notice] : []),
    ];
  });
  return [...new Set(cards)].filter((id): id is string => id !== undefined && !untried.has(id)).sort();
}
