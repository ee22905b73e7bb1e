import { textsOf } from "../cards/index.ts";
import type { Fault } from "../doctor/index.ts";
import type { FleetFailure } from "../fleet/index.ts";

/** A failure in the words of the cards, in English as the log is. */
export function sayFailure(failure: FleetFailure): Fault {
  const { happened, todo } = textsOf("en").failure(failure);
  return { says: happened, todo };
}
