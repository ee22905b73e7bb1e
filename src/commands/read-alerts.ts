import { nothingMore, unknownChoice } from "./choice.ts";
import { type Command, muteTimes } from "./command.ts";
import { durationOf } from "./duration.ts";
import { gatherAll } from "./gather.ts";
import { findKey, takes } from "./keys.ts";
import { isOutline, type Outline, type Read } from "./problem.ts";
import { narrowedBy } from "./read-runtimes.ts";
import { everythingOr, readTarget } from "./target.ts";
import { bareWord, type Token } from "./token.ts";
import { alertsWords, findAlertsWord, findPreview } from "./words.ts";

/** `/alerts` and what follows it; alone, it asks how the watch is doing. */
export function readAlerts(tokens: readonly Token[], text: string): Read<Command> {
  const [first, ...rest] = tokens;
  if (first === undefined) {
    return { kind: "alerts-status" };
  }
  const word = bareWord(first);
  const subcommand = word === undefined ? undefined : findAlertsWord(word);
  switch (subcommand) {
    case "on":
      return readOn(rest, text);
    case "off":
    case "status":
    case "test":
      return nothingMore(rest, text) ?? { kind: `alerts-${subcommand}` };
    case "show":
      return readShow(rest, text);
    case "ack":
    case "unmute":
      return readQuiet(subcommand, rest, text);
    case "mute":
      return readMute(rest, text);
    case undefined:
      return unknownWord(first, text);
  }
}

/** Filters without a word before them most likely are those of a watch. */
function unknownWord(token: Token, text: string): Outline {
  const key = token.key && findKey(token.key.text);
  const meant = isPreview(token) || (key !== undefined && takes("alerts-on", key));
  const outline = unknownChoice("/alerts", alertsWords, token, text);
  return meant ? { ...outline, nearest: `on ${text.slice(token.start, token.end)}` } : outline;
}

function readOn(tokens: readonly Token[], text: string): Read<Command> {
  const others = tokens.filter((token) => !isPreview(token));
  const gathered = gatherAll("alerts-on", others, text);
  return isOutline(gathered)
    ? gathered
    : { kind: "alerts-on", ...narrowedBy(gathered), preview: others.length < tokens.length };
}

/** `preview`, or `--preview` as people write what has no value. */
function isPreview(token: Token): boolean {
  const word = token.key === undefined || token.values.length > 0 ? bareWord(token) : token.key.text;
  return word !== undefined && findPreview(word) !== undefined;
}

function readShow(tokens: readonly Token[], text: string): Read<Command> {
  const read = readTarget(tokens, text, "alert", "alerts-show");
  return isOutline(read) ? read : { kind: "alerts-show", alert: read.target, page: Number(read.options.page ?? "1") };
}

function readQuiet(word: "ack" | "unmute", tokens: readonly Token[], text: string): Read<Command> {
  const read = readTarget(tokens, text, word === "ack" ? "runtime-or-alert" : "runtime-or-all");
  return isOutline(read) ? read : { kind: `alerts-${word}`, target: everythingOr(read.target) };
}

function readMute(tokens: readonly Token[], text: string): Read<Command> {
  const read = readTarget(tokens, text, "runtime-or-all", "alerts-mute");
  if (isOutline(read)) {
    return read;
  }
  const time = durationOf(read.options.for ?? "") ?? muteTimes.usual;
  return { kind: "alerts-mute", target: everythingOr(read.target), for: time };
}
