/** A page of the API: `page` from 1. */
export interface ApiPage {
  readonly page: number;
  readonly size: number;
}

/** The page sizes that a server answers. */
export interface PageSizes {
  /** At least 1. */
  readonly least: number;
  readonly most: number;
}

/**
 * The API pages, all of one size, that cover the rows `offset` to `offset + length` of a list: one wherever some page size
 * has a page that covers them all, as few as possible otherwise. The API knows no offset, only whole pages; a range that
 * begins inside a page of its own length can still be one page of a greater size.
 *
 * @param offset from 0
 * @param length at least 1
 * @param prefer among sizes that need as few pages: the smallest, or the largest, which a neighbouring range may share
 */
export function coverRange(
  offset: number,
  length: number,
  { least, most }: PageSizes,
  prefer: "smallest" | "largest" = "smallest",
): readonly ApiPage[] {
  const before = (size: number) => Math.floor(offset / size);
  const count = (size: number) => Math.floor((offset + length - 1) / size) - before(size) + 1;
  let best = prefer === "smallest" ? least : most;
  for (let step = 1; step <= most - least; step += 1) {
    const size = prefer === "smallest" ? least + step : most - step;
    best = count(size) < count(best) ? size : best;
  }
  return Array.from({ length: count(best) }, (_, index) => ({ page: before(best) + index + 1, size: best }));
}

/**
 * API pages that hold the rows `offset` to `offset + length` of a list and no others, each as large as can be. These are
 * more than `coverRange` needs, and of several sizes.
 */
export function tileRange(offset: number, length: number, most: number): readonly ApiPage[] {
  const pages: ApiPage[] = [];
  const end = offset + length;
  for (let start = offset; start < end; ) {
    let size = Math.min(end - start, most);
    while (start % size !== 0) {
      size -= 1;
    }
    pages.push({ page: start / size + 1, size });
    start += size;
  }
  return pages;
}
