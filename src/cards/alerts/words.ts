import { clip, lengths } from "../clip.ts";
import type { NoticeView } from "../desk-answer.ts";
import { wordFor } from "../parts.ts";
import type { Texts } from "../texts/index.ts";

/** Why a scan is not complete, in words; a reason that is none of ours as it came. */
export function troubleText(reason: string, texts: Texts): string {
  return (wordFor(reason, texts.watches.troubles) ?? clip(reason, lengths.cell)) || texts.words.unknown;
}

/** What a notice was about, in words. */
export function noticeWord({ kind }: Pick<NoticeView, "kind">, texts: Texts): string {
  return wordFor(kind, texts.watches.notices) ?? clip(kind, lengths.label);
}
