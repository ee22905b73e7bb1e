import { type Plans, plansOf } from "../../../src/platform/index.ts";
import { renderLimits } from "../limits.ts";

/** How much of a card is drawn. */
export interface Plan {
  /** UTF-16 units of a cell's text, and of other texts. */
  readonly cell: number;
  readonly text: number;
  /** UTF-16 units of a command that stands there to be copied. */
  readonly copied: number;
  /** Columns of a table. */
  readonly columns: number;
  /** Whether what was counted in a chart can be listed from there. */
  readonly drill: boolean;
  /** Whether there are pickers of rows, and others. */
  readonly details: boolean;
  readonly pickers: boolean;
  /** Charts that are drawn; further ones are written. */
  readonly charts: number;
  /** Points of a timeline, of all its lines together. */
  readonly points: number;
  readonly sections: "all" | "open" | "none";
  /** Facts, slices, blocks and buttons in a row. */
  readonly entries: number;
  /** Rows of all tables together. */
  readonly rows: number;
  /** UTF-16 units of a command that a button carries. */
  readonly command: number;
}

const everything: Plan = {
  cell: renderLimits.cell,
  text: renderLimits.text,
  copied: renderLimits.command,
  columns: renderLimits.columns,
  drill: true,
  details: true,
  pickers: true,
  charts: renderLimits.charts,
  points: renderLimits.points,
  sections: "all",
  entries: renderLimits.entries,
  rows: Number.POSITIVE_INFINITY,
  command: renderLimits.command,
};

/** What is given up for a card that does not fit, the least needed first. */
const steps: readonly Partial<Plan>[] = [
  { drill: false, points: 120 },
  { cell: 80 },
  { cell: 40 },
  { cell: 24 },
  { columns: 4 },
  { columns: 3 },
  { details: false, points: 60 },
  { pickers: false },
  { charts: 0 },
  { sections: "open" },
  { text: 300, entries: 40, copied: 2_000 },
  { text: 120, entries: 20, copied: 300 },
  { sections: "none" },
  { text: 40, entries: 8 },
];

const withAllRows = plansOf(everything, steps);
const least = withAllRows.at(-1) ?? everything;

/** By what plans a card is drawn; beyond those with all rows, buttons of the longest commands go. */
export const plans: Plans<Plan> = {
  withAllRows,
  lengths: [renderLimits.command, 4_000, 1_000, 200, 0],
  lean: (rows, command) => ({ ...least, rows, command }),
};
