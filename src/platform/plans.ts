import { mostThatFits } from "./most-that-fits.ts";

/** From everything to the least, each plan with one more step taken. */
export function plansOf<Plan extends object>(everything: Plan, steps: readonly Partial<Plan>[]): readonly Plan[] {
  const plans = [everything];
  let plan = everything;
  for (const step of steps) {
    plan = { ...plan, ...step };
    plans.push(plan);
  }
  return plans;
}

/** By what plans something is drawn that has rows. */
export interface Plans<Plan> {
  /** From everything to the least that still has all rows; each draws no more than the one before. */
  readonly withAllRows: readonly Plan[];
  /** Lengths of commands beyond which what carries them goes, the mildest first. */
  readonly lengths: readonly number[];
  /** Less than the least: with so many rows, and without what carries longer commands. */
  lean(rows: number, length: number): Plan;
}

/**
 * What is drawn by the mildest plan that fits, or else with as many rows as fit, and where there is not even room for what
 * carries commands, without the longest of those; undefined when not even the least fits.
 *
 * @param rows how many rows there are
 * @param attempt what is drawn by a plan; undefined when it does not fit
 */
export function fullest<Plan, Drawn>(
  { withAllRows, lengths, lean }: Plans<Plan>,
  rows: number,
  attempt: (plan: Plan) => Drawn | undefined,
): Drawn | undefined {
  const at = (place: number): Drawn | undefined => {
    const plan = withAllRows[place];
    return plan && attempt(plan);
  };
  const least = withAllRows.length - 1;
  let drawn = at(0) ?? mostThatFits(least - 1, (given) => at(least - given));
  for (const length of lengths) drawn ??= mostThatFits(rows, (some) => attempt(lean(some, length)));
  return drawn;
}
