import type { Cell, Column, Row, TableBlock } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { Alerted } from "../desk-views.ts";
import { usersText } from "../runtime-row.ts";
import type { Texts } from "../texts/index.ts";
import type { Times } from "../times.ts";
import { alertedName, changeText, isOpen, kindColour, stateTexts, whenText } from "./alerted.ts";
import { detailsOf } from "./pressable.ts";

export interface AlertedTableOptions {
  readonly texts: Texts;
  readonly times: Times;
  /** Whether the reader may see who is authorised. */
  readonly showsUsers: boolean;
  /** What a press on a row runs; its runtime when it is left out. */
  readonly command?: ((alerted: Alerted) => string | undefined) | undefined;
}

/** A column, and what it says of each. */
interface Part {
  readonly column: Column;
  readonly cell: (alerted: Alerted) => Cell;
}

/**
 * One alert a row; undefined when there is none. What a cell says is clear without its heading, as channels for phones show a
 * row as one line. Columns in which nothing is said are not there.
 */
export function alertedTable(alerted: readonly Alerted[], options: AlertedTableOptions): TableBlock | undefined {
  if (alerted.length === 0) {
    return undefined;
  }
  const { texts, command = ({ runtime }) => detailsOf([runtime]) } = options;
  const all = [...always(options), ...sometimes(options).filter(({ cell }) => alerted.some((one) => cell(one).text))];
  const row = (one: Alerted): Row => ({
    cells: all.map(({ cell }) => dashed(cell(one))),
    command: command(one),
    label: alertedName(one, texts),
    colour: isOpen(one) ? kindColour(one.kind) : "grey",
  });
  return { kind: "table", columns: all.map(({ column }) => column), rows: openFirst(alerted).map(row) };
}

function openFirst(alerted: readonly Alerted[]): readonly Alerted[] {
  return [...alerted.filter(isOpen), ...alerted.filter((one) => !isOpen(one))];
}

function dashed(cell: Cell): Cell {
  return { ...cell, text: clip(cell.text, lengths.cell) || "–" };
}

function always({ texts, times }: AlertedTableOptions): readonly Part[] {
  const { columns, alerts, risks } = texts;
  return [
    { column: { key: "name", label: columns.name, weight: 3 }, cell: (one) => ({ text: alertedName(one, texts) }) },
    {
      column: { key: "risk", label: columns.risk, weight: 4 },
      cell: (one) => ({ text: risks[one.kind].short, colour: isOpen(one) ? kindColour(one.kind) : "grey" }),
    },
    {
      column: { key: "when", label: alerts.columns.when, weight: 3 },
      cell: (one) => ({ text: whenText(one, texts, times) }),
    },
  ];
}

function sometimes({ texts, times, showsUsers }: AlertedTableOptions): readonly Part[] {
  const { columns, alerts } = texts;
  const users: Part = {
    column: { key: "users", label: columns.users, weight: 3 },
    cell: ({ users: all }) => ({ text: all.length === 0 ? "" : usersText(all, texts) }),
  };
  return [
    ...(showsUsers ? [users] : []),
    {
      column: { key: "change", label: alerts.columns.change, weight: 5 },
      cell: (one) => ({ text: (isOpen(one) && changeText(one, texts)) || "" }),
    },
    {
      column: { key: "state", label: alerts.columns.state, weight: 4 },
      cell: (one) => ({ text: stateTexts(one, texts, times).join(" · ") }),
    },
  ];
}
