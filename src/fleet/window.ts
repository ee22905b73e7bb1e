/** A page of the API: `page` from 1. */
export interface ApiPage {
  readonly page: number;
  readonly size: number;
}

/**
 * The API pages that cover the rows `offset` to `offset + length` of a list: one wherever some page size up to `cap` has a
 * page that covers them all, as few as possible otherwise. The API knows no offset, only whole pages; a range that begins
 * inside a page of its own length can still be one page of a greater size.
 *
 * @param offset from 0
 * @param length at least 1
 * @param cap the greatest page size that the server answers
 * @param prefer the smallest page that does, or the largest, which a neighbouring range may share
 */
export function coverRange(
  offset: number,
  length: number,
  cap: number,
  prefer: "smallest" | "largest" = "smallest",
): readonly ApiPage[] {
  for (let step = 0; step <= cap - length; step += 1) {
    const size = prefer === "smallest" ? length + step : cap - step;
    if (Math.floor(offset / size) === Math.floor((offset + length - 1) / size)) {
      return [{ page: Math.floor(offset / size) + 1, size }];
    }
  }
  const first = Math.floor(offset / cap);
  const last = Math.floor((offset + length - 1) / cap);
  return Array.from({ length: last - first + 1 }, (_, index) => ({ page: first + index + 1, size: cap }));
}
