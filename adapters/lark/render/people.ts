import { firstOf, type PeopleBlock, type Person } from "../../../src/cards/index.ts";
import { renderLimits } from "../limits.ts";
import { type Drawing, shown } from "./drawing.ts";
import { coloured, type Element, markdown } from "./element.ts";
import { escaped } from "./inert.ts";

/** An open id, a union id or a user id. */
const userId = /^(ou_|on_)?[A-Za-z0-9_-]{1,64}$/;

/**
 * People, mentioned where their id is known (document "富文本（Markdown）组件", "@指定人"). What is no id of one person is no
 * mention: the word `all` would call the whole chat.
 */
export function peopleElements({ label, people }: PeopleBlock, drawing: Drawing): readonly Element[] {
  const words = (text: string) => escaped(shown(text, Math.min(drawing.plan.text, renderLimits.label), drawing).trim());
  const named = ({ name, id }: Person) =>
    id !== undefined && userId.test(id) && id.toLowerCase() !== "all" ? `<at id=${id}></at>` : words(name);
  const all = firstOf(people, drawing).map(named);
  return all.length === 0 ? [] : [markdown(`${coloured(words(label), "grey")}  ${all.join(" ")}`)];
}
