import { describe, expect, it } from "vitest";
import { alertedOf, isInScope } from "../../src/alerts/alerted.ts";
import type { Episode } from "../../src/alerts/episode.ts";
import { runtimeOf } from "../fleet/rows.ts";
import { episodeOf, hour, muteOf, noon, watchOf } from "./builders.ts";

const full = { show: "full" } as const;

const over = (part: Partial<Episode> = {}): Episode =>
  episodeOf({
    ...{ state: "ended", end: "resolved", endedAt: noon.steady, until: noon.wall },
    ...part,
  });

describe("an alert, as somebody sees it", () => {
  it("names who is authorised only as far as that may be shown", () => {
    const episode = episodeOf({ seen: runtimeOf({ users: ["li.na"] }) });
    expect(alertedOf(episode, full, [], noon.steady).users).toEqual(["li.na"]);
    expect(alertedOf(episode, { show: "masked" }, [], noon.steady).users).not.toContain("li.na");
    expect(alertedOf(episode, { show: "hidden" }, [], noon.steady).users).toEqual([]);
  });

  it("says how it ended, and how long it lasted", () => {
    const { end } = alertedOf(over({ beganAt: noon.steady - hour }), full, [], noon.steady);
    expect(end).toEqual({ how: "resolved", at: noon.wall, lasted: hour });
  });

  it("has lasted for no time where clocks disagree", () => {
    expect(alertedOf(over({ beganAt: noon.steady + 1 }), full, [], noon.steady).end?.lasted).toBe(0);
  });

  it("is muted until the last of its mutes is over", () => {
    const mutes = [
      muteOf("ecd-1", { untilWall: 5 }),
      muteOf("all", { untilWall: 7 }),
      muteOf("ecd-2", { untilWall: 9 }),
    ];
    expect(alertedOf(episodeOf(), full, mutes, noon.steady).mutedUntil).toBe(7);
  });

  it("is muted by its own mute, or by that of everything while there is one", () => {
    const mutedBy = (...targets: readonly string[]) =>
      alertedOf(
        episodeOf(),
        full,
        targets.map((target) => muteOf(target)),
        noon.steady,
      ).mutedBy;
    expect([mutedBy(), mutedBy("ecd-1"), mutedBy("ecd-1", "all")]).toEqual([undefined, "runtime", "everything"]);
  });

  it("is not muted any more when the time of its mute is over", () => {
    const mutes = [muteOf("ecd-1", { until: noon.steady })];
    expect(alertedOf(episodeOf(), full, mutes, noon.steady).mutedUntil).toBeUndefined();
  });

  it("is not muted when it is over", () => {
    expect(alertedOf(over(), full, [muteOf("ecd-1")], noon.steady).mutedUntil).toBeUndefined();
  });
});

describe("a scope holds an alert", () => {
  const seen = runtimeOf({ groupId: "rg-1" });
  const group = { group: ["rg-1"] };
  const other = { group: ["rg-2"] };
  /** Rows do not show it. */
  const office = { office: ["office-1"] };

  it("whose runtime shows what it asks for", () => {
    expect(isInScope(episodeOf({ seen }), group, undefined)).toBe(true);
    expect(isInScope(episodeOf({ seen }), other, undefined)).toBe(false);
  });

  it("where it is empty", () => {
    expect(isInScope(episodeOf(), {}, undefined)).toBe(true);
  });

  it("not where rows do not show what it asks for", () => {
    expect(isInScope(episodeOf(), office, undefined)).toBe(false);
  });

  it("where the watch has the same, as the API has narrowed it", () => {
    expect(isInScope(episodeOf(), office, watchOf({ scope: "office=office-1" }))).toBe(true);
    expect(isInScope(episodeOf(), office, watchOf({ scope: "office=office-2" }))).toBe(false);
  });

  it("not where it ended as the watch got that scope", () => {
    expect(isInScope(over({ end: "silent" }), office, watchOf({ scope: "office=office-1" }))).toBe(false);
  });

  it("not where it was over before the watch had that scope", () => {
    const watch = watchOf({ scope: "office=office-1", madeAt: noon.wall });
    expect(isInScope(over({ until: noon.wall - 1 }), office, watch)).toBe(false);
    expect(isInScope(over({ until: noon.wall }), office, watch)).toBe(true);
  });
});
