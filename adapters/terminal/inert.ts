/** What has no width of its own but changes what is around it: joiners, variation selectors, bidirectional marks, tags. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/gu;
const blank = /[\p{Zs}--\u{3000}]/gv;
/** Languages stack up to three marks on a letter; piles of them cover the lines around. */
const pile = /(\p{M}{3})\p{M}+/gu;

/**
 * Somebody's text as one line that can do nothing to a terminal: control characters and line breaks become visible
 * symbols, characters without a width of their own are left out. What is harmless stays as it is.
 */
export function inert(text: string): string {
  return text
    .replace(invisible, "")
    .replace(unsafe, symbolFor)
    .replace(blank, " ")
    .normalize("NFC")
    .replace(pile, "$1");
}

function symbolFor(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) {
    return String.fromCodePoint(0x2400 + code);
  }
  if (code === 0x7f) {
    return "␡";
  }
  return code === 0x2028 || code === 0x2029 || code === 0x85 ? "␊" : "�";
}
