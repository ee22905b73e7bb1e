import { distance } from "fastest-levenshtein";

/** A word without what people leave out or mistype for free: case, `-`, `_` and blanks; full-width letters are narrow. */
export function foldWord(word: string): string {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[-_\s]/g, "");
}

/**
 * The candidate that a person most likely meant, or undefined when none is near: a third of its letters may differ, one
 * always may in words of three letters and more. A word that begins like exactly one candidate is near to that one.
 */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const folded = foldWord(word.slice(0, 64));
  if (folded === "") {
    return undefined;
  }
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const target = foldWord(candidate);
    const far = distance(folded, target);
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
