/** A stretch of a text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of a token without its quotes. */
export interface Piece extends Span {
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * A word of a command. `key=value`, `key:value` and `--key value` are one token with a key; `word` is a token without one.
 */
export interface Token extends Span {
  readonly key: Piece | undefined;
  /** The values after the key, or the word itself as the only one. Empty pieces are left out. */
  readonly values: readonly Piece[];
}

export type Tokens =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly unclosed: Span };

/** The first word of a command. */
export interface Head extends Span {
  readonly text: string;
  /** Where the rest begins. */
  readonly next: number;
}

const doubleQuotes = '"＂“”„‟「」『』';
const singleQuotes = "'＇‘’‚‛";
const commas = ",，、";
const equals = "=＝";
const colons = ":：";
const separators = equals + colons;
/** What a backslash inside quotes takes as it is. Before anything else it is a backslash, as in `DOMAIN\user`. */
const escapable = `${doubleQuotes}${singleQuotes}\\[`;

const wideBlank = /[\s\p{Cc}]/u;
// What is not seen at all: zero-width and directional marks that come along when text is copied. The joiners U+200C and
// U+200D are not among them: emoji and whole languages are written with them.
const wideInvisible = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/;

/** Blanks of every width, and control characters, which are nothing else to a reader. */
function isBlank(character: string): boolean {
  return character <= " " || (character > "~" && wideBlank.test(character));
}

function isInvisible(character: string): boolean {
  return character > "~" && wideInvisible.test(character);
}

function separates(character: string): boolean {
  return isBlank(character) || isInvisible(character);
}

/** Where the last character that is seen ends; 0 when there is none. */
export function endOfContent(text: string): number {
  let end = text.length;
  while (end > 0 && separates(text.charAt(end - 1))) {
    end -= 1;
  }
  return end;
}

/** A text without the blanks and the invisible marks around it. */
export function trimBlanks(text: string): string {
  const end = endOfContent(text);
  let start = 0;
  while (start < end && separates(text.charAt(start))) {
    start += 1;
  }
  return text.slice(start, end);
}

/** Reads the first word of a text; a colon or a comma after it, as in `/runtimes: status=Running`, belongs to nobody. */
export function readHead(text: string): Head {
  const cursor: Cursor = { text, at: 0, unclosed: undefined };
  skipBlanks(cursor);
  const start = cursor.at;
  const word = readBare(cursor, separators + commas);
  const end = cursor.at;
  return { text: word, start, end, next: isOneOf(colons + commas, peek(cursor)) ? end + 1 : end };
}

/** Splits a text into tokens from a place on, in one pass. Full-width signs are the same as half-width ones. */
export function tokenise(text: string, from = 0): Tokens {
  const cursor: Cursor = { text, at: from, unclosed: undefined };
  const tokens: Token[] = [];
  for (;;) {
    skipBlanks(cursor);
    if (cursor.at >= text.length) {
      break;
    }
    tokens.push(readToken(cursor));
    if (cursor.unclosed !== undefined) {
      return { ok: false, unclosed: cursor.unclosed };
    }
  }
  return { ok: true, tokens };
}

/** The word of a token that is nothing but a word, as those of the grammar are: no key, no quotes. */
export function bareWord(token: Token | undefined): string | undefined {
  const word = token?.key === undefined ? token?.values[0] : undefined;
  return word === undefined || word.quoted ? undefined : word.text;
}

interface Cursor {
  readonly text: string;
  at: number;
  unclosed: Span | undefined;
}

function peek(cursor: Cursor): string {
  return cursor.text.charAt(cursor.at);
}

function isOneOf(characters: string, character: string): boolean {
  return character !== "" && characters.includes(character);
}

function skipBlanks(cursor: Cursor): void {
  while (cursor.at < cursor.text.length && separates(peek(cursor))) {
    cursor.at += 1;
  }
}

function readToken(cursor: Cursor): Token {
  const start = cursor.at;
  const dashed = readDashes(cursor);
  const first = readPiece(cursor, separators);
  if (!first.quoted && readSeparator(cursor)) {
    const values = readValues(cursor);
    return { start, end: cursor.at, key: first, values };
  }
  if (dashed) {
    const end = cursor.at;
    skipBlanks(cursor);
    if (!beginsAnother(cursor)) {
      const values = readValues(cursor);
      return { start, end: cursor.at, key: first, values };
    }
    cursor.at = end;
    return { start, end, key: first, values: [] };
  }
  return { start, end: cursor.at, key: undefined, values: first.text === "" ? [] : [first] };
}

/** The sign between a key and its values, also written twice; keyboards like to put blanks around it. */
function readSeparator(cursor: Cursor): boolean {
  const before = cursor.at;
  skipBlanks(cursor);
  if (!isOneOf(separators, peek(cursor))) {
    cursor.at = before;
    return false;
  }
  cursor.at += 1;
  if (isOneOf(equals, peek(cursor))) {
    cursor.at += 1;
  }
  skipToValue(cursor);
  return true;
}

/** Goes over blanks to the value behind them; stays where no value follows. */
function skipToValue(cursor: Cursor): boolean {
  const before = cursor.at;
  skipBlanks(cursor);
  if (cursor.at !== before && beginsAnother(cursor)) {
    cursor.at = before;
    return false;
  }
  return true;
}

/** `--`, also as the dash that keyboards make of it. */
function readDashes(cursor: Cursor): boolean {
  if (!isOneOf("-－—–", peek(cursor))) {
    return false;
  }
  const ahead = cursor.text.slice(cursor.at, cursor.at + 4);
  const dashes = /^(--|－－|——|—|–)(?=[^\s\d=＝:：-])/u.exec(ahead)?.[1];
  cursor.at += dashes?.length ?? 0;
  return dashes !== undefined;
}

function readValues(cursor: Cursor): readonly Piece[] {
  const values: Piece[] = [];
  for (;;) {
    const piece = readPiece(cursor, commas);
    if (piece.text !== "" || piece.quoted) {
      values.push(piece);
    }
    const end = cursor.at;
    skipBlanks(cursor);
    if (!isOneOf(commas, peek(cursor))) {
      cursor.at = end;
      return values;
    }
    cursor.at += 1;
    if (!skipToValue(cursor)) {
      return values;
    }
  }
}

// A key, known or not, so that a misspelled one is told and not taken for a value. `09:00` is none.
const keyLike = /^[\p{L}_-][\p{L}\p{M}\p{N}_-]*$/u;

/** Whether what follows is a key of its own (or nothing) and not a value. */
function beginsAnother(cursor: Cursor): boolean {
  const ahead: Cursor = { text: cursor.text, at: cursor.at, unclosed: undefined };
  if (ahead.at >= ahead.text.length || readDashes(ahead)) {
    return true;
  }
  const piece = readPiece(ahead, separators + commas);
  if (piece.quoted || !keyLike.test(piece.text)) {
    return false;
  }
  skipBlanks(ahead);
  return isOneOf(separators, peek(ahead));
}

/** Reads up to a blank or one of `stops`; a quote at the beginning takes everything up to its end. */
function readPiece(cursor: Cursor, stops: string): Piece {
  const start = cursor.at;
  const quotes = [doubleQuotes, singleQuotes].find((set) => isOneOf(set, peek(cursor)));
  const inside = quotes === undefined ? "" : readQuoted(cursor, quotes);
  const text = inside + readBare(cursor, stops);
  return { text, start, end: cursor.at, quoted: quotes !== undefined };
}

function readBare(cursor: Cursor, stops: string): string {
  let text = "";
  while (cursor.at < cursor.text.length) {
    const character = peek(cursor);
    if (isBlank(character) || isOneOf(stops, character)) {
      break;
    }
    text += isInvisible(character) ? "" : character;
    cursor.at += 1;
  }
  return text;
}

function readQuoted(cursor: Cursor, quotes: string): string {
  const start = cursor.at;
  let text = "";
  cursor.at += 1;
  while (cursor.at < cursor.text.length) {
    const character = peek(cursor);
    cursor.at += 1;
    if (isOneOf(quotes, character)) {
      return text;
    }
    if (character === "\\" && isOneOf(escapable, peek(cursor))) {
      text += peek(cursor);
      cursor.at += 1;
    } else {
      text += character;
    }
  }
  cursor.unclosed = { start, end: cursor.text.length };
  return text;
}
