import type { Card, ChartBlock } from "../../src/cards/index.ts";

/** A card as the public template of DingTalk takes it, and a template of the operator's own. */
export interface Rendered {
  /** The values of the template's variables, `cardParamMap`. The picture is not in it yet: see `withPicture`. */
  readonly params: Readonly<Record<string, string>>;
  /** All that can be pressed. Ids are unique on the card, and so are labels. */
  readonly buttons: readonly CardButton[];
  /** The charts that a picture may show, as `drawPicture` takes them; empty for none. */
  readonly picture: readonly ChartBlock[];
  /** Whether every row is there, and every button to turn pages and to refresh. */
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

/** The card in the variables of a template. Never throws. */
export function renderDingTalk(card: Card): Rendered {
  const { title } = card.header;
  return { params: { title, markdown: "", tips: "" }, buttons: [], picture: [], whole: false, title, summary: title };
}

/** The variables with an uploaded picture of the card's charts above what the colours mean. */
export function withPicture(
  params: Readonly<Record<string, string>>,
  _mediaId: string,
): Readonly<Record<string, string>> {
  return params;
}

/**
 * The card as a message of markdown, where no card can be delivered: buttons are links that send their command.
 *
 * @param limit bytes of the message's JSON text, `{"title":…,"text":…}`
 */
export function renderMarkdown(card: Card, _limit: number): MarkdownMessage {
  return { title: card.header.title, text: "" };
}
