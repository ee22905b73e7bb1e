/** What comes of the largest number up to `most` for which something comes; undefined when nothing comes of 0. */
export function mostThatFits<Found>(most: number, of: (number: number) => Found | undefined): Found | undefined {
  let best = of(0);
  let [fitting, tooMany] = [0, most + 1];
  while (best !== undefined && tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    const found = of(middle);
    if (found === undefined) {
      tooMany = middle;
    } else {
      [best, fitting] = [found, middle];
    }
  }
  return best;
}
