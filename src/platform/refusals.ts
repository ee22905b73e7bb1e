import type { Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";

export interface RefusalsOptions<Reason extends string> {
  /** What the log says of each reason: what happened, and what the operator can do about it. */
  readonly messages: Readonly<Record<Reason, string>>;
  readonly clock: Pick<Clock, "elapsed">;
  readonly log: Log;
  /** Counts each refusal, told to the log or not. */
  readonly count: (reason: Reason) => void;
  /** How often the log tells of one reason, milliseconds. */
  readonly quiet?: number | undefined;
}

/** Notes that something was refused. `fields` go into the log: nothing of what was delivered. */
export type Refuse<Reason extends string> = (reason: Reason, fields?: object) => void;

/** Once a minute: whoever can reach the address could fill the disk otherwise. */
const usualQuiet = 60_000;

/** Counts every refusal; of each reason the log gets the first one, and then one line a minute that says how many came. */
export function createRefusals<Reason extends string>(options: RefusalsOptions<Reason>): Refuse<Reason> {
  const { quiet = usualQuiet } = options;
  const told = new Map<Reason, { readonly at: number; untold: number }>();

  return (reason, fields = {}) => {
    options.count(reason);
    const last = told.get(reason);
    const now = options.clock.elapsed();
    if (last !== undefined && now - last.at < quiet) {
      last.untold += 1;
      return;
    }
    told.set(reason, { at: now, untold: 0 });
    options.log.warn({ ...fields, reason, sinceLastLine: (last?.untold ?? 0) + 1 }, options.messages[reason]);
  };
}
