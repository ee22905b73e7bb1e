import { z } from "zod";
import { nearestWord } from "../commands/index.ts";

/** The zone of the machine, whichever that is. */
const machine = "auto";

/** A name of the time zone database, or `auto`. Old names such as `PRC` count; an offset such as `+08:00` knows no summer. */
export function timeZone() {
  const message = "must be auto or a name of the time zone database, such as Asia/Shanghai";
  return z.string({ error: message }).transform((value, context) => {
    const zone = value === machine ? machine : findZone(value);
    if (zone === undefined) {
      const meant = suggestZone(value);
      const params = meant === undefined ? {} : { hint: `did you mean ${meant}?` };
      context.addIssue({ code: "custom", message, input: value, params });
      return z.NEVER;
    }
    return zone;
  });
}

/** The name with its letters as they are written in the database; undefined when there is no such zone. */
function findZone(name: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) {
    return undefined;
  }
  try {
    const { timeZone: known } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    // An old name is kept as it was written: who wrote Asia/Kolkata does not want to read Asia/Calcutta.
    return known.toLowerCase() === name.toLowerCase() ? known : name;
  } catch {
    return undefined;
  }
}

/** The zone that was most likely meant: one of a similar name, or that of a city. */
function suggestZone(name: string): string | undefined {
  const zones = [machine, "UTC", ...Intl.supportedValuesOf("timeZone")];
  const city = (zone: string) => zone.slice(zone.lastIndexOf("/") + 1);
  const meant = nearestWord(name, zones);
  const near = meant ?? nearestWord(city(name), zones.map(city));
  return meant ?? zones.find((zone) => city(zone) === near);
}
