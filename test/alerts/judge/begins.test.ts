import { describe, expect, it } from "vitest";
import { endedSince, judge } from "../../../src/alerts/judge/index.ts";
import { runtimeOf } from "../../fleet/rows.ts";
import {
  atRisk,
  episodeOf,
  hour,
  judgedOf,
  minute,
  momentAt,
  muteOf,
  noon,
  noticeOf,
  plainRules,
  sightingOf,
  stateOf,
  watchOf,
} from "../builders.ts";

const newcomer = watchOf({ primed: false });

describe("new risks of a scan", () => {
  it("are told in one notice, at which their episodes point", () => {
    const sighting = sightingOf([atRisk("b", "model-modified"), atRisk("a", "agent-uninstalled", "model-modified")]);
    const change = judge(judgedOf({ sighting }));
    expect(change.notices).toMatchObject([
      {
        kind: "firing",
        watch: "w1",
        chat: "oc_1",
        about: { kind: "episodes", total: 3, kinds: { "agent-uninstalled": 1, "model-modified": 2 } },
        target: undefined,
        madeAt: noon.wall,
        owedSince: noon.steady,
      },
    ]);
    const [notice] = change.notices;
    expect(change.episodes.map(({ state, notice: of }) => [state, of])).toEqual(Array(3).fill(["told", notice?.id]));
  });

  it("are seen without fields that this version does not know, and with how they were set up before", () => {
    const before = { template: "mt-1", channels: ["feishu"] };
    const runtime = runtimeOf({ id: "a", risks: ["model-modified"], other: { New: 1 } });
    const sighting = sightingOf([["a", { kind: "row", runtime }]], { before: new Map([["a", before]]) });
    const change = judge(judgedOf({ sighting }));
    expect(change.episodes).toMatchObject([{ seen: { id: "a", other: {} }, before, since: noon.wall }]);
  });

  it("of a kind that the watch is not about are none", () => {
    const sighting = sightingOf([atRisk("a", "channel-modified")], { kinds: ["model-modified"] });
    const change = judge(judgedOf({ sighting }));
    expect(change).toMatchObject({ episodes: [], notices: [], scan: { atRisk: 0 } });
  });

  it("are pending while they must hold", () => {
    const rules = { ...plainRules, hold: 5 * minute };
    const change = judge(judgedOf({ rules, sighting: sightingOf([atRisk("a", "model-modified")]) }));
    expect(change.notices).toEqual([]);
    expect(change.episodes).toMatchObject([{ state: "pending", held: 0, holding: true, notice: undefined }]);
  });

  it("join the notice that was never tried", () => {
    const untried = [noticeOf({ id: "n-first" })];
    const open = [episodeOf({ notice: "n-first" })];
    const sighting = sightingOf([atRisk("ecd-1", "model-modified"), atRisk("ecd-2", "channel-modified")]);
    const change = judge(judgedOf({ state: stateOf({ open, untried }), sighting }));
    expect(change.notices).toEqual([]);
    expect(change.revised).toEqual([
      { id: "n-first", about: { kind: "episodes", total: 2, kinds: { "model-modified": 1, "channel-modified": 1 } } },
    ]);
    expect(change.episodes).toMatchObject([{ runtime: "ecd-2", notice: "n-first" }]);
  });

  it("count from an incomplete scan as well", () => {
    const sighting = sightingOf([atRisk("a", "model-modified")], { complete: false, reason: "timeout" });
    expect(judge(judgedOf({ sighting })).notices).toMatchObject([{ kind: "firing" }]);
  });
});

describe("the first complete scan", () => {
  it("tells the present state in one summary, whatever they must hold", () => {
    const rules = { ...plainRules, hold: hour };
    const sighting = sightingOf([atRisk("a", "model-modified"), atRisk("b", "channel-modified")]);
    const change = judge(judgedOf({ state: stateOf({ watch: newcomer }), rules, sighting }));
    expect(change.notices).toMatchObject([{ kind: "summary", about: { total: 2 } }]);
    expect(change.patch).toEqual({ primed: true });
    expect(change.episodes.map(({ state }) => state)).toEqual(["told", "told"]);
  });

  it("says nothing when nothing is at risk", () => {
    const change = judge(judgedOf({ state: stateOf({ watch: newcomer }) }));
    expect(change).toMatchObject({ notices: [], episodes: [], patch: { primed: true } });
  });

  it("is waited for: one that is not complete changes nothing", () => {
    const sighting = sightingOf([atRisk("a", "model-modified")], { complete: false, reason: "throttled" });
    const change = judge(judgedOf({ state: stateOf({ watch: newcomer }), sighting }));
    expect(change).toMatchObject({ notices: [], episodes: [], patch: {}, scan: { complete: false } });
  });

  it("goes on with what was open before, and leaves what is over to the next one", () => {
    const open = [episodeOf({ runtime: "lasts" }), episodeOf({ runtime: "over" })];
    const sighting = sightingOf([atRisk("lasts", "model-modified"), atRisk("over"), atRisk("new", "model-modified")]);
    const change = judge(judgedOf({ state: stateOf({ watch: newcomer, open }), sighting }));
    expect(change.notices).toMatchObject([{ kind: "summary", about: { total: 1 } }]);
    expect(change.episodes).toMatchObject([{ runtime: "new" }]);
  });
});

describe("what came back soon after its end", () => {
  const end = momentAt(-minute);
  const over = { state: "ended", end: "resolved", endedAt: end.steady, until: end.wall, endNotice: "n-over" } as const;
  const before = episodeOf({ id: "e-before", beganAt: momentAt(-10 * minute).steady, ...over });
  const sighting = sightingOf([atRisk("ecd-1", "model-modified")]);

  it("is told as come again, on the card that told it before", () => {
    const change = judge(judgedOf({ state: stateOf({ ended: [before] }), sighting }));
    const [episode] = change.episodes;
    expect(episode).toMatchObject({ times: 2, notice: "n-told" });
    expect(change.notices).toMatchObject([
      { kind: "again", target: "n-told", about: { kind: "some", episodes: [episode?.id], total: 1 } },
    ]);
    expect(change.stale).toEqual(["n-told"]);
  });

  it("is counted with all of the last hour", () => {
    const others = [50, 30].map((ago) =>
      episodeOf({ ...before, id: `e-${ago}`, beganAt: momentAt(-ago * minute).steady, endedAt: end.steady - ago }),
    );
    const change = judge(judgedOf({ state: stateOf({ ended: [before, ...others] }), sighting }));
    expect(change.episodes).toMatchObject([{ times: 4 }]);
  });

  it("is new after more than its hold and two intervals", () => {
    const ended = [{ ...before, endedAt: noon.steady - 2 * minute - 1 }];
    const change = judge(judgedOf({ state: stateOf({ ended }), sighting }));
    expect(change.episodes).toMatchObject([{ times: 1 }]);
    expect(change.notices).toMatchObject([{ kind: "firing", target: undefined }]);
  });

  it("is told as new where it was not told the last time", () => {
    const change = judge(judgedOf({ state: stateOf({ ended: [{ ...before, notice: undefined }] }), sighting }));
    expect(change.episodes).toMatchObject([{ times: 2 }]);
    expect(change.notices).toMatchObject([{ kind: "firing" }]);
  });

  it("is new where it was forgotten, or ended with an edit", () => {
    const ended = [episodeOf({ ...before, end: "silent" })];
    const change = judge(judgedOf({ state: stateOf({ ended }), sighting }));
    expect(change.episodes).toMatchObject([{ times: 1 }]);
    expect(change.notices).toMatchObject([{ kind: "firing" }]);
  });

  it("is told with what is new in one notice", () => {
    const both = sightingOf([atRisk("ecd-1", "model-modified"), atRisk("ecd-2", "model-modified")]);
    const change = judge(judgedOf({ state: stateOf({ ended: [before] }), sighting: both }));
    expect(change.notices).toMatchObject([{ kind: "firing", about: { total: 2 } }]);
    const [notice] = change.notices;
    expect(change.episodes.map((episode) => [episode.times, episode.notice])).toEqual([
      [2, notice?.id],
      [1, notice?.id],
    ]);
  });

  it("is told anew where it stood on several cards", () => {
    const other = episodeOf({ ...before, id: "e-other", runtime: "ecd-2", notice: "n-other" });
    const both = sightingOf([atRisk("ecd-1", "model-modified"), atRisk("ecd-2", "model-modified")]);
    const change = judge(judgedOf({ state: stateOf({ ended: [before, other] }), sighting: both }));
    expect(change.notices).toMatchObject([{ kind: "firing", about: { total: 2 } }]);
  });

  it("takes the place of an earlier word of that kind that was never tried", () => {
    const back = episodeOf({ id: "e-back", runtime: "ecd-2", notice: "n-other", times: 2 });
    const untried = [
      noticeOf({
        id: "n-again",
        kind: "again",
        target: "n-other",
        about: { kind: "some", episodes: ["e-back"], total: 1 },
      }),
    ];
    const both = sightingOf([atRisk("ecd-1", "model-modified"), atRisk("ecd-2", "model-modified")]);
    const change = judge(judgedOf({ state: stateOf({ open: [back], ended: [before], untried }), sighting: both }));
    expect(change.dropped).toEqual(["n-again"]);
    expect(change.notices).toMatchObject([{ kind: "firing", about: { total: 2 } }]);
    const [notice] = change.notices;
    expect(change.episodes.map((episode) => episode.notice)).toEqual([notice?.id, notice?.id]);
  });

  it("is not told above a word on its end that still waits", () => {
    const untried = [noticeOf({ id: "n-first", order: 1 }), noticeOf({ id: "n-over", order: 2, kind: "resolved" })];
    const first = episodeOf({ runtime: "ecd-9", notice: "n-first" });
    const both = sightingOf([atRisk("ecd-1", "model-modified"), atRisk("ecd-9", "model-modified")]);
    const change = judge(judgedOf({ state: stateOf({ open: [first], ended: [before], untried }), sighting: both }));
    expect(change.notices).toMatchObject([{ kind: "again", target: "n-told" }]);
    expect(change.revised).toEqual([]);
  });

  it("is looked for among what ended within an hour, or longer where a hold is longer", () => {
    expect(endedSince(plainRules, noon)).toBe(noon.steady - hour);
    expect(endedSince({ ...plainRules, hold: 2 * hour }, noon)).toBe(noon.steady - 2 * hour - 2 * minute);
  });
});

describe("what is muted from its beginning", () => {
  const sighting = sightingOf([atRisk("ecd-1", "model-modified")]);

  it.each(["ecd-1", "all"])("is told to nobody, and owed a word: muted is %s", (target) => {
    const change = judge(judgedOf({ state: stateOf({ mutes: [muteOf(target)] }), sighting }));
    expect(change.notices).toEqual([]);
    expect(change.episodes).toMatchObject([{ state: "told", quiet: true, notice: undefined, remindAt: undefined }]);
  });

  it("is told once the mute is over", () => {
    const open = [episodeOf({ quiet: true, notice: undefined, remindAt: undefined })];
    const mutes = [muteOf("ecd-1", { until: noon.steady })];
    const change = judge(judgedOf({ state: stateOf({ open, mutes }), sighting }));
    expect(change.notices).toMatchObject([{ kind: "unmuted", about: { episodes: [open[0]?.id], total: 1 } }]);
    const [notice] = change.notices;
    const remindAt = noon.steady + plainRules.repeat;
    expect(change.episodes).toMatchObject([{ quiet: false, notice: notice?.id, remindAt }]);
  });

  it("is told with what is new in one notice", () => {
    const open = [episodeOf({ quiet: true, notice: undefined, remindAt: undefined })];
    const both = sightingOf([atRisk("ecd-1", "model-modified"), atRisk("ecd-2", "model-modified")]);
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: both }));
    expect(change.notices).toMatchObject([{ kind: "firing", about: { total: 2 } }]);
  });
});
