import type { Card } from "../../src/cards/index.ts";
import { fullest } from "../../src/platform/index.ts";
import type { Element } from "./render/element.ts";
import { type Plan, plans } from "./render/plans.ts";
import { type Drawn, draw, drawTitle } from "./render/shell.ts";
import { fits } from "./render/size.ts";

/** A card as Lark takes it. */
export interface Rendered {
  /** `data` as JSON text. */
  readonly content: string;
  readonly data: object;
  /** Whether every row is there, and every button to turn pages and to refresh. */
  readonly whole: boolean;
}

/**
 * The card in card JSON 2.0. Whatever it holds, Lark takes it: what does not fit is shortened, then left out, the least
 * needed first, and the card says so. Foreign text is shown and nothing else. Never throws.
 */
export function renderLark(card: Card): Rendered {
  return fullest(plans, countRows(card), (plan) => attempt(card, plan)) ?? withTitle(card);
}

/** The card by a plan; undefined when it does not fit. */
function attempt(card: Card, plan: Plan): Rendered | undefined {
  const { data, leftOut } = draw(card, plan);
  const content = JSON.stringify(data);
  return fits(content, data) ? { content, data, whole: isWhole(leftOut) } : undefined;
}

function isWhole({ rows, steering }: Drawn["leftOut"]): boolean {
  return rows === 0 && !steering;
}

function countRows({ blocks }: Card): number {
  return blocks.reduce((sum, block) => sum + (block.kind === "table" ? block.rows.length : 0), 0);
}

function withTitle(card: Card): Rendered {
  const data: Element = drawTitle(card, plans.lean(0, 0));
  return { content: JSON.stringify(data), data, whole: card.blocks.length === 0 };
}
