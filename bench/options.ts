import { parseArgs } from "node:util";
import { isPartName, type PartName, partNames } from "./parts.ts";
import type { Size } from "./plan.ts";

/** What the benchmark was asked for. */
export interface Options {
  readonly size: Size;
  /** In the order in which they are told. */
  readonly only: readonly PartName[];
  /** Whether docs/performance.md is to have the figures. */
  readonly write: boolean;
}

export const usage = `npm run bench -- [--only PART,PART…] [--quick | --long] [--write]
parts: ${partNames.join(", ")}`;

/** Reads the command line; a sentence when it cannot be done. */
export function readOptions(args: readonly string[]): Options | string {
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { only: { type: "string" }, quick: flag, long: flag, write: flag },
    });
    const named = values.only?.split(",").map((name) => name.trim()) ?? partNames;
    const unknown = named.find((name) => !isPartName(name));
    if (unknown !== undefined) return `There is no part "${unknown}".\n${usage}`;
    if (values.quick && values.long) return "A run is quick or long.";
    if (values.write && (values.quick || values.only !== undefined)) {
      return "What is written stems from one run of all parts: --write goes neither with --only nor with --quick.";
    }
    return {
      size: values.quick ? "quick" : values.long ? "long" : "usual",
      only: partNames.filter((name) => named.includes(name)),
      write: values.write,
    };
  } catch (error) {
    return `${error instanceof Error ? error.message : "That cannot be read."}\n${usage}`;
  }
}
