import { firstOf, type PeopleBlock } from "../../../src/cards/index.ts";
import { type Drawing, shown } from "./drawing.ts";
import { renderLimits } from "./limits.ts";
import { escaped } from "./markup.ts";

/** People by their names: a card of DingTalk mentions nobody. */
export function peopleParagraphs({ label, people }: PeopleBlock, drawing: Drawing): readonly string[] {
  const text = (content: string) => escaped(shown(content, Math.min(drawing.plan.text, renderLimits.label), drawing));
  const names = firstOf(people, drawing).map(({ name }) => text(name));
  return names.length === 0 ? [] : [drawing.texts.fact(text(label), names.join(" · "))];
}
