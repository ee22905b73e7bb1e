import { clip } from "../clip.ts";
import type { NoticeView, WhyEpisode, WhyNext } from "../desk-views.ts";
import type { Texts } from "../texts/index.ts";
import type { Times } from "../times.ts";
import { among } from "./alerted.ts";
import { noticeWord } from "./words.ts";

type Observed = WhyEpisode["observed"];

const mostRuns = 8;
const mostNotices = 6;
/** UTF-16 units of why a notice did not arrive. */
const reasonLength = 120;

/** What the last scans saw, latest first; those one after the other that saw the same are told together. */
export function observedText(observed: Observed, { time }: Times, texts: Texts): string | undefined {
  const runs = runsOf(observed);
  const { why } = texts;
  const shown = runs.slice(0, mostRuns).map(({ what, from, to, count }) => {
    const word = why.observation[what];
    const [first, last] = [time(from), time(to)];
    return count === 1 ? `${last} ${word}` : why.scans(first === last ? last : `${first}–${last}`, word, count);
  });
  return shown.length === 0 ? undefined : `${shown.join(" · ")}${runs.length > mostRuns ? " · …" : ""}`;
}

interface Run {
  readonly what: keyof Texts["why"]["observation"];
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function runsOf(observed: Observed): readonly Run[] {
  const runs: Run[] = [];
  for (const { at, complete, observation } of observed) {
    const what = !complete && observation === "unknown" ? "incomplete" : observation;
    const last = runs.at(-1);
    if (last?.what === what) runs[runs.length - 1] = { ...last, from: at, count: last.count + 1 };
    else runs.push({ what, from: at, to: at, count: 1 });
  }
  return runs;
}

/** What was sent, or is owed. */
export function noticesText(notices: readonly NoticeView[], times: Times, texts: Texts): string {
  if (notices.length === 0) {
    return texts.why.noNotice;
  }
  const shown = notices.slice(0, mostNotices).map((notice) => noticeText(notice, times, texts));
  return `${shown.join(" · ")}${notices.length > mostNotices ? " · …" : ""}`;
}

function noticeText(notice: NoticeView, { time }: Times, texts: Texts): string {
  const { why } = texts;
  const { state, attempts, madeAt, sentAt } = notice;
  const what = noticeWord(notice, texts);
  const message = notice.message && clip(notice.message, among);
  const reason = notice.reason && clip(notice.reason, reasonLength);
  switch (state) {
    case "sent":
      return why.delivered(what, time(sentAt ?? madeAt), message);
    case "owed":
      return why.owed(what, time(madeAt), attempts, reason);
    case "dropped":
      return why.dropped(what, time(madeAt));
    case "failed":
      return why.failed(what, time(madeAt), attempts, reason);
  }
}

/** What would have to happen for the next notice. */
export function nextText(next: WhyNext, { time }: Times, { alerts, why, watches }: Texts): string {
  switch (next.kind) {
    case "held":
      return why.held(alerts.duration(next.left));
    case "owed":
      return why.owedNext(next.nextAt === undefined ? undefined : time(next.nextAt));
    case "reminder":
      return why.reminder(time(next.at));
    case "end-only":
      return why.endOnly;
    case "muted":
      return why.mutedNext(time(next.until), next.acked);
    case "not-listed":
      return why.notListed(next.scansLeft);
    case "over":
      return why.over;
    case "paused":
      return watches.stands[next.why];
  }
}
