import type { Found } from "../../../src/doctor/index.ts";
import { aboveWords, isAboveQuota, monthOf, tallyNames } from "../month.ts";
import type { DingTalkExamination } from "./session.ts";

/** What the bot's processes have counted in this month. Nothing is asked of DingTalk, which does not tell it. */
export async function examineQuota({ clientId, monthlyCalls, counted, clock }: DingTalkExamination): Promise<Found> {
  if (counted === undefined) {
    return { state: "note", says: "The month's calls are not known: the store is in memory." };
  }
  const month = monthOf(clock.now());
  const names = tallyNames(clientId);
  const numbers = await Promise.all([counted(names.calls, month), counted(names.pushes, month)]).catch(() => undefined);
  if (numbers === undefined) {
    return { state: "note", says: "The month's calls cannot be read from the store." };
  }
  const [calls, pushes] = numbers.map((number) => number.toLocaleString("en-US"));
  const quota = monthlyCalls === 0 ? "" : ` of ${monthlyCalls.toLocaleString("en-US")}`;
  const says = `In ${month} the bot has made ${calls}${quota} API calls, and got ${pushes} pushes.`;
  return isAboveQuota(numbers[0], monthlyCalls)
    ? {
        state: "note",
        says: `${says} ${aboveWords}`,
        todo: "See in the developer console, under resources, what is left; if your edition has more, set channels.dingtalk.monthlyCalls.",
      }
    : { state: "ok", says };
}
