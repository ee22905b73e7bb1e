import { type Block, type Card, type Locale, steers, withInner } from "../../../src/cards/index.ts";
import { clip, plain } from "../../../src/platform/index.ts";
import { type LarkTexts, larkTextsOf } from "../texts.ts";
import type { Plan } from "./plans.ts";

/** What had to be left out of a card. */
export interface LeftOut {
  texts: boolean;
  readonly columns: Set<string>;
  menus: boolean;
  sections: boolean;
  entries: boolean;
  rows: number;
  buttons: boolean;
  /** Whether a button is among them without which a list cannot be walked. */
  steering: boolean;
}

/** One attempt at drawing a card: what it may use, and what it has used and left out so far. */
export interface Drawing {
  readonly plan: Plan;
  readonly locale: Locale;
  readonly texts: LarkTexts;
  readonly leftOut: LeftOut;
  /** What a press on a row runs, of all rows, and those of them that a picker of the card offers as well. */
  readonly rowCommands: ReadonlySet<string>;
  readonly picked: ReadonlySet<string>;
  tables: number;
  charts: number;
  rows: number;
}

export function createDrawing(card: Card, plan: Plan): Drawing {
  const rowCommands = new Set<string>();
  const picked = new Set<string>();
  for (const block of withInner(card.blocks)) {
    if (block.kind === "table")
      for (const { command } of block.rows) if (command !== undefined) rowCommands.add(command);
    if (block.kind === "pickers")
      for (const { options } of block.pickers) for (const { command } of options) picked.add(command);
  }
  const { locale } = card;
  const left = {
    texts: false,
    menus: false,
    sections: false,
    entries: false,
    rows: 0,
    buttons: false,
    steering: false,
  };
  return {
    ...{ plan, locale, texts: larkTextsOf(locale), rowCommands, picked },
    ...{ leftOut: { ...left, columns: new Set<string>() }, tables: 0, charts: 0, rows: 0 },
  };
}

/** Notes that blocks were left out, with whatever was in them. */
export function leaveOut(blocks: readonly Block[], { leftOut }: Drawing): void {
  leftOut.sections = true;
  for (const block of withInner(blocks)) {
    if (block.kind === "table") leftOut.rows += block.rows.length;
    if (block.kind === "buttons" && block.buttons.some(({ role }) => steers(role))) leftOut.steering = true;
  }
}

/** Somebody's text as plain text of a length that the plan allows; a dash stands for a text that shows nothing. */
export function shown(text: string, limit: number, { leftOut }: Drawing): string {
  const whole = plain(text.length > 4 * limit ? text.slice(0, 4 * limit) : text);
  if (whole.length > limit || text.length > 4 * limit) {
    leftOut.texts = true;
    return clip(whole, limit) || "–";
  }
  return whole.trim() === "" ? "–" : whole;
}
