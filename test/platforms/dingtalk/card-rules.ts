import { z } from "zod";
import { parseJson } from "../json.ts";
import { hasTable, readMarkdown } from "./markdown.ts";

/** Bytes of a value and of a key of `cardParamMap`. */
const valueBytes = 2500;
const keyBytes = 100;

/** A button of the public template with markdown and buttons. */
const words = z.string().min(1);
const asking = z.strictObject({
  text: words,
  color: z.string().optional(),
  id: words,
  request: z.literal(true),
  // Which of both ids a callback brings is not documented: a good card says the same in both places.
  params: z.object({ id: words }).catchall(z.string()),
});
const opening = z.strictObject({
  text: words,
  color: z.string().optional(),
  url: z.string().regex(/^(?:https|dingtalk):\/\//),
});
const full = z.strictObject({
  order: z.array(z.string()).optional(),
  msgButtons: z.array(z.union([asking, opening])),
});

/** A button of a card, as people see it. */
export interface CardButton {
  readonly label: string;
  /** Undefined where it opens an address. */
  readonly id: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly url: string | undefined;
}

/** What can be pressed on a card with these variables; nothing where its buttons cannot be read. */
export function buttonsOf(params: Readonly<Record<string, string>>): readonly CardButton[] {
  const read = full.safeParse(parseJson(params.sys_full_json_obj ?? ""));
  if (!read.success) return [];
  return read.data.msgButtons.map((button) =>
    "url" in button
      ? { label: button.text, id: undefined, params: {}, url: button.url }
      : { label: button.text, id: button.id, params: button.params, url: undefined },
  );
}

/**
 * What DingTalk would refuse of a card's variables or not show, or what this product does not allow itself. Empty for a good
 * card.
 */
export function checkCard(params: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(params).flatMap(([key, value]) => [
    ...(Buffer.byteLength(key) > keyBytes ? [`${key.slice(0, 20)}…: a key of more than ${keyBytes} bytes`] : []),
    ...(typeof value === "string" ? checkValue(key, value) : [`${key}: ${typeof value} and no string`]),
  ]);
}

function checkValue(key: string, value: string): readonly string[] {
  const bytes = Buffer.byteLength(value);
  return [
    ...(bytes > valueBytes ? [`${key}: ${bytes} bytes, at most ${valueBytes}`] : []),
    ...(value.isWellFormed() ? [] : [`${key}: half of a character`]),
    // Line breaks are markdown; other control characters, and marks that turn the direction of writing, are somebody's trick.
    ...(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(value.replaceAll("\n", ""))
      ? [`${key}: a control character`]
      : []),
    ...(key === "sys_full_json_obj" ? checkButtons(value) : checkText(key, value)),
  ];
}

const allowedTag = /^<(?:\/?font|font(?: (?:color|sizeToken)=[#\w."-]+)+|br ?\/?)>$/i;

function checkText(key: string, value: string): readonly string[] {
  const { tags, links, images } = readMarkdown(value);
  return [
    ...(hasTable(value) ? [`${key}: a table, which phones do not show`] : []),
    ...tags.filter((tag) => !allowedTag.test(tag)).map((tag) => `${key}: the tag ${tag}`),
    ...links
      .filter(({ url }) => /^dtmd:/i.test(url))
      .map(() => `${key}: a dtmd link, which works in messages and not on cards`),
    ...images
      .filter(({ url }) => !/^(?:https:\/\/|@)/.test(url))
      .map(() => `${key}: a picture that is neither an https address nor a media id`),
  ];
}

function checkButtons(value: string): readonly string[] {
  const read = full.safeParse(parseJson(value));
  if (!read.success)
    return read.error.issues.map(({ path, message }) => `sys_full_json_obj.${path.join(".")}: ${message}`);
  const buttons = read.data.msgButtons;
  const ids = buttons.flatMap((button) => ("id" in button ? [button.id] : []));
  const labels = buttons.map(({ text }) => text);
  return [
    ...(new Set(ids).size < ids.length ? ["sys_full_json_obj: two buttons of the same id"] : []),
    ...(new Set(labels).size < labels.length ? ["sys_full_json_obj: two buttons of the same label"] : []),
    ...buttons
      .filter((button) => "id" in button && button.id !== button.params.id)
      .map(({ text }) => `sys_full_json_obj: the button "${text}" says two ids`),
  ];
}
