import { foldWord, lookUp, nearestWord } from "./nearest.ts";

/** The names of time zones that can be suggested, those that people here want first before the others. */
export const zoneNames: readonly string[] = [
  ...new Set(["Asia/Shanghai", "Asia/Singapore", "Asia/Hong_Kong", "UTC", ...Intl.supportedValuesOf("timeZone")]),
];

/** No name is longer. */
const longest = 64;

/** A time zone in the spelling of this machine's database; undefined when it knows none of this name. */
export function zoneOf(text: string): string | undefined {
  // An offset, which is taken as well, has no rules and is no name.
  if (text.length > longest || !/^[a-z]/i.test(text)) {
    return undefined;
  }
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The place that a zone is named after. */
export function placeOfZone(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1);
}

const places: ReadonlyMap<string, string> = new Map(
  [
    ...zoneNames.map((zone): [string, string] => [placeOfZone(zone), zone]),
    ...["Beijing", "北京", "北京时间", "上海", "中国", "China"].map((word): [string, string] => [
      word,
      "Asia/Shanghai",
    ]),
    ...["香港", "HongKong"].map((word): [string, string] => [word, "Asia/Hong_Kong"]),
    ...["新加坡"].map((word): [string, string] => [word, "Asia/Singapore"]),
    ...["东京"].map((word): [string, string] => [word, "Asia/Tokyo"]),
  ].map(([word, zone]): [string, string] => [foldWord(word), zone]),
);

/** The zone that somebody most likely meant who wrote a place, an offset or a name with a slip in it. */
export function nearestZone(text: string): string | undefined {
  const known = lookUp(places, text) ?? zoneOfOffset(text);
  if (known !== undefined) {
    return known;
  }
  const near = nearestWord(text, zoneNames);
  return near ?? lookUp(places, nearestWord(text, [...places.keys()]) ?? "");
}

/** Whole hours alone have a zone of their own; its sign is turned round, as POSIX has it. */
function zoneOfOffset(text: string): string | undefined {
  const [, sign, hours] =
    /^(?:utc|gmt)?([+-])0?(\d{1,2})(?::?00)?$/i.exec(text.slice(0, longest).normalize("NFKC")) ?? [];
  if (sign === undefined) {
    return undefined;
  }
  return sign === "+" && hours === "8" ? "Asia/Shanghai" : zoneOf(`Etc/GMT${sign === "+" ? "-" : "+"}${hours}`);
}
