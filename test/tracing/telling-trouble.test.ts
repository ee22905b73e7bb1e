import { expect, test } from "vitest";
import { createTelling, type Trouble } from "../../src/tracing/index.ts";

test("trouble is told at once, and after that once a minute, with all that was lost meanwhile", () => {
  let now = 0;
  const told: Trouble[] = [];
  const trouble = createTelling({ elapsed: () => now, tell: (one) => told.push(one) });
  trouble({ reason: "down", spans: 10 });
  for (now = 1_000; now < 60_000; now += 1_000) {
    trouble({ reason: "down", spans: 1 });
  }
  expect(told).toEqual([{ reason: "down", spans: 10 }]);
  now = 60_000;
  trouble({ reason: "slow", spans: 1 });
  expect(told.slice(1)).toEqual([{ reason: "slow", spans: 60 }]);
});
