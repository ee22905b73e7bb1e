import type { Count, Log } from "../../../src/bot/index.ts";

/** A log that keeps what it was told, as the JSON it would be written as. */
export function createMemoryLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const write = (fields: object, message: string) => lines.push(JSON.stringify([fields, message]));
  return { lines, info: write, warn: write, error: write };
}

/** Counts, by event and labels: `lark_calls call=create outcome=ok`. */
export function createCounts(): { readonly count: Count; readonly of: (name: string) => number } {
  const counts = new Map<string, number>();
  return {
    count(event, labels = {}) {
      const name = [event, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)].join(" ");
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    of: (name) => counts.get(name) ?? 0,
  };
}
