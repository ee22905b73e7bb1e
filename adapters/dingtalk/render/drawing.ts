import { type Block, type Card, type Locale, withInner } from "../../../src/cards/index.ts";
import { clip, plain } from "../../../src/platform/index.ts";
import type { Pictured } from "../palette.ts";
import { type RenderTexts, renderTextsOf } from "../texts.ts";
import type { Plan } from "./plans.ts";

/** What markdown stands in: the variable of a card, or a message, which has no pictures and breaks its lines otherwise. */
export type Medium = "card" | "message";

/** What had to be left out of a card. */
export interface LeftOut {
  texts: boolean;
  readonly columns: Set<string>;
  sections: boolean;
  entries: boolean;
  rows: number;
  /** Whether there are rows that do not tell any more what they are of, or how it is. */
  vague: boolean;
  buttons: boolean;
  /** Whether a button is among them without which a list cannot be walked. */
  steering: boolean;
}

/** One attempt at drawing a card: what it may use, and what it has used and left out so far. */
export interface Drawing {
  readonly plan: Plan;
  readonly card: Card;
  readonly locale: Locale;
  readonly texts: RenderTexts;
  /** Between two lines of a paragraph. */
  readonly lineBreak: string;
  readonly leftOut: LeftOut;
  /** The charts of the picture, as much of each as the legend explains. */
  readonly pictured: Pictured[];
  rows: number;
}

// A line break of its own is a blank in cards (document "Markdown 变量"), and in messages where no blanks are around it.
const lineBreaks: Readonly<Record<Medium, string>> = { card: "<br>", message: "  \n  " };

export function createDrawing(card: Card, plan: Plan, medium: Medium): Drawing {
  const { locale } = card;
  return {
    ...{ plan: medium === "card" ? plan : { ...plan, sizes: false, charts: 0 }, card, locale },
    ...{ texts: renderTextsOf(locale), lineBreak: lineBreaks[medium], pictured: [], rows: 0 },
    leftOut: {
      ...{ texts: false, columns: new Set<string>(), sections: false, entries: false },
      ...{ rows: 0, vague: false, buttons: false, steering: false },
    },
  };
}

/** Notes that a block was left out, with whatever was in it. Its buttons are not: they stand below the text. */
export function leaveOut(block: Block, { leftOut }: Drawing): void {
  leftOut.sections = true;
  for (const inner of withInner([block])) if (inner.kind === "table") leftOut.rows += inner.rows.length;
}

/** Somebody's text as plain text of a length that is allowed; a dash stands for a text that shows nothing. */
export function shown(text: string, limit: number, { leftOut }: Pick<Drawing, "leftOut">): string {
  const whole = plain(text.length > 4 * limit ? text.slice(0, 4 * limit) : text).trim();
  if (whole.length > limit || text.length > 4 * limit) {
    leftOut.texts = true;
    return clip(whole, limit) || "–";
  }
  return whole === "" ? "–" : whole;
}
