import { z } from "zod";
import { nearestWord, nearestZone, zoneOf } from "../commands/index.ts";

/** The zone of the machine, whichever that is. */
const machine = "auto";

/** A name of the time zone database, or `auto`. An old name such as `PRC` is one; an offset such as `+08:00` knows no summer. */
export function timeZone() {
  const message = "must be auto or a name of the time zone database, such as Asia/Shanghai";
  return z.string({ error: message }).transform((value, context) => {
    const zone = value === machine ? machine : readZone(value);
    if (zone === undefined) {
      const meant = nearestZone(value) ?? nearestWord(value, [machine]);
      const params = meant === undefined ? {} : { hint: `did you mean ${meant}?` };
      context.addIssue({ code: "custom", message, input: value, params });
      return z.NEVER;
    }
    return zone;
  });
}

/** The name with its letters as they are in the database; undefined when there is no such zone. */
function readZone(name: string): string | undefined {
  const zone = zoneOf(name);
  // One that has another name now is kept as it was written: whoever wrote Asia/Kolkata does not want to read Asia/Calcutta.
  return zone === undefined || zone.toLowerCase() === name.toLowerCase() ? zone : name;
}
