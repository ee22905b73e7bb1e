import { distance } from "fastest-levenshtein";

/** A word without what people leave out or mistype for free: case, `-`, `_` and blanks; full-width letters are narrow. */
export function foldWord(word: string): string {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[-_\s]/g, "");
}

/** No word that means something is longer; folding what is would take time for nothing. */
const longest = 64;

/** What a word means, given by folded words. */
export function lookUp<Meaning>(meanings: ReadonlyMap<string, Meaning>, word: string): Meaning | undefined {
  return word.length > longest ? undefined : meanings.get(foldWord(word));
}

/** Whether one of some words begins as what is typed. */
export function begins(typed: string, ...words: readonly string[]): boolean {
  const folded = typed.length > longest ? undefined : foldWord(typed);
  return folded !== undefined && words.some((word) => foldWord(word).startsWith(folded));
}

/**
 * The candidate that a person most likely meant, or undefined when none is near: a third of its letters may differ, one
 * always may in words of three letters and more. A word that begins like exactly one candidate is near to that one.
 */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const folded = word.length > longest ? "" : foldWord(word);
  if (folded === "") {
    return undefined;
  }
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const target = foldWord(candidate);
    const far = swapped(folded, target) ? 1 : distance(folded, target);
    const allowed = Math.max(target.length >= 3 ? 1 : 0, Math.floor(target.length / 3));
    if (far <= allowed && (best === undefined || far < best.distance)) {
      best = { candidate, distance: far };
    }
  }
  if (best !== undefined) {
    return best.candidate;
  }
  const beginning = candidates.filter((candidate) => foldWord(candidate).startsWith(folded));
  return folded.length >= 2 && beginning.length === 1 ? beginning[0] : undefined;
}

/** Whether two words differ in two neighbours that changed places: one slip of the fingers, though two letters differ. */
function swapped(word: string, target: string): boolean {
  let at = 0;
  while (at < word.length && word[at] === target[at]) {
    at += 1;
  }
  const [before, behind] = [word.slice(0, at), word.slice(at + 2)];
  return at + 1 < word.length && target === before + word.charAt(at + 1) + word.charAt(at) + behind;
}
