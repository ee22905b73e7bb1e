import type { Episode } from "../episode.ts";
import type { Drafts } from "./drafts.ts";
import { listedWith } from "./lists.ts";
import { changed, type Matter, type Scanned } from "./matter.ts";

/** When what is told now is told again, by steady time; undefined for never. */
export function toldAt({ rules, now }: Scanned): Episode["remindAt"] {
  return rules.repeat > 0 ? now.steady + rules.repeat : undefined;
}

/**
 * Tells again what lasts and was told before: in one notice that which was muted and is not any more, in another that of which a
 * reminder is due. What was acknowledged is not told again.
 */
export function tellLasting(matters: readonly Matter[], drafts: Drafts, scanned: Scanned): void {
  const lasting = matters.filter(
    ({ was, step, muted, observation, episode }) =>
      was?.notice !== undefined &&
      episode.notice !== undefined &&
      step.kind === "last" &&
      observation === "risk" &&
      !muted,
  );
  const quiet = lasting.filter(({ episode }) => episode.quiet);
  const unmuted = quiet.filter(({ episode }) => episode.acked === undefined);
  list("unmuted", unmuted, matters, drafts);
  for (const matter of quiet) {
    matter.episode = { ...matter.episode, quiet: false, remindAt: toldAt(scanned) };
  }
  remind(
    lasting.filter(({ was }) => was?.quiet !== true),
    matters,
    drafts,
    scanned,
  );
}

function remind(lasting: readonly Matter[], matters: readonly Matter[], drafts: Drafts, scanned: Scanned): void {
  const { rules, now, gap } = scanned;
  if (rules.repeat <= 0 || gap <= 0) {
    // Without time between them it is the same scan once more.
    return;
  }
  // Reminders were switched on since it was told.
  const unset = lasting.filter(({ episode }) => episode.remindAt === undefined);
  const due = lasting.filter(
    // What comes back is counted as told again; a reminder of it waits for the next scan.
    ({ was, episode }) =>
      was?.state === "told" && episode.acked === undefined && (episode.remindAt ?? now.steady + 1) <= now.steady,
  );
  // What is still owed its first word needs no second one.
  list(
    "reminder",
    due.filter(({ teller }) => teller === undefined),
    matters,
    drafts,
  );
  for (const matter of [...unset, ...due]) {
    matter.episode = changed(matter.episode, { remindAt: toldAt(scanned) });
  }
}

function list(kind: "unmuted" | "reminder", more: readonly Matter[], matters: readonly Matter[], drafts: Drafts): void {
  if (more.length === 0) {
    return;
  }
  const draft = drafts.latest([kind]);
  const about = listedWith(draft, more, matters);
  if (draft === undefined) {
    drafts.make(kind, about);
  } else {
    drafts.say(draft.id, about);
  }
}
