import type { PeopleBlock } from "../../../src/cards/index.ts";
import { element } from "./element.ts";
import { foreign } from "./foreign.ts";

/** Names people; the page has nobody to mention. */
export function renderPeople(block: PeopleBlock): HTMLElement {
  const names = block.people.map(({ name }) => element("span", { class: "people-name" }, foreign(name, 120)));
  return element(
    "p",
    { class: "text people" },
    element("span", { class: "people-label" }, foreign(block.label, 80)),
    ...names,
  );
}
