import type { TimelineBlock } from "../../../src/cards/index.ts";
import type { BlockContext } from "./block-context.ts";
import { element } from "./element.ts";
import { foreign } from "./foreign.ts";

/** Draws how numbers went. */
export function renderTimeline(block: TimelineBlock, _context: BlockContext): HTMLElement {
  return element("figure", { class: "chart timeline" }, element("figcaption", {}, foreign(block.title, 200)));
}
