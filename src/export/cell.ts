/** What stands in a cell; undefined for an empty one. */
export type Cell = string | number | undefined;
