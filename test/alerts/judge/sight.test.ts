import { describe, expect, it } from "vitest";
import { judge } from "../../../src/alerts/judge/index.ts";
import type { ScanRow } from "../../../src/alerts/memory.ts";
import {
  atRisk,
  hour,
  judgedOf,
  minute,
  momentAt,
  noon,
  noticeOf,
  plainRules,
  sightingOf,
  stateOf,
  watchOf,
} from "../builders.ts";

function completeAt(milliseconds: number): ScanRow {
  const { steady, wall } = momentAt(milliseconds);
  const counts = { atRisk: 0, kinds: {}, odd: [] };
  return { watch: "w1", at: steady, wall, complete: true, reason: undefined, ...counts };
}

const nothing = sightingOf([], { complete: false, reason: "throttled" });
const old = watchOf({ madeAt: momentAt(-hour).wall });
const blindFrom = momentAt(-hour).steady;
const since = momentAt(-10 * minute).wall;
const blind = watchOf({ madeAt: momentAt(-hour).wall, blindSince: since });
const told = noticeOf({ id: "n-blind", kind: "blind", about: { kind: "blind", since, reason: "throttled" } });
const back = noticeOf({ id: "n-sight", kind: "sight", about: { kind: "sight", since, until: noon.wall } });

describe("a watch without a complete scan", () => {
  const state = stateOf({ watch: old, lastComplete: completeAt(-10 * minute) });

  it("is told to be blind after ten minutes, since when and why", () => {
    const change = judge(judgedOf({ state, sighting: nothing, blindFrom }));
    expect(change.notices).toMatchObject([{ kind: "blind", about: { kind: "blind", since, reason: "throttled" } }]);
    expect(change.patch).toEqual({ blindSince: since });
  });

  it("is blind as well where no scan was possible", () => {
    const change = judge(judgedOf({ state, sighting: undefined, blindFrom }));
    expect(change).toMatchObject({ notices: [{ kind: "blind" }], scan: undefined });
  });

  it.each([
    ["the last complete scan was a minute ago", { state: stateOf({ watch: old, lastComplete: completeAt(-minute) }) }],
    ["scans began a minute ago", { state, blindFrom: momentAt(-minute).steady }],
    ["it was made a minute ago", { state: stateOf({ watch: watchOf({ madeAt: momentAt(-minute).wall }) }) }],
    ["three intervals are longer than that", { state, rules: { ...plainRules, interval: 5 * minute } }],
    ["it was told before", { state: stateOf({ watch: blind }) }],
  ])("is not told to be blind where %s", (_, part) => {
    const change = judge(judgedOf({ sighting: nothing, blindFrom, ...part }));
    expect(change).toMatchObject({ notices: [], patch: {} });
  });

  it("is blind without a word where another watch has told the chat", () => {
    const change = judge(judgedOf({ state, sighting: nothing, blindFrom, chatIsBlind: true }));
    expect(change).toMatchObject({ notices: [], patch: { blindSince: since } });
  });

  it("is told to be blind before its first complete scan, too", () => {
    const watch = { ...old, primed: false };
    const change = judge(judgedOf({ state: stateOf({ watch }), sighting: nothing, blindFrom }));
    expect(change.notices).toMatchObject([{ kind: "blind", about: { since: momentAt(-hour).wall } }]);
  });

  it("is told so after a word that it sees again that still waits", () => {
    const lastComplete = completeAt(-10 * minute);
    const state = stateOf({ watch: old, lastComplete, untried: [back] });
    const change = judge(judgedOf({ state, sighting: nothing, blindFrom }));
    expect(change).toMatchObject({ notices: [{ kind: "blind" }], dropped: [], patch: { blindSince: since } });
  });
});

describe("a blind watch whose scan is complete", () => {
  it("is told to see again", () => {
    const change = judge(judgedOf({ state: stateOf({ watch: blind }) }));
    expect(change.notices).toMatchObject([{ kind: "sight", about: { kind: "sight", since, until: noon.wall } }]);
    expect(change.patch).toEqual({ blindSince: undefined });
  });

  it("sees without a word where another watch of the chat is still blind", () => {
    const change = judge(judgedOf({ state: stateOf({ watch: blind }), chatIsBlind: true }));
    expect(change.notices).toEqual([]);
    expect(change.patch).toEqual({ blindSince: undefined });
  });

  it("sees without a word where nobody was told that it was blind", () => {
    const change = judge(judgedOf({ state: stateOf({ watch: blind, untried: [told] }) }));
    expect(change).toMatchObject({ notices: [], dropped: ["n-blind"] });
  });

  it("says so with its summary where this is its first", () => {
    const state = stateOf({ watch: { ...blind, primed: false } });
    const change = judge(judgedOf({ state, sighting: sightingOf([atRisk("a", "model-modified")]) }));
    expect(change.notices).toMatchObject([{ kind: "summary" }]);
    expect(change.patch).toEqual({ primed: true, blindSince: undefined });
  });
});
