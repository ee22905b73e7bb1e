/** Something on a card that a person can press or choose from, and that calls back. */
export interface Pressable {
  readonly tag: string;
  /** The text on the button, or the placeholder of a picker. */
  readonly label: string;
  readonly name: string | undefined;
  readonly disabled: boolean;
  /** What the callback brings as action.value. */
  readonly value: unknown;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return isObject(value) && typeof value.content === "string" ? value.content : "";
}

function callbackOf(element: Json): { readonly value: unknown } | undefined {
  const behaviors: readonly unknown[] = Array.isArray(element.behaviors) ? element.behaviors : [];
  const callback = behaviors.filter(isObject).find(({ type }) => type === "callback");
  return callback === undefined ? undefined : { value: callback.value };
}

function optionsOf(element: Json): Pressable["options"] {
  const options: readonly unknown[] = Array.isArray(element.options) ? element.options : [];
  return options.filter(isObject).map(({ text, value }) => ({ label: textOf(text), value: String(value) }));
}

function readElement(element: Json): Pressable | undefined {
  const callback = callbackOf(element);
  if (typeof element.tag !== "string" || callback === undefined) return undefined;
  return {
    tag: element.tag,
    label: textOf(element.text) || textOf(element.placeholder),
    name: typeof element.name === "string" ? element.name : undefined,
    disabled: element.disabled === true,
    value: callback.value,
    options: optionsOf(element),
  };
}

/** Parts of an element that hold data and not elements. */
const opaque = new Set(["behaviors", "chart_spec", "rows", "value", "options"]);

function* within(value: unknown): Generator<Pressable> {
  if (Array.isArray(value)) {
    for (const entry of value) yield* within(entry);
  } else if (isObject(value)) {
    const element = readElement(value);
    if (element !== undefined) yield element;
    for (const [key, part] of Object.entries(value)) if (!opaque.has(key)) yield* within(part);
  }
}

/** What can be pressed on a card, from the top to the bottom. */
export function pressables(content: string): readonly Pressable[] {
  const card = parsed(content);
  return isObject(card) ? [...within(card.body)] : [];
}

/** Whether the card says that everybody sees the same one, without which the platform does not update it. */
export function isShared(content: string): boolean {
  const card = parsed(content);
  return isObject(card) && isObject(card.config) && card.config.update_multi === true;
}

/** What a person points at on a card; one of `label`, `element`, `option` and `name`, or several. */
export interface Target {
  /** The text on it; arrows and icons beside the words may be left out. */
  readonly label?: string | undefined;
  /** Its place among what can be pressed, from 0. */
  readonly element?: number | undefined;
  /** The label or the value of an option of a picker. */
  readonly option?: string | undefined;
  readonly name?: string | undefined;
}

export interface Chosen {
  readonly pressable: Pressable;
  readonly option: string | undefined;
}

const optionOf = (pressable: Pressable, option: string) =>
  pressable.options.find(({ label, value }) => label === option || value === option);

/** Finds what a person points at. Throws an Error that lists what there is when it is not there, or cannot be pressed. */
export function choose(content: string, target: Target): Chosen {
  const all = pressables(content);
  const { label, option, name } = target;
  const fits = (pressable: Pressable): boolean =>
    (name === undefined || pressable.name === name) &&
    (option === undefined || optionOf(pressable, option) !== undefined);
  const pool = (target.element === undefined ? all : all.slice(target.element, target.element + 1)).filter(fits);
  const pressable =
    label === undefined
      ? pool[0]
      : (pool.find((entry) => entry.label === label) ?? pool.find((entry) => entry.label.includes(label)));
  if (pressable === undefined) {
    const there = all.map((entry) => `${entry.tag} "${entry.label}"`).join(", ");
    throw new Error(`nothing to press fits ${JSON.stringify(target)}; the card has: ${there || "nothing"}`);
  }
  if (pressable.disabled) throw new Error(`"${pressable.label}" is disabled`);
  return { pressable, option: option === undefined ? undefined : optionOf(pressable, option)?.value };
}
