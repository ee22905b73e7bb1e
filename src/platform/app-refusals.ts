import type { Log } from "../bot/index.ts";

/** Tells the log that a platform refuses the app, for all parts of a channel that find it out. */
export interface AppRefusals<Refusal extends string> {
  /** Says what to do about it, unless that was said since the last `forget`. `fields` go into the log. */
  tell(refusal: Refusal, fields: object): void;
  /** Something else happened: the next refusal is told again. */
  forget(): void;
}

/** @param advice what happened, and what the operator can do about it */
export function createAppRefusals<Refusal extends string>(
  advice: Readonly<Record<Refusal, string>>,
  log: Log,
): AppRefusals<Refusal> {
  const told = new Set<Refusal>();

  return {
    tell(refusal, fields) {
      if (told.has(refusal)) return;
      told.add(refusal);
      log.error({ refusal, ...fields }, advice[refusal]);
    },
    forget: () => told.clear(),
  };
}
