import {
  type Button,
  type ButtonsBlock,
  type Picker,
  type PickerOption,
  type PickersBlock,
  steers,
} from "../../../src/cards/index.ts";
import { renderLimits } from "../limits.ts";
import { type Drawing, shown } from "./drawing.ts";
import { type Element, plainNode, sideBySide } from "./element.ts";

const buttonTypes = { default: "default", primary: "primary_filled", danger: "danger" } as const;

/** Buttons side by side. Those without which a list cannot be walked are the last to go. */
export function buttonElements({ buttons }: ButtonsBlock, drawing: Drawing): readonly Element[] {
  const kept = buttons.filter((button, index) => {
    const { command, role } = button;
    const room = steers(role) || index < drawing.plan.entries;
    const stays = command !== "" && command.length <= drawing.plan.command && room;
    drawing.leftOut.buttons ||= !stays;
    drawing.leftOut.steering ||= !stays && steers(role);
    return stays;
  });
  return present(sideBySide(kept.map((button) => [buttonElement(button, drawing)])));
}

function buttonElement({ label, command, style }: Button, drawing: Drawing): Element {
  return {
    tag: "button",
    type: buttonTypes[style],
    text: plainNode(shown(label, renderLimits.button, drawing)),
    behaviors: [{ type: "callback", value: { ...ours(drawing), command: command.toWellFormed() } }],
  };
}

/** What tells the way back in that a press is on one of our own. */
function ours({ locale }: Drawing) {
  return { deskhand: 1, locale };
}

/** Pickers side by side; those of rows go before the others. */
export function pickerElements({ pickers }: PickersBlock, drawing: Drawing): readonly Element[] {
  const { plan, rowCommands, leftOut } = drawing;
  const kept = pickers.filter(({ options }) =>
    options.every(({ command }) => rowCommands.has(command)) ? plan.details : plan.pickers,
  );
  leftOut.menus ||= kept.length < pickers.length;
  return present(sideBySide(kept.flatMap((picker) => present(optionsElement(picker, drawing)).map((one) => [one]))));
}

/** One picker; undefined when there is nothing to choose from. Lark tells options apart by their values alone. */
export function optionsElement({ label, options }: Picker, drawing: Drawing): Element | undefined {
  const byCommand = new Map<string, PickerOption>();
  for (const option of options) {
    const command = option.command.toWellFormed();
    const usable = command !== "" && command.length <= drawing.plan.command;
    if (!usable) drawing.leftOut.menus = true;
    else if (option.selected || !byCommand.has(command)) byCommand.set(command, option);
  }
  const all = [...byCommand];
  if (all.length === 0) {
    return undefined;
  }
  const name = shown(label, renderLimits.label, drawing);
  const selected = all.findIndex(([, option]) => option.selected);
  const text = (option: PickerOption, index: number): string => {
    const words = shown(option.label, Math.min(renderLimits.label, drawing.plan.cell), drawing);
    return index === selected ? drawing.texts.inForce(name, words) : words;
  };
  return {
    tag: "select_static",
    placeholder: plainNode(name),
    // Counted from 1 (document "下拉选择-单选组件").
    ...(selected < 0 ? {} : { initial_index: selected + 1 }),
    options: all.map(([command, option], index) => ({ text: plainNode(text(option, index)), value: command })),
    behaviors: [{ type: "callback", value: ours(drawing) }],
  };
}

function present(element: Element | undefined): readonly Element[] {
  return element === undefined ? [] : [element];
}
