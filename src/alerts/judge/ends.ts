import type { Episode } from "../episode.ts";
import type { NoticeKind } from "../notice.ts";
import type { Drafts } from "./drafts.ts";
import { counted, countedWith, listed } from "./drafts.ts";
import { isTold, type Matter, type Scanned } from "./matter.ts";

/**
 * Takes what is muted out of notices that were never tried: it is owed a word when the mute ends. What was acknowledged is owed
 * one only if nobody was told. What a notice tells that was tried in vain is told by that one when the mute ends.
 */
export function hush(matters: readonly Matter[], { state }: Scanned): void {
  const trying = new Set(state.tried.flatMap(({ id, about }) => [id, ...listed(about)]));
  const isTried = ({ id, notice }: Episode) => trying.has(id) || (notice !== undefined && trying.has(notice));
  for (const matter of matters.filter((one) => one.muted && isTold(one) && !isTried(one.episode))) {
    const untold = matter.teller !== undefined || matter.episode.notice === undefined;
    if (matter.teller !== undefined) {
      matter.episode = { ...matter.episode, notice: undefined, remindAt: undefined };
    }
    if ((untold || matter.episode.acked === undefined) && !matter.episode.quiet) {
      matter.episode = { ...matter.episode, quiet: true };
    }
  }
}

/**
 * Tells what is over: in one notice that, and in another what came and went without having been told, if it was there for more
 * than an interval: its notice was not tried, was given up, or is refused by the platform. What is muted, or was so from its
 * beginning, ends without a word.
 */
export function tellEnds(matters: readonly Matter[], drafts: Drafts, { rules, now, state }: Scanned): void {
  const ended = matters.filter(({ step }) => step.kind === "end");
  const refused = new Set(state.refused);
  const isMissed = ({ teller, episode: { notice, quiet } }: Matter) =>
    teller !== undefined || (notice === undefined ? !quiet : refused.has(notice));
  const missed = ended.filter(isMissed);
  const heard = ended.filter((matter) => !isMissed(matter) && matter.episode.notice !== undefined);
  for (const matter of missed) {
    matter.episode = { ...matter.episode, notice: undefined };
  }
  const loud = (matter: Matter) => !matter.muted;
  const passed = missed.filter(loud).filter(({ episode }) => now.steady - episode.beganAt > rules.interval);
  const passedIn = tellIn("passed", passed, drafts);
  for (const matter of passed) {
    matter.episode = { ...matter.episode, notice: passedIn, endNotice: passedIn };
  }
  const over = rules.resolved ? heard.filter(loud) : [];
  const overIn = tellIn("resolved", over, drafts);
  for (const matter of over) {
    matter.episode = { ...matter.episode, endNotice: overIn };
  }
}

/** The one notice of a kind that is not tried yet, with these as well; undefined where there is nothing to tell. */
function tellIn(kind: NoticeKind, matters: readonly Matter[], drafts: Drafts): string | undefined {
  const episodes: readonly Episode[] = matters.map(({ episode }) => episode);
  if (episodes.length === 0) {
    return undefined;
  }
  const draft = drafts.latest([kind]);
  if (draft === undefined) {
    return drafts.make(kind, counted(episodes)).id;
  }
  drafts.say(draft.id, countedWith(draft.about, episodes));
  return draft.id;
}
