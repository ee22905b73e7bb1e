import type { Button, ButtonsBlock, Picker, PickersBlock } from "../../../src/cards/index.ts";
import type { BlockContext } from "./block-context.ts";
import { element, icon, icons, pressable } from "./element.ts";
import { foreign, plain } from "./foreign.ts";
import { textsOf } from "./texts.ts";

/** Draws buttons. Previous and Next keep their places: on the first and last page a still one stands in for the missing. */
export function renderButtons(block: ButtonsBlock, context: BlockContext, path: string): HTMLElement {
  const isPaged = block.buttons.some((button) => button.role === "previous" || button.role === "next");
  const words = textsOf(context.cardLocale);
  const previous = block.buttons.find((button) => button.role === "previous");
  const next = block.buttons.find((button) => button.role === "next");
  const others = block.buttons.filter((button) => button !== previous && button !== next);
  const nodes = others.map((button, index) => renderButton(button, context, `button${path}.${index}`));
  if (isPaged) {
    nodes.unshift(
      previous === undefined ? stillStep(words.previous, "previous") : renderButton(previous, context, "previous"),
      next === undefined ? stillStep(words.next, "next") : renderButton(next, context, "next"),
    );
  }
  return element("div", { class: "buttons" }, ...nodes);
}

function renderButton(button: Button, context: BlockContext, key: string): HTMLElement {
  const attributes = { class: `button ${button.style}`, "data-key": key, "data-role": button.role };
  const node = pressable(attributes, () => context.press(button.command, key));
  node.title = plain(button.command);
  fillButton(node, button.role, foreign(button.label, 80));
  return node;
}

function stillStep(label: string, role: "previous" | "next"): HTMLElement {
  const node = element("button", { type: "button", class: "button default", disabled: true, "data-role": role });
  fillButton(node, role, element("span", {}, label));
  return node;
}

function fillButton(node: HTMLElement, role: Button["role"], label: HTMLElement): void {
  if (role === "next") node.append(label, icon(...icons.next));
  else if (role === "other") node.append(label);
  else node.append(icon(...icons[role]), label);
}

/** Draws pickers as lists to choose from. */
export function renderPickers(block: PickersBlock, context: BlockContext, path: string): HTMLElement {
  const pickers = block.pickers.map((picker, index) => renderPicker(picker, context, `picker${path}.${index}`));
  return element("div", { class: "pickers" }, ...pickers);
}

function renderPicker(picker: Picker, context: BlockContext, key: string): HTMLElement {
  const chosen = picker.options.findIndex((option) => option.selected);
  const select = element("select", { "data-key": key });
  if (chosen < 0) select.append(element("option", { value: "", disabled: true, selected: true }, context.texts.choose));
  picker.options.forEach((option, index) => {
    select.append(element("option", { value: index, selected: index === chosen }, plain(option.label, 80)));
  });
  select.addEventListener("change", () => {
    const option = picker.options[Number(select.value)];
    if (option !== undefined) context.press(option.command, key);
  });
  const isFiltered = chosen > 0;
  return element("label", { class: isFiltered ? "picker chosen" : "picker" }, foreign(picker.label, 60), select);
}
