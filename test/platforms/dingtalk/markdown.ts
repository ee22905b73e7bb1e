// A small reader of DingTalk's markdown: enough to say what people would see of a text, and what of it they could press.

export interface Link {
  readonly text: string;
  readonly url: string;
}

type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link" | "image"; readonly text: string; readonly url: string }
  /** As it is written, with its brackets. */
  | { readonly kind: "tag"; readonly text: string }
  /** Marks of emphasis, headings and quotes: people see none of it. */
  | { readonly kind: "mark" };

/** What a backslash may stand before (CommonMark, "Backslash escapes"). */
const punctuation = /^[!-/:-@[-`{-~]$/;
const tag = /^<\/?[A-Za-z][^<>]*>/;
const autolink = /^<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>/;
/** Addresses that become links by themselves. */
const bare = /^(?:[a-z]+:\/\/|www\.)[^\s<>()[\]\\*`]+/i;
const lineStart = /^(?: {0,3}(?:#{1,6} +|> ?))+/;
const entity = /^&(?:lt|gt|amp|quot|nbsp|#\d{1,6});/;
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: " " };

function entityText(written: string): string {
  const name = written.slice(1, -1);
  return name.startsWith("#") ? String.fromCodePoint(Number(name.slice(1))) : (entities[name] ?? written);
}

/** The index after the bracket that closes the one at `from`, or -1. */
function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "\\") at += 1;
    else if (letter === open) depth += 1;
    else if (letter === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** `[text](url)` at `from`, where the first bracket stands. */
function bracketed(text: string, from: number): { readonly link: Link; readonly end: number } | undefined {
  const middle = closing(text, from, "[", "]");
  if (middle < 0 || text[middle] !== "(") return undefined;
  const end = closing(text, middle, "(", ")");
  if (end < 0) return undefined;
  const target = text.slice(middle + 1, end - 1).trim();
  const url = /^<([^<>]*)>/.exec(target)?.[1] ?? target.split(/\s/)[0] ?? "";
  return { link: { text: plainOf(text.slice(from + 1, middle - 1)), url: unescaped(url) }, end };
}

function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

interface Step {
  readonly token: Token;
  readonly end: number;
}

function bracketStep(text: string, at: number): Step | undefined {
  const image = text.startsWith("![", at);
  if (!image && text[at] !== "[") return undefined;
  const found = bracketed(text, image ? at + 1 : at);
  return found && { token: { kind: image ? "image" : "link", ...found.link }, end: found.end };
}

function tagStep(text: string, at: number): Step | undefined {
  const rest = text.slice(at, at + 2000);
  const url = autolink.exec(rest)?.[1];
  if (url !== undefined) return { token: { kind: "link", text: url, url }, end: at + url.length + 2 };
  const written = tag.exec(rest)?.[0];
  return written === undefined ? undefined : { token: { kind: "tag", text: written }, end: at + written.length };
}

function codeStep(text: string, at: number): Step | undefined {
  const ticks = /^`+/.exec(text.slice(at))?.[0] ?? "";
  const end = text.indexOf(ticks, at + ticks.length);
  if (end < 0) return undefined;
  return { token: { kind: "text", text: text.slice(at + ticks.length, end).trim() }, end: end + ticks.length };
}

/** Underscores inside of a word are letters. */
function isMark(text: string, at: number): boolean {
  const letter = text[at] ?? "";
  if (letter === "*" || letter === "~") return true;
  return letter === "_" && !(/[\p{L}\p{N}]/u.test(text[at - 1] ?? "") && /[\p{L}\p{N}]/u.test(text[at + 1] ?? ""));
}

/** Letters that are never markup, where no address can begin among them. */
const ordinary = /[\p{L}\p{N} ,;·]+/uy;

function runStep(text: string, at: number): Step | undefined {
  ordinary.lastIndex = at;
  const run = ordinary.exec(text)?.[0];
  return run === undefined ? undefined : { token: { kind: "text", text: run }, end: at + run.length };
}

function addressStep(text: string, at: number): Step | undefined {
  const begins = !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "");
  const url = begins ? bare.exec(text.slice(at, at + 2000))?.[0] : undefined;
  return url === undefined ? undefined : { token: { kind: "link", text: url, url }, end: at + url.length };
}

function step(text: string, at: number, hasAddress: boolean): Step {
  const letter = text[at] ?? "";
  const next = text[at + 1] ?? "";
  if (letter === "\\" && punctuation.test(next)) return { token: { kind: "text", text: next }, end: at + 2 };
  const start = at === 0 || text[at - 1] === "\n" ? lineStart.exec(text.slice(at, at + 20))?.[0] : undefined;
  if (start !== undefined) return { token: { kind: "mark" }, end: at + start.length };
  const special =
    (letter === "[" || letter === "!" ? bracketStep(text, at) : undefined) ??
    (letter === "<" ? tagStep(text, at) : undefined) ??
    (letter === "`" ? codeStep(text, at) : undefined) ??
    (hasAddress ? addressStep(text, at) : runStep(text, at));
  if (special !== undefined) return special;
  if (isMark(text, at)) return { token: { kind: "mark" }, end: at + 1 };
  const written = letter === "&" ? entity.exec(text.slice(at, at + 10))?.[0] : undefined;
  if (written !== undefined) return { token: { kind: "text", text: entityText(written) }, end: at + written.length };
  return { token: { kind: "text", text: letter }, end: at + 1 };
}

/** What there is to see of a text. */
export interface Read {
  /** What can be pressed: links, and addresses that become links by themselves. */
  readonly links: readonly Link[];
  /** Pictures: their words and their addresses or media ids. */
  readonly images: readonly Link[];
  /** Tags as they are written: `<font color=#d92d20>`. */
  readonly tags: readonly string[];
  /**
   * What people read: escapes resolved, marks and tags dropped, `<br>` a line break, of a link its words, of a picture
   * nothing.
   */
  readonly plain: string;
}

/** Reads a text once for all that it holds. */
export function readMarkdown(text: string): Read {
  const links: Link[] = [];
  const images: Link[] = [];
  const tags: string[] = [];
  let plain = "";
  const hasAddress = /:\/\/|www\./i.test(text);
  for (let at = 0; at < text.length; ) {
    const { token, end } = step(text, at, hasAddress);
    at = end;
    if (token.kind === "text" || token.kind === "link") plain += token.text;
    else if (token.kind === "tag" && /^<br\b/i.test(token.text)) plain += "\n";
    if (token.kind === "link") links.push({ text: token.text, url: token.url });
    else if (token.kind === "image") images.push({ text: token.text, url: token.url });
    else if (token.kind === "tag") tags.push(token.text);
  }
  return { links, images, tags, plain };
}

export const linksOf = (text: string): readonly Link[] => readMarkdown(text).links;
export const imagesOf = (text: string): readonly Link[] => readMarkdown(text).images;
export const tagsOf = (text: string): readonly string[] => readMarkdown(text).tags;

export function plainOf(text: string): string {
  return readMarkdown(text).plain;
}

/**
 * Names that a text would call: an @ with a letter or digit after it. A backslash before the @ is not relied on, as no
 * document says that it helps; a blank or a joiner after it is.
 */
export function mentionsOf(text: string): readonly string[] {
  return plainOf(text).match(/[@＠][\p{L}\p{N}_][\p{L}\p{N}_.-]*/gu) ?? [];
}

/** Whether a text has a table, by the line under its head. */
export function hasTable(text: string): boolean {
  const lines = text.split(/\n|<br\s*\/?>/i);
  return lines.some((line, index) => {
    const divides = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(line) && line.includes("|");
    return divides && index > 0 && /(?<!\\)\|/.test(lines[index - 1] ?? "");
  });
}
