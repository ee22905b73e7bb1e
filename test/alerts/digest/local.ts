const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show, as "2026-03-29 02:30". */
export function localOf(wall: number, zone: string): string {
  const made = formats.get(zone);
  const format = made ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  formats.set(zone, format);
  return format.format(wall);
}
