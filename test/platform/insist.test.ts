import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInsist, createPace, type Failed, type Lane, type Obstacle } from "../../src/platform/index.ts";
import { createManualClock, settle } from "../manual-clock.ts";

type Failure = "busy" | "limited" | "final" | "late" | "full" | "lost";
type Good = { readonly ok: true; readonly value: number };

const obstacles: Partial<Record<Failure, Obstacle>> = {
  busy: "trouble",
  limited: { limit: "key", reset: undefined },
};
const failed = (failure: Failure): Failed<Failure> => ({ ok: false, failure });
const good = (value: number): Good => ({ ok: true, value });
const lane: Lane = { api: "send", key: "chat" };

function build(tries = 6, random = () => 1) {
  const clock = createManualClock(0);
  const limits = { apis: ["send"], perApi: [], perKey: { calls: 1_000, span: 1_000 } };
  const pace = createPace({ limits, known: true, clock, random });
  const again: string[] = [];
  const insist = createInsist<Failure, Lane>({
    ...{ pace, clock, random, patience: 18_000, tries, full: "full" },
    obstacle: (failure) => obstacles[failure],
    late: (last, underWay) => (underWay ? "lost" : (last ?? "late")),
    onAgain: (failure, { api }, made) => void again.push(`${api} ${failure} ${made}`),
  });
  /** Gives the answers in turn, the last one ever after, and notes when it was asked. */
  const asked: number[] = [];
  const script = (...answers: readonly (Good | Failed<Failure>)[]) => {
    return async () => {
      asked.push(clock.now());
      return answers[Math.min(asked.length, answers.length) - 1] ?? good(0);
    };
  };
  return { clock, pace, insist, again, asked, script };
}

describe("insisting", () => {
  it("gives what the first success gives, and holds no timer after it", async () => {
    const { clock, insist, script, asked } = build();
    expect(await insist.within((signal) => insist.call(lane, script(good(7)), signal))).toEqual(good(7));
    expect([asked, clock.sleeping()]).toEqual([[0], 0]);
  });

  it("waits longer after each trouble, and has its tries", async () => {
    const { clock, insist, script, asked, again } = build();
    const done = insist.within((signal) => insist.call(lane, script(failed("busy")), signal));
    await clock.advance(18_000);
    expect(await done).toEqual(failed("busy"));
    expect(asked).toEqual([0, 400, 1_200, 2_800, 6_000, 10_000]);
    expect(again).toEqual(["send busy 1", "send busy 2", "send busy 3", "send busy 4", "send busy 5"]);
  });

  it("waits for a limit with the pace, where others of the same key wait as well", async () => {
    const { clock, insist, pace, script, asked } = build(6, () => 0);
    const done = insist.within((signal) => insist.call(lane, script(failed("limited"), good(1)), signal));
    await settle();
    let other = false;
    pace.turn(lane, new AbortController().signal).then(() => {
      other = true;
    });
    await clock.advance(999);
    expect([asked, other]).toEqual([[0], false]);
    await clock.advance(1);
    expect([await done, other]).toEqual([good(1), true]);
  });

  it("does not repeat what nothing stands in the way of", async () => {
    const { insist, script, asked } = build();
    const done = await insist.within((signal) => insist.call(lane, script(failed("final")), signal));
    expect([done, asked]).toEqual([failed("final"), [0]]);
  });

  it("ends with its patience: with the last failure while it waits, and as lost while a try is under way", async () => {
    const { clock, insist, script } = build(100);
    const waiting = insist.within((signal) => insist.call(lane, script(failed("busy")), signal));
    const hanging = insist.within((signal) => insist.call(lane, () => new Promise<Good>(() => undefined), signal));
    const longer = insist.within(
      (signal) => insist.call(lane, () => new Promise<Good>(() => undefined), signal),
      5_000,
    );
    let over = 0;
    for (const one of [waiting, hanging, longer]) one.then(() => (over += 1));
    await clock.advance(17_999);
    expect(over).toBe(0);
    await clock.advance(1);
    expect([await waiting, await hanging, over]).toEqual([failed("busy"), failed("lost"), 2]);
    await clock.advance(5_000);
    expect([await longer, clock.sleeping()]).toEqual([failed("lost"), 0]);
  });

  it("ends at once when it is stopped, and does not begin after that", async () => {
    const { clock, insist, script, asked } = build();
    const waiting = insist.within((signal) => insist.call(lane, script(failed("busy")), signal));
    await settle();
    insist.stop();
    expect(await waiting).toEqual(failed("busy"));
    expect(await insist.within((signal) => insist.call(lane, script(good(1)), signal))).toEqual(failed("late"));
    expect([asked, clock.sleeping()]).toEqual([[0], 0]);
  });

  it("says so when too many wait already", async () => {
    const { insist, pace, script } = build();
    pace.limited(lane, "key", 60);
    for (let index = 0; index < 80; index += 1) void pace.turn(lane, new AbortController().signal);
    expect(await insist.within((signal) => insist.call(lane, script(good(1)), signal))).toEqual(failed("full"));
    pace.stop();
  });

  it("is over within its patience and its tries, whatever comes, and leaves nothing behind", async () => {
    const answer = fc.constantFrom(good(1), failed("busy"), failed("limited"), failed("final"));
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 9 }), chance, async (answers, random) => {
        const { clock, insist, script, asked } = build(6, () => random);
        let over = false;
        const done = insist.within((signal) => insist.call(lane, script(...answers), signal));
        done.then(() => {
          over = true;
        });
        await clock.advance(18_000);
        expect(over).toBe(true);
        expect(asked.length).toBeLessThanOrEqual(6);
        expect(await done).toEqual(answers[Math.min(asked.length, answers.length) - 1]);
        expect(clock.sleeping()).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
