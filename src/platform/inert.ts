const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Control characters, and what cannot be seen: marks of direction, joiners of words, tags. Emoji keep what holds them together. */
const hidden = /[[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\ufe0e\ufe0f]]/gv;
/** Languages stack up to three marks on a letter; piles of them cover the lines around. */
const pile = /(\p{M}{3})\p{M}+/gu;
/** Most texts have nothing of all that: one look tells. */
const harmless =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0391-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3001-\u3029\u3030-\u3098\u309b-\u312f\u4e00-\u9fff\uff01-\uff5e]*$/;

/**
 * Somebody's text as a platform may show it where it knows no markup: one line, without control characters and marks of
 * direction, whole characters only.
 */
export function plain(text: string): string {
  return harmless.test(text)
    ? text
    : text.toWellFormed().replace(lineBreaks, " ").replace(hidden, "").replace(pile, "$1");
}

/** The text's beginning, at most `limit` UTF-16 units, with an ellipsis where something is missing. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const head = text.slice(0, Math.max(0, limit - 1));
  return `${/[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head}…`;
}
