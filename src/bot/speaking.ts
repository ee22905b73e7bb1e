import type { Locale } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Desk } from "./desk.ts";
import { within } from "./within.ts";

interface Spoken {
  readonly channel: string;
  readonly chat: string;
  readonly locale: Locale;
}

/** The same, in the language that its chat has chosen; where none is, or it cannot be looked up in time, in its own. */
export type Speaking = <Arrived extends Spoken>(arrived: Arrived) => Promise<Arrived>;

/** How long it may take to look up, milliseconds: a press has to be answered. */
const patience = 200;

export function createSpeaking({ desk, clock }: { readonly desk: Desk; readonly clock: Clock }): Speaking {
  return async (arrived) => {
    const locale = await within(clock, patience, desk.language(arrived), undefined);
    return locale === undefined || locale === arrived.locale ? arrived : { ...arrived, locale };
  };
}
