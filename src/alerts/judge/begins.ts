import { counted, type Draft, type Drafts, listed } from "./drafts.ts";
import { listedWith, mostListed, pointedAt } from "./lists.ts";
import { isOpen, type Matter, type Scanned } from "./matter.ts";
import { toldAt } from "./reminders.ts";

/** What is told for the first time by this scan: what is new, and what was muted from its beginning and is not any more. */
interface Firsts {
  readonly fresh: readonly Matter[];
  readonly owed: readonly Matter[];
}

/**
 * Tells in one notice all that is told for the first time by this scan, whatever it is:
 *
 * - the `summary` or `firing` notice that was not tried yet, if there is one;
 * - `summary` for the present state;
 * - `unmuted` where a mute has kept all of it back;
 * - `again` where all of it stood on one card a short time ago, and is not too much to be listed;
 * - `firing` otherwise. An `again` notice that was not tried yet gives way to it, so that what is owed does not grow.
 *
 * A notice that was not tried is not joined where a later one tells what is over: a risk that came back would be told before its
 * last end, and whoever reads the chat from top to bottom would take that for the last word.
 */
export function tellBegins(matters: readonly Matter[], drafts: Drafts, scanned: Scanned): void {
  const lasts = (matter: Matter) => matter.observation === "risk" && !matter.muted && matter.episode.state === "told";
  const untold = matters.filter((one) => lasts(one) && one.step.kind === "last" && one.episode.notice === undefined);
  const fresh = matters.filter((one) => lasts(one) && one.step.kind === "tell");
  const firsts = {
    // What was not muted and has no notice all the same is told as if it were new.
    fresh: [...fresh, ...untold.filter(({ episode }) => !episode.quiet)],
    owed: untold.filter(({ episode }) => episode.quiet),
  };
  const all = [...firsts.fresh, ...firsts.owed];
  if (all.length === 0) {
    return;
  }
  const told = { quiet: false, remindAt: toldAt(scanned) };
  const again = againOf(firsts, drafts);
  if (again !== undefined && !scanned.priming && drafts.latest(pointedAt, lastEnd(drafts)) === undefined) {
    const { draft, target } = again;
    const about = listedWith(draft, all, matters);
    if (draft === undefined) {
      drafts.make("again", about, target);
    } else {
      drafts.say(draft.id, about);
    }
    point(all, target, told);
    return;
  }
  const { id, kind, order } = noticeFor(firsts, drafts, scanned);
  point(all, id, told);
  if (kind === "unmuted") {
    drafts.say(id, listedWith(drafts.get(id), all, matters));
  } else if (order === Number.POSITIVE_INFINITY) {
    takeOver(id, matters, drafts);
  }
}

function point(matters: readonly Matter[], notice: string, told: Pick<Matter["episode"], "quiet" | "remindAt">): void {
  for (const matter of matters) {
    matter.episode = { ...matter.episode, ...told, notice };
  }
}

function noticeFor({ fresh }: Firsts, drafts: Drafts, { priming }: Scanned): Draft {
  const after = lastEnd(drafts);
  const begun = drafts.latest(pointedAt, after);
  if (begun !== undefined) {
    return begun;
  }
  if (priming || fresh.length > 0) {
    return drafts.make(priming ? "summary" : "firing", counted([]));
  }
  return drafts.latest(["unmuted"], after) ?? drafts.make("unmuted", { kind: "some", episodes: [], total: 0 });
}

/** The order of the last notice that was not tried yet and tells what is over; what this scan made comes last in any case. */
function lastEnd(drafts: Drafts): number {
  const ends = drafts
    .all()
    .filter(({ kind, order }) => ["resolved", "passed"].includes(kind) && Number.isFinite(order));
  return Math.max(Number.NEGATIVE_INFINITY, ...ends.map(({ order }) => order));
}

/** The card that told all of these the time before, and the notice that is to change it where there is one already. */
function againOf(
  { fresh, owed }: Firsts,
  drafts: Drafts,
): { readonly draft: Draft | undefined; readonly target: string } | undefined {
  const [target, ...others] = new Set(fresh.map(({ past }) => past.notice));
  const draft = drafts.latest(["again"]);
  // What was not tried yet is no card that could be changed.
  if (target === undefined || others.length > 0 || owed.length > 0 || drafts.get(target) !== undefined) {
    return undefined;
  }
  const joins = draft !== undefined && draft.target === target && draft.order > lastEnd(drafts);
  const fits = fresh.length + (draft === undefined ? 0 : listed(draft.about).length) <= mostListed;
  return fits && (draft === undefined || joins) ? { draft, target } : undefined;
}

/** What an `again` notice that was not tried yet would tell is told with what is new. */
function takeOver(notice: string, matters: readonly Matter[], drafts: Drafts): void {
  const again = drafts.latest(["again"]);
  if (again === undefined) {
    return;
  }
  for (const matter of matters.filter((one) => one.teller === again.id && isOpen(one) && !one.muted)) {
    matter.episode = { ...matter.episode, notice };
  }
  drafts.drop(again.id);
}
