// The columns of numbers hold whole ones, and PostgreSQL refuses others; a monotonic clock gives fractions.

/** A time or a duration, milliseconds, as a column holds it. */
export function whole(milliseconds: number): number {
  return Math.round(milliseconds);
}

/** The same of one that there may not be. */
export function wholeOrNull(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : whole(milliseconds);
}

/** A flag as a column holds it: SQLite has no other. */
export function flag(value: boolean): number {
  return value ? 1 : 0;
}
