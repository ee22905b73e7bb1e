import type { Log } from "../../../src/bot/index.ts";

/** A log that keeps what it was told, as the JSON it would be written as. */
export function createMemoryLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const write = (fields: object, message: string) => lines.push(JSON.stringify([fields, message]));
  return { lines, debug: write, info: write, warn: write, error: write };
}
