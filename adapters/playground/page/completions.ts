import type { Completion } from "../../../src/commands/index.ts";
import { element } from "./element.ts";
import { foreign } from "./foreign.ts";
import type { Texts } from "./texts.ts";

/** The list of ways to go on, above the input. */
export interface CompletionPopup {
  readonly node: HTMLElement;
  isOpen(): boolean;
  /** What the person went to with the arrow keys. */
  active(): Completion | undefined;
  first(): Completion | undefined;
  show(completions: readonly Completion[]): void;
  close(): void;
  /** Goes `step` entries on, around the ends. */
  move(step: 1 | -1): void;
}

const mostShown = 12;

/** Creates the list for an input, whose aria attributes it keeps. `onAccept` hears of an entry that was pressed. */
export function createCompletionPopup(
  input: HTMLElement,
  texts: Texts,
  onAccept: (completion: Completion) => void,
): CompletionPopup {
  const node = element("ul", {
    class: "completions",
    id: "completions",
    role: "listbox",
    "aria-label": texts.suggestions,
    hidden: true,
  });
  let completions: readonly Completion[] = [];
  let at = -1;

  const mark = (): void => {
    [...node.children].forEach((child, index) => {
      child.setAttribute("aria-selected", String(index === at));
      if (index === at) child.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `completion-${at}`);
  };
  const show = (next: readonly Completion[]): void => {
    completions = next.slice(0, mostShown);
    at = -1;
    node.replaceChildren(
      ...completions.map((completion, index) => renderCompletion(completion, index, texts, onAccept)),
    );
    node.hidden = completions.length === 0;
    input.setAttribute("aria-expanded", String(completions.length > 0));
    mark();
  };

  return {
    node,
    isOpen: () => completions.length > 0,
    active: () => completions[at],
    first: () => completions[0],
    show,
    close: () => show([]),
    move(step) {
      const count = completions.length;
      at = at < 0 && step < 0 ? count - 1 : (at + step + count) % count;
      mark();
    },
  };
}

function renderCompletion(
  completion: Completion,
  index: number,
  texts: Texts,
  onAccept: (completion: Completion) => void,
): HTMLElement {
  const node = element(
    "li",
    { id: `completion-${index}`, role: "option", "aria-selected": "false", class: completion.kind },
    element("code", {}, foreign(completion.label, 80)),
    element("span", { class: "completion-detail" }, foreign(completion.detail, 120)),
    element("span", { class: "completion-kind" }, texts.kinds[completion.kind]),
  );
  // Before the input loses its focus, which would close the list.
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    onAccept(completion);
  });
  return node;
}
