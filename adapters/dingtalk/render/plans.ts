import { type Plans, plansOf } from "../../../src/platform/index.ts";
import { renderLimits } from "./limits.ts";

/** How much of a card is drawn. */
export interface Plan {
  /** Whether small text is smaller, or only grey. */
  readonly sizes: boolean;
  /** Whether what is wrong with a row has a colour, beside the sign that the row has. */
  readonly rowColours: boolean;
  /** UTF-16 units of what a row is of, of another cell's text, and of other texts. */
  readonly name: number;
  readonly cell: number;
  readonly text: number;
  /** UTF-16 units of a command that stands there to be copied. */
  readonly copied: number;
  /** Columns of a table. */
  readonly columns: number;
  /** Charts of the picture, and slices that are told apart in one. */
  readonly charts: number;
  readonly slices: number;
  readonly sections: "all" | "open" | "none";
  /** Facts and blocks. */
  readonly entries: number;
  /** Rows of all tables together. */
  readonly rows: number;
  /** UTF-16 units of a command that a link of a message carries. */
  readonly linked: number;
}

const everything: Plan = {
  sizes: true,
  rowColours: true,
  name: renderLimits.cell,
  cell: renderLimits.cell,
  text: renderLimits.text,
  copied: renderLimits.command,
  columns: renderLimits.columns,
  charts: renderLimits.charts,
  slices: renderLimits.slices,
  sections: "all",
  entries: renderLimits.entries,
  rows: Number.POSITIVE_INFINITY,
  linked: renderLimits.linked,
};

/**
 * What is given up for a card that does not fit, the least needed first. Names that differ beyond what is shown of them are one
 * to a reader: they outlast the columns beside them. The last two steps are for cards that no smaller page helps.
 */
const steps: readonly Partial<Plan>[] = [
  { sizes: false },
  { rowColours: false },
  { name: 80, cell: 80 },
  { name: 40, cell: 40, text: 400 },
  { name: 32, cell: 28 },
  { columns: 4 },
  { cell: 20 },
  { columns: renderLimits.fewestColumns },
  { name: 28 },
  { name: renderLimits.shortestName },
  { slices: 8 },
  { charts: 2, slices: 6 },
  { sections: "open" },
  { text: 150, entries: 40, copied: 600 },
  { charts: 0, entries: 20, copied: 200 },
  { sections: "none" },
  { columns: 2 },
  { name: 12, cell: 12, text: 40, entries: 8, slices: 3 },
];

const withAllRows = plansOf(everything, steps);
const least = withAllRows.at(-1) ?? everything;

/** By what plans a card is drawn; beyond those with all rows, links of a message's longest commands go. */
export const plans: Plans<Plan> = {
  withAllRows,
  lengths: [renderLimits.linked, 500, 100, 0],
  lean: (rows, linked) => ({ ...least, rows, linked }),
};
