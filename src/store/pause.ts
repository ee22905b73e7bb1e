/** The first and the longest pause before what failed is tried again, milliseconds. */
const pauses = { first: 250, longest: 10_000 } as const;

/**
 * How long to wait before the next try, milliseconds: longer after each failure, and by chance, so that processes do not come
 * back in step.
 *
 * @param failures how many in a row, at least 1
 * @param random from 0 up to 1
 */
export function pauseAfter(failures: number, random: () => number): number {
  return Math.min(pauses.first * 2 ** (failures - 1), pauses.longest) * (0.5 + random() / 2);
}
