import { describe, expect, it } from "vitest";
import type { Observation } from "../../src/alerts/episode.ts";
import { type Step, step } from "../../src/alerts/step.ts";
import { episodeOf, hour, minute, noon } from "./builders.ts";

const none: Step = { kind: "none" };
const context = { now: noon.steady, gap: minute, hold: 5 * minute };

const pending = episodeOf({ state: "pending", held: 2 * minute, holding: true });
const stopped = episodeOf({ state: "pending", held: 2 * minute, holding: false });
const ripe = episodeOf({ state: "pending", held: 4 * minute, holding: true });
const told = episodeOf({ state: "told" });
const gone = episodeOf({ state: "gone", missed: 1 });
const nearly = episodeOf({ state: "gone", missed: 2 });
const ended = episodeOf({ state: "ended", end: "resolved" });

type Row = readonly [string, Parameters<typeof step>[0], Readonly<Record<Observation, Step>>];

const table: readonly Row[] = [
  ["quiet", undefined, { risk: { kind: "begin" }, clear: none, "not-seen": none, unknown: none }],
  ["ended", ended, { risk: { kind: "begin" }, clear: none, "not-seen": none, unknown: none }],
  [
    "pending and seen by the last scan",
    pending,
    {
      risk: { kind: "hold", held: 3 * minute, holding: true },
      clear: { kind: "forget" },
      "not-seen": { kind: "hold", held: 2 * minute, holding: false },
      unknown: { kind: "hold", held: 2 * minute, holding: false },
    },
  ],
  [
    "pending and not seen by the last scan",
    stopped,
    {
      risk: { kind: "hold", held: 2 * minute, holding: true },
      clear: { kind: "forget" },
      "not-seen": none,
      unknown: none,
    },
  ],
  [
    "pending for nearly long enough",
    ripe,
    {
      risk: { kind: "tell", held: 5 * minute },
      clear: { kind: "forget" },
      "not-seen": { kind: "hold", held: 4 * minute, holding: false },
      unknown: { kind: "hold", held: 4 * minute, holding: false },
    },
  ],
  [
    "told",
    told,
    {
      risk: { kind: "last" },
      clear: { kind: "end", end: "resolved" },
      "not-seen": { kind: "miss", missed: 1 },
      unknown: none,
    },
  ],
  [
    "not listed once",
    gone,
    {
      risk: { kind: "last" },
      clear: { kind: "end", end: "resolved" },
      "not-seen": { kind: "miss", missed: 2 },
      unknown: none,
    },
  ],
  [
    "not listed twice",
    nearly,
    {
      risk: { kind: "last" },
      clear: { kind: "end", end: "resolved" },
      "not-seen": { kind: "end", end: "gone" },
      unknown: none,
    },
  ],
];

describe("the table of states", () => {
  const cells = table.flatMap(([name, episode, steps]) =>
    (["risk", "clear", "not-seen", "unknown"] as const).map(
      (observation) => [name, observation, episode, steps[observation]] as const,
    ),
  );

  it.each(cells)("what is %s takes %s as it should", (_, observation, episode, expected) => {
    expect(step(episode, observation, context)).toEqual(expected);
  });
});

describe("a hold", () => {
  it("of nothing tells at once", () => {
    expect(step(undefined, "risk", { ...context, hold: 0 })).toEqual({ kind: "tell", held: 0 });
  });

  it("that was made shorter counts for what is pending", () => {
    expect(step(stopped, "risk", { ...context, hold: minute })).toEqual({ kind: "tell", held: 2 * minute });
  });

  it("does not shrink where a gap is negative", () => {
    expect(step(pending, "risk", { ...context, gap: -minute })).toMatchObject({ held: 2 * minute });
  });

  it("is given up for what has not been listed for a day", () => {
    const old = { ...stopped, beganAt: noon.steady - 25 * hour };
    expect(step(old, "not-seen", context)).toEqual({ kind: "forget" });
    expect(step(old, "unknown", context)).toEqual(none);
  });
});

it("the same scan once more does not count what is not listed twice", () => {
  expect(step(nearly, "not-seen", { ...context, gap: 0 })).toEqual(none);
});
