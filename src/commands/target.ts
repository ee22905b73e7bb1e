import { everything, limits, muteTimes } from "./command.ts";
import { durationOf } from "./duration.ts";
import { type Gathered, gather, missingValue } from "./filters.ts";
import { wordOf } from "./gather.ts";
import { findKey, isOption } from "./keys.ts";
import { nearestWord } from "./nearest.ts";
import { optionsOf, type Taker } from "./options.ts";
import type { Outline, Read, Target } from "./problem.ts";
import type { Token } from "./token.ts";
import { everythingWord } from "./words.ts";

const targetKeys = ["id", "name", "编号", "名称"];

/** What a command is asked about. */
export interface Targeted {
  readonly target: string;
  readonly options: Gathered["options"];
}

/**
 * What stands after `show` and the like: a name or an id, with blanks in it or behind `id=` or `name=` as well.
 *
 * @param what the target is, for people
 * @param taker whose options may stand before or behind it; undefined for none
 */
export function readTarget(tokens: readonly Token[], text: string, what: Target, taker?: Taker): Read<Targeted> {
  const options = tokens.filter((token) => isOptionOf(taker, token));
  const words = tokens.filter((token) => !isOptionOf(taker, token));
  let gathered: Gathered = { filters: {}, options: {} };
  for (const token of options) {
    const key = token.key && findKey(token.key.text);
    const next = taker === undefined || key === undefined ? gathered : gather(taker, gathered, key, token);
    if ("span" in next) {
      return next;
    }
    gathered = next;
  }
  const stray = strayWord(tokens, words, text);
  if (stray !== undefined) {
    return stray;
  }
  const bare = taker === "alerts-mute" ? bareDuration(words, text) : undefined;
  const target = bare ?? readWords(words, text, what, taker === undefined ? [] : optionsOf[taker]);
  return typeof target === "string" ? { target, options: gathered.options } : target;
}

function isOptionOf(taker: Taker | undefined, token: Token): boolean {
  const key = token.key && findKey(token.key.text);
  return taker !== undefined && key !== undefined && isOption(key) && optionsOf[taker].includes(key);
}

/** A word that is parted from the others by an option: it belongs to nothing. */
function strayWord(tokens: readonly Token[], words: readonly Token[], text: string): Outline | undefined {
  const [first] = words;
  const from = first === undefined ? 0 : tokens.indexOf(first);
  const stray = words.find((word, index) => tokens[from + index] !== word);
  return stray && { kind: "unknown-word", word: wordOf(stray, text), span: stray };
}

/** A duration that lost its key, or the key its duration: `mute agent-017 2h`, `… for 2h`, `… for`. */
function bareDuration(words: readonly Token[], text: string): Outline | undefined {
  const last = words.at(-1);
  const before = words.at(-2);
  if (last === undefined || before === undefined || last.key !== undefined || last.values[0]?.quoted) {
    return undefined;
  }
  const word = wordOf(last, text);
  if (findKey(word) === "for") {
    return missingValue("for", last);
  }
  const duration = durationOf(word);
  if (duration === undefined || duration < muteTimes.least || duration > muteTimes.most) {
    return undefined;
  }
  const named = words.length > 2 && before.key === undefined && findKey(wordOf(before, text)) === "for";
  return {
    kind: "unknown-word",
    word,
    span: { start: named ? before.start : last.start, end: last.end },
    nearest: `for=${word}`,
  };
}

function readWords(tokens: readonly Token[], text: string, what: Target, options: readonly string[]): string | Outline {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) {
    return { kind: "missing-target", target: what, span: { start: text.length, end: text.length } };
  }
  const words: string[] = [];
  for (const token of tokens) {
    const word = readWord(token, token === first, text, options);
    if (typeof word !== "string") {
      return word;
    }
    words.push(word);
  }
  const target = words.filter((word) => word !== "").join(" ");
  const span = { start: first.start, end: last.end };
  if (target === "") {
    return { kind: "missing-target", target: what, span };
  }
  return target.length > limits.valueLength ? { kind: "value-too-long", limit: limits.valueLength, span } : target;
}

function readWord(token: Token, isFirst: boolean, text: string, options: readonly string[]): string | Outline {
  if (token.key === undefined) {
    return token.values[0]?.text ?? "";
  }
  const key = findKey(token.key.text);
  if (key === undefined) {
    const nearest = nearestWord(token.key.text, isFirst ? targetKeys : [...targetKeys, ...options]);
    // A name may have a colon or an equals sign in it.
    return nearest === undefined
      ? text.slice(token.start, token.end)
      : { kind: "unknown-key", word: token.key.text, span: token.key, nearest };
  }
  if (!isFirst || (key !== "id" && key !== "name")) {
    return { kind: "key-elsewhere", key, span: token };
  }
  return token.values.length > 1 ? { kind: "one-value", key, span: token } : (token.values[0]?.text ?? "");
}

/** A target that stands for all of them, however that is written; or the target itself. */
export function everythingOr(target: string): string {
  const word = target.length > 10 ? "" : target.normalize("NFKC").trim().toLowerCase();
  return [everythingWord.name, ...everythingWord.aliases].some((one) => one === word) ? everything : target;
}
