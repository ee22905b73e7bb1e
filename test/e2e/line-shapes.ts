import { expect } from "vitest";
import { z } from "zod";
import { type LineAbout, lines } from "../../src/telemetry/index.ts";

const lineSchema = z.looseObject({ msg: z.string(), level: z.number() });
const levels = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;
const common = ["level", "time", "msg", "traceId"];

/** Fails where a line of docs/logs.md has another level or other fields than it says; gives the lines that were looked at. */
export function expectShapes(written: readonly string[]): readonly string[] {
  const table: Readonly<Record<string, LineAbout>> = lines;
  return written.flatMap((text) => {
    const line = lineSchema.parse(JSON.parse(text));
    const about = table[line.msg];
    if (about === undefined) return [];
    const names = Object.keys(about.fields);
    const known = [...common, ...names.map((name) => name.replace(/\?$/, ""))];
    const wanted = names.filter((name) => !name.endsWith("?"));
    expect(line.level, line.msg).toBe(levels[about.level]);
    expect(
      Object.keys(line).filter((name) => !known.includes(name)),
      line.msg,
    ).toEqual([]);
    expect(
      wanted.filter((name) => !(name in line)),
      line.msg,
    ).toEqual([]);
    return [line.msg];
  });
}
