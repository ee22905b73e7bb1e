import { type Command, limits } from "./command.ts";
import { findKey } from "./keys.ts";
import { nearestWord } from "./nearest.ts";
import type { Outline } from "./problem.ts";
import type { Token } from "./token.ts";

const targetKeys = ["id", "name", "编号", "名称"];

/** The runtime after `show`: a name or an id, with blanks in it or behind `id=` or `name=` as well. */
export function readTarget(tokens: readonly Token[], text: string): Command | Outline {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) {
    return { kind: "missing-target", span: { start: text.length, end: text.length } };
  }
  const words: string[] = [];
  for (const token of tokens) {
    const word = readWord(token, token === first, text);
    if (typeof word !== "string") {
      return word;
    }
    words.push(word);
  }
  const target = words.filter((word) => word !== "").join(" ");
  const span = { start: first.start, end: last.end };
  if (target === "") {
    return { kind: "missing-target", span };
  }
  return target.length > limits.valueLength
    ? { kind: "value-too-long", limit: limits.valueLength, span }
    : { kind: "show", target };
}

function readWord(token: Token, isFirst: boolean, text: string): string | Outline {
  if (token.key === undefined) {
    return token.values[0]?.text ?? "";
  }
  const key = findKey(token.key.text);
  if (key === undefined) {
    const nearest = nearestWord(token.key.text, targetKeys);
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
