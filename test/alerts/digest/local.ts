/** What the clocks of a zone show, as "2026-03-29 02:30". */
export function localOf(wall: number, zone: string): string {
  return new Date(wall).toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
}
