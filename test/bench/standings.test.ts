import { describe, expect, it } from "vitest";
import type { Standing } from "../../bench/contest.ts";
import { chartsOf, figuresOf, tablesOf } from "../../bench/standings.ts";

function standing(name: string, given: Partial<Standing> = {}): Standing {
  const paced = [{ perSecond: 100, seconds: 1, times: [1, 2, 3], keptUp: true }];
  return {
    ...{ name, start: 900, idle: 130, throughput: 2_000, alone: [1], paced, presses: [5] },
    ...{ written: 50_000, after: 150, ...given },
  };
}

const slow = standing("Slow", {
  throughput: 1_000,
  paced: [{ perSecond: 100, seconds: 1, times: [900], keptUp: false }],
});
const field = { platform: "Lark", own: standing("Deskhand"), bare: standing("bare"), others: [slow] };

describe("the standings of the benchmark", () => {
  it("tell of a bot that cannot keep up, and not how long its answers took", () => {
    const [, latency] = tablesOf(field);
    expect(latency?.rows.at(-1)).toEqual(["Slow", "cannot keep up"]);
    expect(chartsOf(field).at(-1)?.rows.at(-1)).toEqual({ label: "Slow", values: [undefined] });
  });

  it("have a ratio below 1 where Deskhand does what it should", () => {
    const against = (other: Standing) =>
      figuresOf({ ...field, others: [other] }).find(
        ({ what }) => what === `commands a second, in those of ${other.name}`,
      );
    expect(against(slow)?.ratio).toBe(0.5);
    expect(against(standing("Fast", { throughput: 4_000 }))?.ratio).toBe(2);
  });
});
