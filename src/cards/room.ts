import type { Block, Row, TableBlock } from "./card.ts";

/** What one attempt at drawing a card may use of it, and what it has used and left out so far. */
export interface Room {
  readonly plan: {
    /** Columns of a table. */
    readonly columns: number;
    /** What is listed of one kind: the facts of a block, and the blocks that are there to be read. */
    readonly entries: number;
    /** Rows of all tables together. */
    readonly rows: number;
  };
  readonly leftOut: {
    /** Their labels. */
    readonly columns: Set<string>;
    entries: boolean;
    rows: number;
  };
  /** Rows that are drawn already. */
  rows: number;
}

const words: ReadonlySet<Block["kind"]> = new Set([
  "facts",
  "text",
  "marked",
  "command",
  "chart",
  "timeline",
  "people",
]);

/** Of very many blocks, only such go as are there to be read. */
export function fewerBlocks(blocks: readonly Block[], { plan, leftOut }: Room): readonly Block[] {
  let read = 0;
  return blocks.filter(({ kind }) => {
    if (words.has(kind)) read += 1;
    const stays = !words.has(kind) || read <= plan.entries;
    leftOut.entries ||= !stays;
    return stays;
  });
}

/** The first entries of a list, as many as the plan allows. */
export function firstOf<Entry>(entries: readonly Entry[], { plan, leftOut }: Room): readonly Entry[] {
  if (entries.length <= plan.entries) {
    return entries;
  }
  leftOut.entries = true;
  return entries.slice(0, plan.entries);
}

/** The first rows of a table, as many as the tables before it have left room for. */
export function rowsToShow({ rows }: TableBlock, room: Room): readonly Row[] {
  const free = Math.max(0, room.plan.rows - room.rows);
  const shown = rows.length <= free ? rows : rows.slice(0, free);
  room.rows += shown.length;
  room.leftOut.rows += rows.length - shown.length;
  return shown;
}

/**
 * The places of the columns that are drawn. The first says what a row is of, those with colours say how it is, the last is
 * what it all comes to; of the others, those go first that want little room.
 *
 * @param labelled the label of a column that goes, as the card may show it
 */
export function keptColumns(
  { columns, rows }: TableBlock,
  { plan, leftOut }: Room,
  labelled: (label: string) => string,
): readonly number[] {
  const places = columns.map((_, place) => place);
  if (columns.length <= plan.columns) {
    return places;
  }
  const rank = (place: number): number =>
    (place === 0 ? 100 : 0) +
    (rows.some(({ cells }) => cells[place]?.colour !== undefined) ? 50 : 0) +
    (place === columns.length - 1 ? 20 : 0) +
    (columns[place]?.weight ?? 0);
  const kept = new Set(places.toSorted((a, b) => rank(b) - rank(a)).slice(0, plan.columns));
  for (const [place, { label }] of columns.entries()) if (!kept.has(place)) leftOut.columns.add(labelled(label));
  return places.filter((place) => kept.has(place));
}
