import process from "node:process";
import type { AskFormat } from "./ask-call.ts";
import type { Card } from "./cards/index.ts";
import type { Config, TerminalHints } from "./config/index.ts";

/** What a format can hold, and how it is printed. */
export interface Format {
  readonly fits: (card: Card) => boolean;
  readonly show: (card: Card) => string;
}

/** Loads what one format needs, and nothing of the others. */
export async function openFormat(
  format: AskFormat,
  config: Config,
  hints: Omit<TerminalHints, "locale">,
): Promise<Format> {
  if (format === "lark") {
    const { renderLark } = await import("../adapters/lark/index.ts");
    return { fits: (card) => renderLark(card).whole, show: (card) => renderLark(card).content };
  }
  if (format === "dingtalk") {
    const { cardBody, renderDingTalk, templateOf } = await import("../adapters/dingtalk/index.ts");
    const { cardTemplateId } = config.channels.dingtalk;
    const render = (card: Card) => renderDingTalk(card, templateOf(cardTemplateId));
    return {
      fits: (card) => render(card).whole,
      show: (card) => JSON.stringify(cardBody(render(card).params, cardTemplateId)),
    };
  }
  const { colourWanted, renderJson, renderText } = await import("../adapters/terminal/index.ts");
  const { isTTY, columns } = process.stdout;
  const style = { width: isTTY ? columns : 120, colour: colourWanted({ isTerminal: isTTY === true, ...hints }) };
  return { fits: () => true, show: format === "json" ? renderJson : (card) => renderText(card, style) };
}
