import type { Card } from "../../../src/cards/index.ts";
import { renderLimits } from "../limits.ts";
import { blockElements } from "./blocks.ts";
import { createDrawing, type Drawing, type LeftOut, shown } from "./drawing.ts";
import { type Element, line, plainNode, tagColour } from "./element.ts";
import type { Plan } from "./plans.ts";

/** A card drawn by a plan, and what that left out. */
export interface Drawn {
  readonly data: Element;
  readonly leftOut: Readonly<LeftOut>;
}

export function draw(card: Card, plan: Plan): Drawn {
  const drawing = createDrawing(card, plan);
  const elements = blockElements(card.blocks, drawing, { depth: 0, root: true });
  const data = shell(card, drawing, elements);
  const note = leftOutNote(drawing);
  return {
    data: note === undefined ? data : shell(card, drawing, [...elements, note]),
    leftOut: drawing.leftOut,
  };
}

/** The title alone, and why there is no more. It fits whatever the card is. */
export function drawTitle(card: Card, plan: Plan): Element {
  const drawing = createDrawing({ ...card, blocks: [] }, plan);
  return shell({ ...card, blocks: [] }, drawing, [line(drawing.texts.tooLarge, { colour: "orange" })]);
}

function shell(card: Card, drawing: Drawing, elements: readonly Element[]): Element {
  return {
    schema: "2.0",
    config: {
      // Without it, a card cannot be changed for everyone who sees it.
      update_multi: true,
      ...(drawing.tables > 0 ? { width_mode: "fill" } : {}),
      summary: { content: summary(card, drawing) },
    },
    header: header(card, drawing),
    body: { vertical_spacing: "medium", elements },
  };
}

function header({ header: { title, colour, tags } }: Card, drawing: Drawing): Element {
  const shownTags = tags.slice(0, renderLimits.tags);
  return {
    title: plainNode(shown(title, renderLimits.title, drawing)),
    template: colour,
    ...(shownTags.length === 0
      ? {}
      : {
          text_tag_list: shownTags.map((tag) => ({
            tag: "text_tag",
            text: plainNode(shown(tag.text, renderLimits.label, drawing)),
            color: tagColour(tag.colour),
          })),
        }),
  };
}

/** What a notification and the list of chats show: the title, and the numbers or else the first words. */
function summary({ header: { title }, blocks }: Card, drawing: Drawing): string {
  const facts = blocks.find((block) => block.kind === "facts" && block.style === "headline");
  const text = blocks.find((block) => block.kind === "text");
  const numbers = facts?.kind === "facts" ? facts.facts.slice(0, 8).map(({ label, value }) => `${value} ${label}`) : [];
  const rest = numbers.length > 0 ? numbers.join(" · ") : text?.kind === "text" ? text.text : "";
  // That a notification is short says nothing of the card.
  const aside = { ...drawing, leftOut: { ...drawing.leftOut } };
  return shown(rest === "" ? title : `${title}: ${rest}`, renderLimits.title, aside);
}

function leftOutNote({ leftOut, texts }: Drawing): Element | undefined {
  const what = [
    ...(leftOut.texts ? [texts.shortened] : []),
    ...(leftOut.columns.size > 0 ? [texts.columns([...leftOut.columns])] : []),
    ...(leftOut.menus ? [texts.menus] : []),
    ...(leftOut.sections ? [texts.sections] : []),
    ...(leftOut.entries ? [texts.entries] : []),
    ...(leftOut.buttons ? [texts.buttons] : []),
  ];
  return what.length === 0 ? undefined : line(texts.leftOut(what), { size: "notation", colour: "grey" });
}
