import type { Colour } from "../../../src/cards/index.ts";
import { clip, plain } from "../../../src/platform/index.ts";
import { textColours } from "../palette.ts";

/** Invisible, and between two characters that would mean something together, they do not. */
const joiner = "\u200d";

/** The characters of markdown in cards and messages (document "Markdown 变量"), of mentions and of addresses. */
const special = /[\\`*_{}[\]()#+\-.!<>~|@&:/]/g;
/** Where an address begins that clients make a link of. */
const address = /(?<=:)(?=\/\/)|(?<=\bwww)(?=\.)/gi;

/** Words and numbers with what stands between them in names, counts and commands: nothing in it is markup or an address. */
const harmless = /^(?!.*\/\/)[\p{L}\p{N}/](?:[\p{L}\p{N} ·=,/]|(?<=[\p{L}\p{N}=])-(?=[\p{L}\p{N}]))*…?$/u;

/** A plain text for markdown: it shows the same characters, and is neither markup nor a mention nor a link. */
export function escaped(text: string): string {
  return harmless.test(text) ? text : unmentioned(text).replace(address, joiner).replace(special, "\\$&");
}

/** An @ in any of its widths that begins a word, as it does in mentions and not in the middle of an address of mail. */
const mention = /(?<![\p{L}\p{N}])[@＠﹫]/gu;

/** A command for markdown. What is shown can be copied: but for what would call somebody, nothing is in it unseen. */
export function copyable(text: string): string {
  return harmless.test(text) ? text : text.replace(mention, `$&${joiner}`).replace(special, "\\$&");
}

const lookAlikes: Readonly<Record<string, string>> = {
  "\\": "＼",
  "`": "｀",
  "*": "＊",
  _: "＿",
  "{": "｛",
  "}": "｝",
  "[": "［",
  "]": "］",
  "#": "＃",
  "<": "＜",
  ">": "＞",
  "~": "～",
  "|": "｜",
  "&": "＆",
};

/**
 * A plain text for a place of which is not known what it takes for markup, as a title, a notification, and whatever an
 * operator's template does with a variable: look-alikes stand for what could be markup there.
 */
export function inert(text: string): string {
  return unmentioned(text)
    .replace(/[\\`*_{}[\]#<>~|&]/g, (mark) => lookAlikes[mark] ?? "")
    .replaceAll("://", "：／／")
    .replace(address, joiner)
    .replace(/(?<=[\p{L}\p{N}]\.)(?=\p{L})/gu, joiner)
    .replace(/^(?=[-+=]|\d+[.)])/, joiner);
}

/** A plain text for a button, which knows no markup but may meet one on its way. */
export function buttonText(text: string): string {
  return unmentioned(text).replaceAll("<", "＜").replaceAll(">", "＞");
}

function unmentioned(text: string): string {
  return text.replace(/ {2,}/g, " ").replace(/([@＠﹫])\u200d?/g, `$1${joiner}`);
}

/** Somebody's text as plain text of at most `limit` UTF-16 units, without blanks around it. */
export function oneLine(text: string, limit: number): string {
  return clip(plain(text.slice(0, 4 * limit)).trim(), limit);
}

/** `content` is markdown. */
export function coloured(content: string, colour: Colour | undefined): string {
  return colour === undefined || content === "" ? content : `<font color=${textColours[colour]}>${content}</font>`;
}

/** `content` is markdown. The size is one of the document "Markdown 变量": 12 px on all devices. */
export function small(content: string, sized: boolean): string {
  const size = sized ? " sizeToken=common_footnote_text_style__font_size" : "";
  return `<font color=${textColours.grey}${size}>${content}</font>`;
}

/** `content` is markdown. */
export function bold(content: string): string {
  return `**${content}**`;
}
