import { describe, expect, it } from "vitest";
import { judge } from "../../../src/alerts/judge/index.ts";
import { runtimeOf } from "../../fleet/rows.ts";
import {
  atRisk,
  episodeOf,
  hour,
  judgedOf,
  minute,
  muteOf,
  noon,
  noticeOf,
  plainRules,
  sightingOf,
  stateOf,
} from "../builders.ts";

const lasts = sightingOf([atRisk("ecd-1", "model-modified")]);
const seen = runtimeOf({ id: "ecd-1", name: "agent of ecd-1", risks: ["model-modified"] });
const due = episodeOf({ remindAt: noon.steady });
const acked = { by: "ou_2", at: noon.wall };

describe("a told risk that lasts", () => {
  it("changes nothing", () => {
    const open = [episodeOf()];
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: lasts }));
    expect(change).toMatchObject({
      episodes: [],
      notices: [],
      revised: [],
      dropped: [],
      stale: [],
      patch: {},
      setups: [],
    });
    expect(change.scan).toMatchObject({ complete: true, atRisk: 1, kinds: { "model-modified": 1 }, odd: [] });
  });

  it("is kept as it is seen now where that reads otherwise", () => {
    const runtime = { ...seen, modelTemplateId: "mt-new" };
    const sighting = sightingOf([["ecd-1", { kind: "row", runtime }]]);
    const change = judge(judgedOf({ state: stateOf({ open: [episodeOf()] }), sighting }));
    expect(change).toMatchObject({ notices: [], episodes: [{ seen: { modelTemplateId: "mt-new" } }] });
  });

  it("is left as it was seen where only its status is another", () => {
    const sighting = sightingOf([["ecd-1", { kind: "row", runtime: { ...seen, status: "Stopped" } }]]);
    expect(judge(judgedOf({ state: stateOf({ open: [episodeOf()] }), sighting })).episodes).toEqual([]);
  });
});

describe("a reminder", () => {
  it("comes when it is due, and the next one after the same time", () => {
    const change = judge(judgedOf({ state: stateOf({ open: [due] }), sighting: lasts }));
    expect(change.notices).toMatchObject([{ kind: "reminder", about: { kind: "some", episodes: [due.id], total: 1 } }]);
    expect(change.episodes).toMatchObject([{ remindAt: noon.steady + plainRules.repeat }]);
  });

  it("comes for all that are due in one notice, the worst first, of which a hundred are named", () => {
    const modified = Array.from({ length: 120 }, (_, index) =>
      episodeOf({ runtime: `r${index}`, remindAt: noon.steady }),
    );
    const worst = episodeOf({ runtime: "worst", kind: "agent-uninstalled", remindAt: noon.steady });
    const rows = modified.map(({ runtime }) => atRisk(runtime, "model-modified"));
    const sighting = sightingOf([...rows, atRisk("worst", "agent-uninstalled")]);
    const [notice, ...others] = judge(judgedOf({ state: stateOf({ open: [...modified, worst] }), sighting })).notices;
    expect(others).toEqual([]);
    const about = notice?.about.kind === "some" ? notice.about : undefined;
    expect(about?.episodes[0]).toBe(worst.id);
    expect(about?.episodes).toHaveLength(100);
    expect(about?.total).toBe(121);
  });

  it.each([
    ["it is acknowledged", { open: [{ ...due, acked }] }, lasts, plainRules],
    ["it was not seen by this scan", { open: [due] }, sightingOf([]), plainRules],
    ["it is muted", { open: [due], mutes: [muteOf("ecd-1")] }, lasts, plainRules],
    ["reminders are not wanted", { open: [due] }, lasts, { ...plainRules, repeat: 0 }],
    ["it is not due", { open: [episodeOf({ remindAt: noon.steady + 1 })] }, lasts, plainRules],
    ["it comes back to the list only now", { open: [{ ...due, state: "gone" as const }] }, lasts, plainRules],
  ])("does not come where %s", (_, state, sighting, rules) => {
    expect(judge(judgedOf({ state: stateOf(state), sighting, rules })).notices).toEqual([]);
  });

  it("does not come before the first word has been tried", () => {
    const state = stateOf({ open: [due], untried: [noticeOf()] });
    const change = judge(judgedOf({ state, sighting: lasts }));
    expect(change).toMatchObject({
      notices: [],
      revised: [],
      episodes: [{ remindAt: noon.steady + plainRules.repeat }],
    });
  });

  it("joins one that was never tried", () => {
    const other = episodeOf({ runtime: "ecd-2", remindAt: noon.steady + hour });
    const about = { kind: "some", episodes: [other.id], total: 1 } as const;
    const untried = [noticeOf({ id: "n-remind", kind: "reminder", about })];
    const sighting = sightingOf([atRisk("ecd-1", "model-modified"), atRisk("ecd-2", "model-modified")]);
    const change = judge(judgedOf({ state: stateOf({ open: [due, other], untried }), sighting }));
    expect(change.notices).toEqual([]);
    expect(change.revised).toEqual([
      { id: "n-remind", about: { kind: "some", episodes: [due.id, other.id], total: 2 } },
    ]);
  });

  it.each([
    ["is over", { open: [episodeOf()] }, sightingOf([atRisk("ecd-1")])],
    ["was acknowledged", { open: [episodeOf({ acked })] }, lasts],
    ["was muted", { open: [episodeOf()], mutes: [muteOf("all")] }, lasts],
  ])("that was never tried is dropped when what it is about %s", (_, state, sighting) => {
    const about = { kind: "some", episodes: [episodeOf().id], total: 1 } as const;
    const untried = [noticeOf({ id: "n-remind", kind: "reminder", about })];
    expect(judge(judgedOf({ state: stateOf({ ...state, untried }), sighting })).dropped).toEqual(["n-remind"]);
  });

  it("comes as well for what was told before reminders were wanted", () => {
    const open = [episodeOf({ remindAt: undefined })];
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: lasts }));
    expect(change).toMatchObject({ notices: [], episodes: [{ remindAt: noon.steady + plainRules.repeat }] });
  });
});

describe("a mute", () => {
  const mutes = [muteOf("ecd-1")];

  it("makes what lasts meanwhile be owed a word, once", () => {
    const open = [episodeOf()];
    expect(judge(judgedOf({ state: stateOf({ open, mutes }), sighting: lasts }))).toMatchObject({
      notices: [],
      episodes: [{ state: "told", quiet: true, notice: "n-told" }],
    });
    const quiet = [episodeOf({ quiet: true })];
    expect(judge(judgedOf({ state: stateOf({ open: quiet, mutes }), sighting: lasts })).episodes).toEqual([]);
  });

  it("takes back what was owed and never tried", () => {
    const open = [episodeOf({ notice: "n-first" })];
    const untried = [noticeOf({ id: "n-first" })];
    const change = judge(judgedOf({ state: stateOf({ open, untried, mutes }), sighting: lasts }));
    expect(change).toMatchObject({ dropped: ["n-first"], episodes: [{ quiet: true, notice: undefined }] });
  });

  it("is owed no second word where its notice was tried in vain, which is sent when the mute is over", () => {
    const tried = [noticeOf({ attempts: 1, triedAt: noon.wall })];
    const change = judge(judgedOf({ state: stateOf({ open: [episodeOf()], tried, mutes }), sighting: lasts }));
    expect(change).toMatchObject({ notices: [], dropped: [], episodes: [] });
  });

  it("that is over is said to be, with what lasts", () => {
    const open = [episodeOf({ quiet: true })];
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: lasts }));
    expect(change.notices).toMatchObject([{ kind: "unmuted", about: { kind: "some", episodes: [open[0]?.id] } }]);
    expect(change).toMatchObject({ episodes: [{ quiet: false, notice: "n-told" }], stale: ["n-told"] });
  });

  it("that is over says nothing until what lasts is seen", () => {
    const open = [episodeOf({ quiet: true })];
    expect(judge(judgedOf({ state: stateOf({ open }), sighting: sightingOf([]) })).notices).toEqual([]);
  });

  it("that is over says nothing of what was acknowledged", () => {
    const open = [episodeOf({ quiet: true, acked })];
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: lasts }));
    expect(change).toMatchObject({ notices: [], episodes: [{ quiet: false }] });
  });

  it("of another runtime is none of this one's", () => {
    const state = stateOf({ open: [due], mutes: [muteOf("ecd-2")] });
    expect(judge(judgedOf({ state, sighting: lasts })).notices).toMatchObject([{ kind: "reminder" }]);
  });
});

describe("what is kept of a scan", () => {
  it("is what was not as expected, what says most first, and a hundred of them", () => {
    const open = [
      ...Array.from({ length: 120 }, (_, index) => episodeOf({ runtime: `r${index}` })),
      episodeOf({ runtime: "over" }),
    ];
    const change = judge(judgedOf({ state: stateOf({ open }), sighting: sightingOf([atRisk("over")]) }));
    expect(change.scan?.odd).toHaveLength(100);
    expect(change.scan?.odd[0]).toEqual(["over", "model-modified", "clear"]);
  });

  it("is its time, and why it was not complete", () => {
    const sighting = sightingOf([], { complete: false, reason: "throttled" });
    expect(judge(judgedOf({ sighting })).scan).toEqual({
      ...{ watch: "w1", at: noon.steady, wall: noon.wall, complete: false, atRisk: 0, kinds: {} },
      ...{ reason: "throttled", odd: [] },
    });
  });

  it("is nothing where none was possible", () => {
    const change = judge(judgedOf({ state: stateOf({ open: [due] }), sighting: undefined, gap: minute }));
    expect(change).toMatchObject({ scan: undefined, episodes: [], notices: [] });
  });
});
