import {
  type Block,
  type Button,
  type Card,
  type Picker,
  type Row,
  steers,
  withInner,
} from "../../../src/cards/index.ts";
import { renderTextsOf } from "../texts.ts";
import { buttonId, hashedId, idOfAnother, unlikeIds } from "./button-id.ts";
import { renderLimits } from "./limits.ts";
import { buttonText, oneLine } from "./markup.ts";

/** A button as it stands below a card. */
export interface Pressable {
  readonly id: string;
  readonly label: string;
  readonly command: string;
  readonly style: Button["style"];
}

/** Which buttons a card has, and what that left out. */
export interface Chosen {
  readonly buttons: readonly Button[];
  readonly fewer: boolean;
  /** Whether a button is missing without which a list cannot be walked. */
  readonly unsteered: boolean;
}

/**
 * The buttons of a card, as many as a card is to have. Those without which a list cannot be walked are the last to go.
 *
 * The template has no menus, so that pickers would be a button a choice. Those of a list are left out: its filters are typed,
 * and so many buttons would push the ones away that turn pages. On other cards, a picker becomes buttons where all its choices
 * find room beside the card's own buttons; one of rows as far as there is room, as rows of one name are told apart by its
 * labels alone.
 */
export function chooseButtons(card: Card): Chosen {
  const blocks = [...withInner(card.blocks)];
  const own = blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
  const offered = blocks.some(({ kind }) => kind === "page") ? [] : offers(card, blocks, own);
  const all = [...own, ...offered];
  const usable = all.filter(isUsable);
  // By their places, as one button may stand there twice.
  const places = usable.map((_, place) => place);
  const rank = (place: number): number => (steers(usable[place]?.role ?? "other") ? 0 : 1);
  const kept = new Set(places.toSorted((a, b) => rank(a) - rank(b)).slice(0, renderLimits.buttons));
  const buttons = usable.filter((_, place) => kept.has(place));
  const steering = (some: readonly Button[]) => some.filter(({ role }) => steers(role)).length;
  return { buttons, fewer: buttons.length < all.length, unsteered: steering(buttons) < steering(all) };
}

function isUsable({ command }: Button): boolean {
  return command !== "" && command.length <= renderLimits.command;
}

/** What a card without pages offers beside its own buttons: its rows where they are few, and its pickers. */
function offers(card: Card, blocks: readonly Block[], own: readonly Button[]): readonly Button[] {
  const rows = blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
  const pickers = blocks.flatMap((block) => (block.kind === "pickers" ? block.pickers : []));
  const rowCommands = new Set(rows.map(({ command }) => command));
  const isOfRows = ({ options }: Picker) => options.every(({ command }) => rowCommands.has(command));
  const found = [...ofPickers(pickers.filter(isOfRows)), ...ofRows(rows)];
  const used = new Set(own.map(({ command }) => command));
  for (const picker of pickers.filter((one) => !isOfRows(one))) {
    const choices = ofChoices(picker, card).filter(({ command }) => !used.has(command));
    if (own.length + found.length + choices.length <= renderLimits.buttons) found.push(...choices);
  }
  return firstOfEach(found.filter(({ command }) => !used.has(command)));
}

function ofPickers(pickers: readonly Picker[]): readonly Button[] {
  return pickers.flatMap(({ options }) => options.map(({ label, command }) => details(label, command)));
}

function ofRows(rows: readonly Row[]): readonly Button[] {
  const all = rows.flatMap(({ label, command }) => (command === undefined ? [] : [details(label, command)]));
  return rows.length <= renderLimits.rowButtons ? all : [];
}

function ofChoices({ label, options }: Picker, { locale }: Card): readonly Button[] {
  return options.flatMap((option) =>
    option.selected ? [] : [details(renderTextsOf(locale).choice(label, option.label), option.command)],
  );
}

function details(label: string, command: string): Button {
  return { label, command, role: "details", style: "default" };
}

function firstOfEach(buttons: readonly Button[]): readonly Button[] {
  return [...new Map(buttons.toReversed().map((one) => [one.command, one])).values()].toReversed();
}

/** How long ids and labels are, the mildest first. With the last, as many buttons as a card has fit a variable. */
const forms = [
  { id: buttonId, label: renderLimits.button },
  {
    id: (command: string) => (command.length <= 40 ? buttonId(command) : hashedId(command)),
    label: renderLimits.button,
  },
  { id: hashedId, label: renderLimits.button },
  { id: hashedId, label: renderLimits.shortButton },
] as const;

/** The buttons in the variable of the public template, and what each of them runs. */
export function drawButtons(buttons: readonly Button[]): {
  readonly json: string;
  /** The same, as a variable of its own. */
  readonly msgButtons: string;
  readonly pressable: readonly Pressable[];
} {
  const [mildest, ...others] = forms.map((form) => () => {
    const pressable = pressables(buttons, form);
    return { json: buttonsJson(pressable), pressable };
  });
  let drawn = mildest?.() ?? { json: buttonsJson([]), pressable: [] };
  for (const other of others) if (Buffer.byteLength(drawn.json) > renderLimits.value) drawn = other();
  return { ...drawn, msgButtons: JSON.stringify(msgButtonsOf(drawn.pressable)) };
}

function pressables(buttons: readonly Button[], form: (typeof forms)[number]): readonly Pressable[] {
  const labels = uniqueLabels(buttons, form.label);
  const times = new Map<string, number>();
  return buttons.map(({ command, style }, index) => {
    const id = form.id(command);
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    const label = labels[index] ?? "";
    return { id: time === 1 ? id : idOfAnother(id, time), label, command: command.toWellFormed(), style };
  });
}

const arrows: Readonly<Partial<Record<Button["role"], (label: string) => string>>> = {
  previous: (label) => `← ${label}`,
  next: (label) => `${label} →`,
  refresh: (label) => `↻ ${label}`,
};

/** A press may come back with nothing but the label of its button: no two are the same. */
export function uniqueLabels(buttons: readonly Button[], limit: number): readonly string[] {
  const taken = new Set<string>();
  return buttons.map(({ label, role }) => {
    const words = unlikeIds(buttonText(oneLine(label, limit))) || "–";
    const text = arrows[role]?.(words) ?? words;
    let unique = text;
    for (let time = 2; taken.has(unique); time += 1) unique = `${text} (${time})`;
    taken.add(unique);
    return unique;
  });
}

const colours: Readonly<Record<Button["style"], string>> = { default: "gray", primary: "blue", danger: "red" };

/** What names the button in a callback differs between templates: the same id stands in both places. */
function buttonsJson(pressable: readonly Pressable[]): string {
  return JSON.stringify({ msgButtons: msgButtonsOf(pressable) });
}

function msgButtonsOf(pressable: readonly Pressable[]) {
  return pressable.map(({ id, label, style }) => ({
    ...{ text: label, color: colours[style], id },
    ...{ request: true, params: { id } },
  }));
}
