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

const doubleQuotes = '"＂“”„‟「」『』';
const singleQuotes = "'＇‘’‚‛";
const commas = ",，、";
const separators = "=＝:：";

// Blanks of every width, and control characters, which are nothing else to a reader.
const blank = /[\s\p{Cc}]/u;
// What is not seen at all: zero-width and directional marks that come along when text is copied.
const invisible = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/;

/** Splits a text into tokens, in one pass. Full-width signs are the same as half-width ones. */
export function tokenise(text: string): Tokens {
  const cursor: Cursor = { text, at: 0, unclosed: undefined };
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
  while (cursor.at < cursor.text.length && (blank.test(peek(cursor)) || invisible.test(peek(cursor)))) {
    cursor.at += 1;
  }
}

function readToken(cursor: Cursor): Token {
  const start = cursor.at;
  const dashed = readDashes(cursor);
  const first = readPiece(cursor, separators);
  if (!first.quoted && readSeparator(cursor)) {
    const values = readValues(cursor);
    return { start, end: Math.max(cursor.at, endOf(values)), key: first, values };
  }
  if (dashed) {
    skipBlanks(cursor);
    const values = beginsAnother(cursor) ? [] : readValues(cursor);
    return { start, end: Math.max(first.end, endOf(values)), key: first, values };
  }
  return { start, end: cursor.at, key: undefined, values: first.text === "" ? [] : [first] };
}

/** The sign between a key and its values; keyboards like to put blanks around it. */
function readSeparator(cursor: Cursor): boolean {
  const before = cursor.at;
  skipBlanks(cursor);
  if (!isOneOf(separators, peek(cursor))) {
    cursor.at = before;
    return false;
  }
  cursor.at += 1;
  const after = cursor.at;
  skipBlanks(cursor);
  if (cursor.at !== after && beginsAnother(cursor)) {
    cursor.at = after;
  }
  return true;
}

function endOf(values: readonly Piece[]): number {
  return values.at(-1)?.end ?? 0;
}

/** `--`, also as the dash that keyboards make of it. */
function readDashes(cursor: Cursor): boolean {
  const dashes = /^(--|－－|—|–)(?=[^\s\d-])/u.exec(cursor.text.slice(cursor.at, cursor.at + 4))?.[0];
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
    if (!isOneOf(commas, peek(cursor))) {
      return values;
    }
    cursor.at += 1;
    const resume = cursor.at;
    skipBlanks(cursor);
    if (cursor.at !== resume && beginsAnother(cursor)) {
      cursor.at = resume;
      return values;
    }
  }
}

/** Whether what follows is a key of its own (or nothing) and not one more value of a list. */
function beginsAnother(cursor: Cursor): boolean {
  const ahead: Cursor = { text: cursor.text, at: cursor.at, unclosed: undefined };
  if (ahead.at >= ahead.text.length || readDashes(ahead)) {
    return true;
  }
  const piece = readPiece(ahead, separators + commas);
  return !piece.quoted && isOneOf(separators, peek(ahead));
}

/** Reads up to a blank or one of `stops`; a quote at the beginning takes everything up to its end. */
function readPiece(cursor: Cursor, stops: string): Piece {
  const start = cursor.at;
  const quotes = [doubleQuotes, singleQuotes].find((set) => isOneOf(set, peek(cursor)));
  let text = quotes === undefined ? "" : readQuoted(cursor, quotes);
  while (cursor.at < cursor.text.length) {
    const character = peek(cursor);
    if (blank.test(character) || isOneOf(stops, character)) {
      break;
    }
    text += invisible.test(character) ? "" : character;
    cursor.at += 1;
  }
  return { text, start, end: cursor.at, quoted: quotes !== undefined };
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
    if (character === "\\" && cursor.at < cursor.text.length) {
      text += peek(cursor);
      cursor.at += 1;
    } else {
      text += character;
    }
  }
  cursor.unclosed = { start, end: cursor.text.length };
  return text;
}
