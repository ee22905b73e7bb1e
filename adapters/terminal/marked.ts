import type { MarkedBlock } from "../../src/cards/index.ts";
import { inert } from "./inert.ts";
import { type Line, line } from "./line.ts";
import { clip, ending, widthOf } from "./width.ts";

/** The text with a line of `^` under the marked place. Of a text that is too long, what is around the mark is shown. */
export function markedLines({ text, start, end }: MarkedBlock, width: number): readonly Line[] {
  const from = Math.min(Math.max(0, start), text.length);
  const to = Math.min(Math.max(from, end), text.length);
  const before = inert(text.slice(0, from));
  const mark = clip(inert(text.slice(from, to)), Math.ceil(width / 2));
  const after = inert(text.slice(to));
  // A mark of no width stands under the place where something is missing, which may be behind the end.
  const under = Math.max(1, widthOf(mark));
  const room = width - under;
  const shownBefore = clipStart(before, Math.max(Math.floor(room / 2), room - widthOf(after)));
  const shownAfter = clip(after, room - widthOf(shownBefore));
  return [
    line(shownBefore, { text: mark, colour: "red", weight: "bold" }, shownAfter),
    line(" ".repeat(widthOf(shownBefore)), { text: "^".repeat(under), colour: "red" }),
  ];
}

function clipStart(text: string, width: number): string {
  return widthOf(text) <= width ? text : `…${ending(text, Math.max(0, width - 1))}`;
}
