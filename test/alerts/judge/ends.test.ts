import { describe, expect, it } from "vitest";
import { judge } from "../../../src/alerts/judge/index.ts";
import type { Seen } from "../../../src/alerts/sighting.ts";
import { runtimeOf } from "../../fleet/rows.ts";
import {
  atRisk,
  episodeOf,
  judgedOf,
  minute,
  momentAt,
  muteOf,
  noon,
  noticeOf,
  plainRules,
  sightingOf,
  stateOf,
} from "../builders.ts";

const told = episodeOf();
const clear = sightingOf([atRisk("ecd-1")]);

describe("a told risk that is over", () => {
  it("is told as resolved, and its card shows it", () => {
    const change = judge(judgedOf({ state: stateOf({ open: [told] }), sighting: clear }));
    expect(change.notices).toMatchObject([
      { kind: "resolved", about: { kind: "episodes", total: 1, kinds: { "model-modified": 1 } } },
    ]);
    const [notice] = change.notices;
    expect(change.episodes).toMatchObject([
      {
        state: "ended",
        end: "resolved",
        endedAt: noon.steady,
        until: noon.wall,
        endNotice: notice?.id,
        notice: "n-told",
      },
    ]);
    expect(change.stale).toEqual(["n-told"]);
  });

  it("is so as well where its runtime does not match any more", () => {
    const sighting = sightingOf([["ecd-1", { kind: "elsewhere" }]]);
    expect(judge(judgedOf({ state: stateOf({ open: [told] }), sighting })).notices).toMatchObject([
      { kind: "resolved" },
    ]);
  });

  it("is told in one notice with all others of its scan", () => {
    const open = [told, episodeOf({ runtime: "ecd-2" })];
    const sighting = sightingOf([atRisk("ecd-1"), atRisk("ecd-2")]);
    expect(judge(judgedOf({ state: stateOf({ open }), sighting })).notices).toMatchObject([
      { kind: "resolved", about: { total: 2 } },
    ]);
  });

  it("joins such a notice that was never tried", () => {
    const untried = [noticeOf({ id: "n-over", kind: "resolved" })];
    const change = judge(judgedOf({ state: stateOf({ open: [told], untried }), sighting: clear }));
    expect(change.notices).toEqual([]);
    expect(change.revised).toMatchObject([{ id: "n-over", about: { total: 2, kinds: { "model-modified": 2 } } }]);
    expect(change.episodes).toMatchObject([{ endNotice: "n-over" }]);
  });

  it("only changes its card where nobody wants to be told", () => {
    const rules = { ...plainRules, resolved: false };
    const change = judge(judgedOf({ state: stateOf({ open: [told] }), rules, sighting: clear }));
    expect(change).toMatchObject({
      notices: [],
      stale: ["n-told"],
      episodes: [{ end: "resolved", endNotice: undefined }],
    });
  });

  it("ends without a word while it is muted", () => {
    const change = judge(judgedOf({ state: stateOf({ open: [told], mutes: [muteOf("ecd-1")] }), sighting: clear }));
    expect(change).toMatchObject({
      notices: [],
      episodes: [{ state: "ended", end: "resolved", endNotice: undefined }],
    });
  });

  it("ends without a word where nobody was told of it", () => {
    const open = [episodeOf({ notice: undefined, quiet: true })];
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: clear }));
    expect(change).toMatchObject({ notices: [], stale: [], episodes: [{ state: "ended" }] });
  });

  it("is noted with how its runtime is set up now", () => {
    const runtime = runtimeOf({ id: "ecd-1", risks: [], modelTemplateId: "mt-1", channels: ["wecom", "feishu"] });
    const sighting = sightingOf([["ecd-1", { kind: "row", runtime }]]);
    const change = judge(judgedOf({ state: stateOf({ open: [told] }), sighting }));
    expect(change.setups).toEqual([{ runtime: "ecd-1", template: "mt-1", channels: ["feishu", "wecom"] }]);
  });
});

describe("a told risk that is not seen to be over", () => {
  it.each<[string, Seen | undefined]>([
    ["nothing is said of it", undefined],
    ["it could not be found out", { kind: "unknown" }],
    ["the API says nothing of risk", { kind: "row", runtime: runtimeOf({ id: "ecd-1", risks: undefined }) }],
  ])("goes on: %s", (_, seen) => {
    const sighting = sightingOf(seen === undefined ? [] : [["ecd-1", seen]]);
    const change = judge(judgedOf({ state: stateOf({ open: [told] }), sighting }));
    expect(change).toMatchObject({
      notices: [],
      episodes: [],
      scan: { odd: [["ecd-1", "model-modified", "unknown"]] },
    });
  });

  it.each<[string, Seen]>([
    ["a row without it", { kind: "row", runtime: runtimeOf({ id: "ecd-1", risks: [] }) }],
    ["a row elsewhere", { kind: "elsewhere" }],
    ["no row", { kind: "no-row" }],
  ])("goes on in a scan that is not complete: %s", (_, seen) => {
    const sighting = sightingOf([["ecd-1", seen]], { complete: false, reason: "timeout" });
    const change = judge(judgedOf({ state: stateOf({ open: [told] }), sighting }));
    expect(change).toMatchObject({ notices: [], episodes: [], setups: [] });
  });
});

describe("a runtime that is no longer listed", () => {
  const noRow = sightingOf([["ecd-1", { kind: "no-row" }]]);

  it("is counted", () => {
    const change = judge(judgedOf({ state: stateOf({ open: [told] }), sighting: noRow }));
    expect(change).toMatchObject({ notices: [], stale: [], episodes: [{ state: "gone", missed: 1 }] });
  });

  it("is told as gone after three scans, and never as resolved", () => {
    const open = [episodeOf({ state: "gone", missed: 2 })];
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: noRow }));
    expect(change.notices).toMatchObject([{ kind: "resolved" }]);
    expect(change.episodes).toMatchObject([{ state: "ended", end: "gone" }]);
  });

  it("is told without a word when it comes back", () => {
    const open = [episodeOf({ state: "gone", missed: 2 })];
    const sighting = sightingOf([atRisk("ecd-1", "model-modified")]);
    const change = judge(judgedOf({ state: stateOf({ open }), sighting }));
    expect(change).toMatchObject({ notices: [], episodes: [{ state: "told", missed: 0, id: open[0]?.id }] });
  });
});

describe("a risk that is over before its notice was tried", () => {
  const brief = episodeOf({ notice: "n-first", beganAt: momentAt(-minute).steady });
  const long = episodeOf({ notice: "n-first", beganAt: momentAt(-minute - 1).steady });
  const untried = [noticeOf({ id: "n-first" })];

  it("was there for an interval at most: nobody is told", () => {
    const change = judge(judgedOf({ state: stateOf({ open: [brief], untried }), sighting: clear }));
    expect(change).toMatchObject({ notices: [], dropped: ["n-first"], stale: [] });
    expect(change.episodes).toMatchObject([{ state: "ended", notice: undefined, endNotice: undefined }]);
  });

  it("was there for longer: one notice tells both times", () => {
    const change = judge(judgedOf({ state: stateOf({ open: [long], untried }), sighting: clear }));
    expect(change).toMatchObject({ notices: [{ kind: "passed", about: { total: 1 } }], dropped: ["n-first"] });
    const [notice] = change.notices;
    expect(change.episodes).toMatchObject([{ notice: notice?.id, endNotice: notice?.id }]);
  });

  it("is muted: nobody is told", () => {
    const state = stateOf({ open: [long], untried, mutes: [muteOf("all")] });
    expect(judge(judgedOf({ state, sighting: clear }))).toMatchObject({ notices: [], dropped: ["n-first"] });
  });

  it("leaves that notice to the others", () => {
    const open = [long, episodeOf({ runtime: "ecd-2", notice: "n-first" })];
    const sighting = sightingOf([atRisk("ecd-1"), atRisk("ecd-2", "model-modified")]);
    const about = { kind: "episodes", total: 2, kinds: { "model-modified": 2 } } as const;
    const change = judge(
      judgedOf({ state: stateOf({ open, untried: [noticeOf({ id: "n-first", about })] }), sighting }),
    );
    expect(change.revised).toMatchObject([{ id: "n-first", about: { total: 1 } }]);
    expect(change.dropped).toEqual([]);
  });

  it("leaves a word that it came again", () => {
    const again = noticeOf({
      ...{ id: "n-again", kind: "again", target: "n-card" },
      about: { kind: "some", episodes: [brief.id], total: 1 },
    });
    const open = [{ ...brief, notice: "n-card", times: 2 }];
    const change = judge(judgedOf({ state: stateOf({ open, untried: [again] }), sighting: clear }));
    expect(change).toMatchObject({ notices: [], dropped: ["n-again"], stale: ["n-card"] });
    expect(change.episodes).toMatchObject([{ notice: undefined }]);
  });
});

describe("a risk that is over and has not been heard of", () => {
  const began = { beganAt: momentAt(-minute - 1).steady };

  it("as the platform refuses its notice, is told in one notice with its end", () => {
    const open = [episodeOf({ ...began, notice: "n-refused" })];
    const change = judge(judgedOf({ state: stateOf({ open, refused: ["n-refused"] }), sighting: clear }));
    expect(change).toMatchObject({ notices: [{ kind: "passed", about: { total: 1 } }] });
    const [notice] = change.notices;
    expect(change.episodes).toMatchObject([{ notice: notice?.id, endNotice: notice?.id }]);
  });

  it("as its notice was given up, is told in one notice with its end", () => {
    const open = [episodeOf({ ...began, notice: undefined })];
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: clear }));
    expect(change).toMatchObject({ notices: [{ kind: "passed" }], episodes: [{ state: "ended" }] });
  });

  it("ends without a word while it is muted", () => {
    const open = [episodeOf({ ...began, notice: "n-refused" })];
    const state = stateOf({ open, refused: ["n-refused"], mutes: [muteOf("ecd-1")] });
    expect(judge(judgedOf({ state, sighting: clear }))).toMatchObject({
      notices: [],
      episodes: [{ notice: undefined }],
    });
  });
});

it("a pending risk that is over was none", () => {
  const open = [episodeOf({ state: "pending", notice: undefined, remindAt: undefined })];
  const change = judge(judgedOf({ state: stateOf({ open }), sighting: clear }));
  expect(change).toMatchObject({ notices: [], episodes: [{ state: "ended", end: "silent" }] });
});
