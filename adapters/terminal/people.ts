import type { PeopleBlock } from "../../src/cards/index.ts";
import { inert } from "./inert.ts";
import { indented, type Line, line } from "./line.ts";
import { wrap } from "./width.ts";

const indent = 2;

/** People by their names. */
export function peopleLines({ label, people }: PeopleBlock, width: number): readonly Line[] {
  const names = people.map(({ name }) => inert(name)).join(", ");
  const [first = "", ...rest] = wrap(`${inert(label)}: ${names}`, width);
  return [line(first), ...wrap(rest.join(" "), width - indent).map((text) => indented(line(text), indent))];
}
