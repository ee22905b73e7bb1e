import { clip, lengths } from "../clip.ts";
import type { NoticeView } from "../desk-views.ts";
import { wordFor } from "../parts.ts";
import type { Texts } from "../texts/index.ts";

/** Why a scan is not complete, in words; a reason that is none of ours as it came. */
export function troubleText(reason: string, texts: Texts): string {
  return (wordFor(reason, texts.watches.troubles) ?? clip(reason, lengths.cell)) || texts.words.unknown;
}

/** UTF-16 units of a person's id that people still tell at a glance, and how many are shown of a longer one. */
const ids = { whole: 12, shown: 10 } as const;

/** Who did something, by the id on the platform: of a long one its beginning, which is enough to tell people of a chat apart. */
export function personText(id: string): string {
  return id.length > ids.whole ? clip(id, ids.shown + 1) : id || "–";
}

/** What a notice was about, in words. */
export function noticeWord({ kind }: Pick<NoticeView, "kind">, texts: Texts): string {
  return wordFor(kind, texts.watches.notices) ?? clip(kind, lengths.label);
}
