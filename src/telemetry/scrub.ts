const longestDetail = 300;
/** Longer inputs are cut before any pattern runs over them. */
const longestInput = 4_000;
/** A known secret that is shorter would blank out ordinary words. */
const shortestSecret = 4;

/** In this order: the first ones swallow what the later ones would only see in pieces. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // The HTTP client of Alibaba's SDK puts "POST https://… failed." behind the system's words without a blank.
  [/(?<=\S)(GET|POST) (?=https?:\/\/)/g, ": $1 "],
  // What the server signed holds the whole request, parameters and key included, in plain or percent-encoded form.
  [/(?:server\s+)?(?:string[\s_-]*to[\s_-]*sign|canonical[\s_-]*request)[\s\S]*/gi, "[removed]"],
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "[address]"],
  [/\/?\?\S*=\S*/g, "[query]"],
  [
    /\b(x-acs-[a-z-]*(?:token|id|signature-nonce)|access-?key-?(?:id|secret)?|security-?token|signature(?:-?nonce)?|credential|authorization|secret|password|token)\b["']?\s*(?:=|:|%3D|%3A)\s*["']?[^\s"',;&]+/gi,
    "$1=[removed]",
  ],
  [/\bLTAI[0-9A-Za-z]{6,}/g, "[removed]"],
  [/\bSTS\.[0-9A-Za-z]{6,}/g, "[removed]"],
  // Signatures, tokens and encoded diagnostics are long runs without a blank; a request id has 36 characters.
  [/[0-9A-Za-z+/=_%.~-]{40,}/g, "[removed]"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, "[address]"],
];

/** `input` cut to what is looked at; the word that the cut went through is dropped, it may be half a secret. */
function head(input: string): string {
  return input.length <= longestInput ? input : input.slice(0, longestInput).replace(/\S*$/, "");
}

/**
 * Words of the API, the SDK or the system, fit for a log and a card: one line of at most 300 characters without access
 * keys, signatures, tokens, addresses, queries and signed texts. `secrets` are values that must not appear whatever
 * they look like. Undefined when nothing is left.
 */
export function scrub(input: string | undefined, secrets: readonly string[]): string | undefined {
  if (input === undefined) return undefined;
  let text = head(input);
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    for (const form of [secret, encodeURIComponent(secret.toWellFormed())]) text = text.replaceAll(form, "[removed]");
  }
  for (const [pattern, replacement] of patterns) text = text.replace(pattern, replacement);
  const line = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  if (line === "") return undefined;
  return line.length <= longestDetail ? line : `${line.slice(0, longestDetail - 1).toWellFormed()}…`;
}
