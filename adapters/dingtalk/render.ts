import { type Card, withInner } from "../../src/cards/index.ts";
import { fullest } from "../../src/platform/index.ts";
import type { Pictured } from "./palette.ts";
import { type Body, drawBody } from "./render/body.ts";
import { chooseButtons, drawButtons } from "./render/buttons.ts";
import { startOfLegend } from "./render/legend.ts";
import { renderLimits } from "./render/limits.ts";
import { drawLinks } from "./render/links.ts";
import { escaped, oneLine } from "./render/markup.ts";
import { type Plan, plans } from "./render/plans.ts";
import { variablesOf } from "./render/variables.ts";
import { renderTextsOf } from "./texts.ts";

/** Whose the template is: an operator's own may have variables that the public one does not know. */
export type Template = "public" | "own";

/** A card as the public template of DingTalk takes it, or a template of the operator's own. */
export interface Rendered {
  /** The values of the template's variables, `cardParamMap`. The picture is not in it yet: see `withPicture`. */
  readonly params: Readonly<Record<string, string>>;
  /** All that can be pressed. Ids are unique on the card, and so are labels. */
  readonly buttons: readonly CardButton[];
  /** The charts that a picture may show, as `drawPicture` takes them; empty for none. */
  readonly picture: readonly Pictured[];
  /** Whether every row is there and tells what it is of and how that is, and every button to turn pages and to refresh. */
  readonly whole: boolean;
  /** Plain texts for notifications and the list of chats. */
  readonly title: string;
  readonly summary: string;
}

export interface CardButton {
  readonly id: string;
  readonly label: string;
  readonly command: string;
}

/** A card as a message of markdown. */
export interface MarkdownMessage {
  readonly title: string;
  readonly text: string;
}

/**
 * The card in the variables of a template. Whatever it holds, each value is one that DingTalk takes: what does not fit is
 * shortened, then left out, the least needed first, and the card says so. Foreign text is shown and nothing else. Never throws.
 */
export function renderDingTalk(card: Card, template: Template = "own"): Rendered {
  const { buttons, fewer, unsteered } = chooseButtons(card);
  const { json, msgButtons, pressable } = drawButtons(buttons);
  const body = fullestBody(card, (plan) => {
    const drawn = drawBody(card, plan, "card", fewer);
    const picture = drawn.pictured.length > 0 ? renderLimits.picture : 0;
    return Buffer.byteLength(drawn.markdown) + picture <= renderLimits.value ? drawn : undefined;
  });
  const { title, summary, ...others } = variablesOf(card);
  const markdown = body?.markdown ?? escaped(renderTextsOf(card.locale).tooLarge);
  return {
    params: {
      ...{ title, markdown, tips: "", sys_full_json_obj: json },
      ...(template === "own" && { msgButtons, state: card.header.colour, ...others }),
    },
    buttons: pressable.map(({ id, label, command }) => ({ id, label, command })),
    picture: body?.pictured ?? [],
    whole: body !== undefined && body.leftOut.rows === 0 && !body.leftOut.vague && !unsteered,
    title,
    summary,
  };
}

/** Drawn by the mildest plan that fits; undefined when not even the least fits. */
function fullestBody({ blocks }: Card, attempt: (plan: Plan) => Body | undefined): Body | undefined {
  const rows = [...withInner(blocks)].reduce((sum, one) => sum + (one.kind === "table" ? one.rows.length : 0), 0);
  return fullest(plans, rows, attempt);
}

/**
 * The variables with an uploaded picture of the card's charts above what its colours mean; without it where its id is none.
 *
 * @param mediaId what the platform calls the picture
 */
export function withPicture(
  params: Readonly<Record<string, string>>,
  mediaId: string,
): Readonly<Record<string, string>> {
  const { markdown = "" } = params;
  const place = startOfLegend(markdown);
  if (place < 0 || mediaId.length > renderLimits.mediaId || !/^[\w@$./:=-]+$/.test(mediaId)) {
    return params;
  }
  const pictured = `${markdown.slice(0, place)}![](${mediaId})\n\n${markdown.slice(place)}`;
  return Buffer.byteLength(pictured) <= renderLimits.value ? { ...params, markdown: pictured } : params;
}

/**
 * The card as a message of markdown, where no card can be delivered: buttons are links that send their command. Never throws.
 *
 * @param limit bytes of the message's JSON text, `{"title":…,"text":…}`
 */
export function renderMarkdown(card: Card, limit: number): MarkdownMessage {
  const { buttons, fewer } = chooseButtons(card);
  const { title } = variablesOf(card);
  const fits = (text: string) => Buffer.byteLength(JSON.stringify({ title, text })) <= limit;
  const heading = `#### ${escaped(oneLine(card.header.title, renderLimits.title)) || "–"}`;
  const body = fullestBody(card, (plan) => {
    const { links, missing } = drawLinks(buttons, plan.linked);
    const drawn = drawBody(card, plan, "message", fewer || missing);
    const paragraphs = [heading, drawn.markdown, links].filter((one) => one !== "");
    const markdown = paragraphs.join("\n\n");
    return fits(markdown) ? { ...drawn, markdown } : undefined;
  });
  const texts = [body?.markdown, `${heading}\n\n${escaped(renderTextsOf(card.locale).tooLarge)}`, heading];
  return { title, text: texts.find((text) => text !== undefined && fits(text)) ?? "" };
}
