/**
 * The neutral card: what every channel renders. Plain data, and plain text everywhere: a renderer escapes, nothing here is
 * markup. Its JSON is documented in docs/cards.md and only ever grows.
 */
export interface Card {
  readonly header: CardHeader;
  readonly blocks: readonly Block[];
  /** The canonical text of the command that made this card, when one did. */
  readonly command: string | undefined;
  readonly locale: Locale;
}

export type Locale = "en" | "zh";

/** What a colour says: nothing wrong, something to know, a serious risk or an error, nothing there, no judgement. */
export type Colour = "green" | "orange" | "red" | "grey" | "blue";

export interface CardHeader {
  readonly title: string;
  readonly colour: Colour;
  /** At most three. */
  readonly tags: readonly Tag[];
}

export interface Tag {
  readonly text: string;
  readonly colour: Colour;
}

export type Block =
  | FactsBlock
  | TableBlock
  | ChartBlock
  | TimelineBlock
  | PeopleBlock
  | TextBlock
  | MarkedBlock
  | CommandBlock
  | PageBlock
  | ButtonsBlock
  | PickersBlock
  | SectionBlock;

/** Labelled values. `headline` facts stand side by side and are the first thing read; `list` facts stand one a line. */
export interface FactsBlock {
  readonly kind: "facts";
  readonly style: "headline" | "list";
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly colour?: Colour | undefined;
}

export interface TableBlock {
  readonly kind: "table";
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  readonly key: string;
  readonly label: string;
  /** How much room the column wants beside the others, 1 to 5. */
  readonly weight: number;
}

export interface Row {
  /** One cell a column, in the columns' order. */
  readonly cells: readonly Cell[];
  /** What a press on the row runs. */
  readonly command: string | undefined;
  /** The row's name for a reader of the screen, and for channels that show a row as one line. */
  readonly label: string;
  readonly colour?: Colour | undefined;
}

export interface Cell {
  readonly text: string;
  readonly colour?: Colour | undefined;
}

export interface ChartBlock {
  readonly kind: "chart";
  readonly shape: "donut" | "bar";
  readonly title: string;
  /** What the shares are of; slices may add up to more, as one runtime can count under several. */
  readonly total: number;
  readonly slices: readonly Slice[];
}

export interface Slice {
  readonly label: string;
  readonly value: number;
  readonly colour?: Colour | undefined;
  /** What a press on the slice runs. */
  readonly command?: string | undefined;
}

/** How numbers went over time: lines over common times, oldest first. */
export interface TimelineBlock {
  readonly kind: "timeline";
  readonly title: string;
  /** What stands below each point, short, such as "Mon 14:00". */
  readonly times: readonly string[];
  readonly series: readonly TimelineSeries[];
}

export interface TimelineSeries {
  readonly label: string;
  /** One a time; null where nothing is known, as JSON has no other word for it in a list. */
  readonly values: readonly (number | null)[];
  readonly colour?: Colour | undefined;
}

/** People who are to be told: named everywhere, and mentioned where a channel can and their id is known. */
export interface PeopleBlock {
  readonly kind: "people";
  readonly label: string;
  readonly people: readonly Person[];
}

export interface Person {
  readonly name: string;
  /** The user's id on the platform where the card is shown. */
  readonly id?: string | undefined;
}

export interface TextBlock {
  readonly kind: "text";
  readonly text: string;
  readonly tone: "normal" | "strong" | "small" | "warning";
}

/** A text with one place marked: `text.slice(start, end)`, in UTF-16 units. */
export interface MarkedBlock {
  readonly kind: "marked";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A command to copy. */
export interface CommandBlock {
  readonly kind: "command";
  readonly text: string;
  /** A sentence on what it does. */
  readonly note?: string | undefined;
}

/** Where a list stands: "Page 2 of 12 · 240 runtimes". */
export interface PageBlock {
  readonly kind: "page";
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  readonly text: string;
}

export interface ButtonsBlock {
  readonly kind: "buttons";
  readonly buttons: readonly Button[];
}

export interface Button {
  readonly label: string;
  /** The canonical text that a press runs, as the person who pressed. */
  readonly command: string;
  readonly role: "previous" | "next" | "refresh" | "details" | "other";
  readonly style: "default" | "primary" | "danger";
}

export interface PickersBlock {
  readonly kind: "pickers";
  readonly pickers: readonly Picker[];
}

/** Choices of which one is in force. */
export interface Picker {
  readonly label: string;
  readonly options: readonly PickerOption[];
}

export interface PickerOption {
  readonly label: string;
  readonly command: string;
  readonly selected: boolean;
}

/** Blocks under a heading; `collapsed` ones are shown on demand where a channel can. */
export interface SectionBlock {
  readonly kind: "section";
  readonly title: string;
  readonly collapsed: boolean;
  readonly blocks: readonly Block[];
}
