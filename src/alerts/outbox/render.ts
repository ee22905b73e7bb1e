import type { Answer } from "../../cards/index.ts";
import type { AlertViews, Viewing } from "../alert-views.ts";
import type { About, DigestAbout, Notice } from "../notice.ts";

/** What a notice says, as whoever set it up may see it now; undefined when there is nothing left to say. */
export type RenderNotice = (notice: Notice, viewing: Omit<Viewing, "page">) => Promise<Answer | undefined>;

export interface RenderOptions {
  readonly views: AlertViews;
  readonly zone: string;
  /** Wall time. */
  readonly now: () => number;
}

/** A digest that comes so much after its time says so, milliseconds. */
const late = 2 * 60_000;

export function createRenderNotice({ views, zone, now }: RenderOptions): RenderNotice {
  return async (notice, viewing) => {
    const { about } = notice;
    switch (about.kind) {
      case "episodes":
      case "some":
        return notice.kind === "resolved"
          ? views.over(notice, { ...viewing, page: 1 })
          : views.alert(notice, { ...viewing, page: 1 });
      case "digest":
        return digestOf(about, now());
      default:
        return messageOf(about, zone);
    }
  };
}

function messageOf(about: Exclude<About, { kind: "episodes" | "some" | "digest" }>, zone: string): Answer {
  switch (about.kind) {
    case "blind":
      return { ...about, zone };
    case "sight":
      return { ...about, zone };
    case "paused":
      return { kind: "watch-paused", why: about.why, filter: about.filter };
    case "budget":
      return about;
    case "test":
      return { kind: "alert-test", zone, by: about.by, at: about.at };
  }
}

function digestOf({ slot, zone, filter, summary, last, skipped }: DigestAbout, now: number): Answer {
  const behind = now - slot;
  const minutes = behind > late ? Math.round(behind / 60_000) : 0;
  return { kind: "digest", slot, zone, filter, late: minutes, summary, last, skipped };
}
