import { describe, expect, it } from "vitest";
import type { Episode } from "../../../src/alerts/episode.ts";
import { judge } from "../../../src/alerts/judge/index.ts";
import { countingIds } from "../builders.ts";
import { always, type Judgement, kinds, observed, runtimes, scansOf } from "./histories.ts";

/** The episodes that a scan tells first, with what tells them. */
function begunBy({ before, change }: Pick<Judgement, "before" | "change">): readonly Episode[] {
  const known = new Map(before.open.map((one) => [one.id, one]));
  return change.episodes.filter(
    (one) => one.state === "told" && one.notice !== undefined && known.get(one.id)?.notice === undefined,
  );
}

describe("whatever happens to a watch", () => {
  it("nothing is told as resolved without having been seen to be clear after its last risk", () => {
    always((life) => {
      for (const { act, change } of scansOf(life)) {
        for (const episode of change.episodes.filter(({ end }) => end === "resolved")) {
          expect(observed(act, episode.runtime, episode.kind)).toBe("clear");
        }
      }
    });
  });

  it("nothing is told as gone without three complete scans in which it was not listed", () => {
    always((life) => {
      const scans = scansOf(life);
      for (const [index, { change }] of scans.entries()) {
        for (const episode of change.episodes.filter(({ end }) => end === "gone")) {
          const told = scans
            .slice(0, index + 1)
            .map(({ act }) => observed(act, episode.runtime, episode.kind))
            .filter((observation) => observation !== "unknown");
          expect(told.slice(-3)).toEqual(["not-seen", "not-seen", "not-seen"]);
        }
      }
    });
  });

  it("a scan that says nothing sends nothing but that the watch is blind", () => {
    always((life) => {
      for (const { act, change } of scansOf(life)) {
        const says = runtimes.some((runtime) => kinds.some((kind) => observed(act, runtime, kind) !== "unknown"));
        expect(says || change.notices.every(({ kind }) => kind === "blind" || kind === "sight")).toBe(true);
      }
      for (const { change } of life.judgements.filter(({ sighting }) => sighting === undefined)) {
        expect(change.notices.every(({ kind }) => kind === "blind")).toBe(true);
        expect(change.episodes).toEqual([]);
      }
    });
  });

  it("a notice is made once, and changed or dropped only before it was tried", () => {
    always((life) => {
      const made = new Set<string>();
      for (const { before, change } of life.judgements) {
        const untried = before.untried.map(({ id }) => id);
        for (const { id } of change.notices) {
          expect(made.has(id)).toBe(false);
          made.add(id);
        }
        expect(untried).toEqual(expect.arrayContaining([...change.revised.map(({ id }) => id), ...change.dropped]));
        expect(change.stale.filter((id) => untried.includes(id))).toEqual([]);
      }
      expect(new Set(life.messages.map(({ id }) => id)).size).toBe(life.messages.length);
    });
  });

  // One that came back stands on a card that is still being tried as well as in the notice that changes that card.
  it("of an episode its beginning is told first, then that it lasts, then its end, at most once", () => {
    always((life) => {
      const told = new Map<string, string>();
      for (const { kind, episodes } of life.messages) {
        for (const id of episodes) {
          told.set(id, `${told.get(id) ?? ""} ${kind}`);
        }
      }
      for (const course of told.values()) {
        expect(course).toMatch(
          /^ (passed|(summary|firing|again|unmuted|(summary|firing) again)( (reminder|unmuted))*( resolved)?)$/,
        );
      }
    });
  });

  it("repeating a scan adds nothing", () => {
    always((life, rules) => {
      for (const { change, sighting, now, after, blindFrom } of life.judgements) {
        // What the first complete scan leaves to the next one is told by that.
        if (change.patch.primed !== true) {
          const asked = { state: after, sighting, rules, now, gap: 0, blindFrom, chatIsBlind: false };
          const again = judge({ ...asked, newId: countingIds() });
          const nothing = { episodes: [], notices: [], revised: [], dropped: [], stale: [], patch: {} };
          expect(again).toMatchObject(nothing);
        }
      }
    });
  });

  it("the order of the rows of a scan is of no account", () => {
    always((life, rules) => {
      for (const { sighting, now, gap, before, blindFrom } of scansOf(life)) {
        const asked = { state: before, rules, now, gap, blindFrom, chatIsBlind: false };
        const turned = { ...sighting, runtimes: new Map([...sighting.runtimes].reverse()) };
        const one = judge({ ...asked, sighting, newId: countingIds() });
        expect(judge({ ...asked, sighting: turned, newId: countingIds() })).toEqual(one);
      }
    });
  });

  it("the first complete scan sends at most one message", () => {
    always((life) => {
      for (const { change } of life.judgements.filter((one) => one.change.patch.primed === true)) {
        expect(change.notices.length).toBeLessThanOrEqual(1);
      }
    });
  });

  it("one scan tells beginnings in one message, and ends in one each", () => {
    always((life) => {
      for (const judgement of life.judgements) {
        const { change } = judgement;
        const made = change.notices.map(({ kind }) => (kind === "summary" || kind === "again" ? "firing" : kind));
        expect(new Set(made).size).toBe(made.length);
        expect(new Set(begunBy(judgement).map(({ notice }) => notice)).size).toBeLessThanOrEqual(1);
        const ends = change.episodes.filter(({ state, endNotice }) => state === "ended" && endNotice !== undefined);
        const resolved = ends.filter(({ notice, endNotice }) => notice !== endNotice);
        expect(new Set(resolved.map(({ endNotice }) => endNotice)).size).toBeLessThanOrEqual(1);
        const passed = ends.filter(({ notice, endNotice }) => notice === endNotice);
        expect(new Set(passed.map(({ endNotice }) => endNotice)).size).toBeLessThanOrEqual(1);
      }
    });
  });

  it("an acknowledgement does not outlive its episode, and stops its reminders", () => {
    always((life) => {
      for (const { before, change } of life.judgements) {
        const acked = new Set(before.open.filter((one) => one.acked !== undefined).map(({ id }) => id));
        const known = new Set(before.open.map(({ id }) => id));
        expect(change.episodes.filter((one) => !known.has(one.id) && one.acked !== undefined)).toEqual([]);
        const abouts = [...change.notices.filter(({ kind }) => kind === "reminder")].map(({ about }) => about);
        const named = abouts.flatMap((about) => (about.kind === "some" ? about.episodes : []));
        expect(named.filter((id) => acked.has(id))).toEqual([]);
      }
    });
  });

  it("of what is muted nothing is sent and nothing is owed, and it ends all the same", () => {
    always((life) => {
      for (const { act, now, before, change, after, sighting } of scansOf(life)) {
        if (!before.watch.primed && !sighting.complete) {
          continue;
        }
        const targets = before.mutes.filter(({ until }) => until > now.steady).map(({ target }) => target);
        const isMuted = ({ runtime }: Episode) => targets.includes("all") || targets.includes(runtime);
        const made = new Set([...change.notices, ...after.untried].map(({ id }) => id));
        for (const one of [...after.open, ...change.episodes].filter(isMuted)) {
          expect([
            one.state !== "ended" && made.has(one.notice ?? ""),
            change.notices.some(({ id }) => id === one.endNotice),
          ]).toEqual([false, false]);
          const named = after.untried.flatMap(({ about }) => (about.kind === "some" ? about.episodes : []));
          expect(named).not.toContain(one.id);
        }
        const clear = before.open.filter((one) => observed(act, one.runtime, one.kind) === "clear");
        if (before.watch.primed) {
          expect(after.open.filter((one) => clear.some(({ id }) => id === one.id))).toEqual([]);
        }
      }
    });
  });
});
