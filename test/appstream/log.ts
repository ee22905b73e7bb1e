import type { Log } from "../../src/appstream/index.ts";

/** A log that nobody reads. */
export const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** A log that keeps what it was told, as the JSON it would be written as. */
export function createMemoryLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const write = (object: object, message: string) => lines.push(JSON.stringify([object, message]));
  return { lines, debug: write, info: write, warn: write };
}
