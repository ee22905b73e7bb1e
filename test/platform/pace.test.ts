import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPace, type Lane, type Pace, type PaceLimits, type Turn } from "../../src/platform/index.ts";
import { createManualClock } from "../manual-clock.ts";

const never = new AbortController().signal;

const limits: PaceLimits = {
  apis: ["create", "reply", "patch"],
  perApi: [
    { calls: 50, span: 1_000 },
    { calls: 1_000, span: 60_000 },
  ],
  perKey: { calls: 5, span: 1_000 },
};

function build(known = true, random = () => 0) {
  const clock = createManualClock(0);
  return { clock, pace: createPace({ limits, known, clock, random }) };
}

const lane = (key: string, api: Lane["api"] = "create"): Lane => ({ api, key });

/** Asks for many turns, and notes when each was given. */
function takeAll(pace: Pace, lanes: readonly Lane[], now: () => number) {
  const taken: { readonly lane: Lane; readonly index: number; readonly at: number; readonly turn: Turn }[] = [];
  lanes.forEach((one, index) => {
    pace.turn(one, never).then((turn) => taken.push({ lane: one, index, at: now(), turn }));
  });
  return taken;
}

const most = (times: readonly number[], span: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + span).length));

describe("the pace", () => {
  it("never gives more turns than the platform allows in any window, keeps the order of a chat and loses none", async () => {
    const wish = fc.record({
      after: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 700 })),
      api: fc.constantFrom("create", "reply", "patch" as const),
      key: fc.integer({ min: 0, max: 12 }).map((chat) => `oc_${chat}`),
    });
    const limited = fc.option(fc.record({ at: fc.nat(80), whose: fc.constantFrom("key", "api" as const) }));
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { maxLength: 120 }), limited, async (wishes, complaint) => {
        const { clock, pace } = build();
        const taken: { lane: Lane; index: number; at: number; turn: Turn }[] = [];
        for (const [index, { after, api, key }] of wishes.entries()) {
          await clock.advance(after);
          pace
            .turn({ api, key }, never)
            .then((turn) => taken.push({ lane: { api, key }, index, at: clock.now(), turn }));
          if (complaint?.at === index) pace.limited({ api, key }, complaint.whose, 2);
        }
        await clock.advance(200_000);
        expect(taken.map(({ turn }) => turn)).toEqual(wishes.map(() => "go"));
        for (const key of new Set(wishes.map((one) => one.key))) {
          const ofKey = taken.filter((one) => one.lane.key === key);
          expect(
            most(
              ofKey.map(({ at }) => at),
              1_000,
            ),
          ).toBeLessThanOrEqual(5);
          expect(ofKey.map(({ index }) => index)).toEqual(ofKey.map(({ index }) => index).toSorted((a, b) => a - b));
        }
        expect(clock.sleeping()).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the limits of an API a second and a minute", async () => {
    const { clock, pace } = build();
    const lanes = Array.from({ length: 1_000 }, (_, index) => lane(`oc_${index}`));
    const taken = takeAll(pace, lanes, clock.now);
    await clock.advance(30_000);
    const more = takeAll(pace, lanes.slice(0, 100), clock.now);
    await clock.advance(90_000);
    const times = [...taken, ...more].map(({ at }) => at);
    expect(times).toHaveLength(1_100);
    expect(most(times, 1_000)).toBe(50);
    expect(most(times, 60_000)).toBe(1_000);
    expect(Math.max(...taken.map(({ at }) => at))).toBeLessThan(21_000);
  });

  it("counts each API for itself, and a chat over all of them", async () => {
    const { clock, pace } = build();
    const creates = Array.from({ length: 50 }, (_, index) => lane(`oc_${index}`));
    const replies = Array.from({ length: 50 }, (_, index) => lane(`oc_${50 + index}`, "reply"));
    const first = takeAll(pace, [...creates, ...replies], clock.now);
    await clock.advance(0);
    expect(first).toHaveLength(100);
    await clock.advance(2_000);
    const ofChat = takeAll(
      pace,
      [..."crcrcr"].map((word) => lane("oc_1", word === "c" ? "create" : "reply")),
      clock.now,
    );
    await clock.advance(0);
    expect(ofChat).toHaveLength(5);
    pace.stop();
  });

  it("lets other chats pass one that has to wait", async () => {
    const { clock, pace } = build();
    const taken = takeAll(pace, [...Array.from({ length: 9 }, () => lane("oc_busy")), lane("oc_calm")], clock.now);
    await clock.advance(0);
    expect(taken.filter(({ lane: { key } }) => key === "oc_calm")).toHaveLength(1);
    expect(taken.filter(({ lane: { key } }) => key === "oc_busy")).toHaveLength(5);
  });

  it("does not hold back a platform of unknown limits, until it complains", async () => {
    const { clock, pace } = build(false);
    const chat = Array.from({ length: 30 }, () => lane("oc_1"));
    const before = takeAll(pace, chat, clock.now);
    await clock.advance(0);
    expect(before).toHaveLength(30);
    pace.limited(lane("oc_1"), "key", undefined);
    const after = takeAll(pace, chat, clock.now);
    await clock.advance(999);
    expect(after).toHaveLength(0);
    await clock.advance(1);
    expect(after).toHaveLength(5);
    await clock.advance(10_000);
    expect(
      most(
        after.map(({ at }) => at),
        1_000,
      ),
    ).toBe(5);
  });

  it("holds one chat, or all calls of an API, as long as the platform says", async () => {
    const { clock, pace } = build();
    pace.limited(lane("oc_1"), "key", 3);
    const first = takeAll(pace, [lane("oc_1"), lane("oc_2")], clock.now);
    await clock.advance(2_999);
    expect(first.map((one) => one.lane.key)).toEqual(["oc_2"]);
    await clock.advance(1);
    expect(first.map((one) => one.lane.key)).toEqual(["oc_2", "oc_1"]);
    pace.limited(lane("oc_1"), "api", 4);
    const second = takeAll(pace, [lane("oc_3"), lane("om_1", "patch")], clock.now);
    await clock.advance(3_999);
    expect(second.map((one) => one.lane.key)).toEqual(["om_1"]);
    await clock.advance(1);
    expect(second).toHaveLength(2);
  });

  it("comes back a little later than it must, by chance", async () => {
    const { clock, pace } = build(true, () => 0.5);
    pace.limited(lane("oc_1"), "key", 1);
    const taken = takeAll(pace, [lane("oc_1")], clock.now);
    await clock.advance(10_000);
    expect(taken).toMatchObject([{ at: 1_250 }]);
  });

  it("never pauses for longer than a minute", async () => {
    const { clock, pace } = build();
    pace.limited(lane("oc_1"), "api", 86_400);
    const taken = takeAll(pace, [lane("oc_1")], clock.now);
    await clock.advance(60_000);
    expect(taken).toHaveLength(1);
  });

  it("refuses when too many wait, of one chat or in all", async () => {
    const { clock, pace } = build();
    const ofOne = takeAll(
      pace,
      Array.from({ length: 86 }, () => lane("oc_1")),
      clock.now,
    );
    await clock.advance(0);
    expect(ofOne.filter(({ turn }) => turn === "full")).toHaveLength(1);
    const ofAll = takeAll(
      pace,
      Array.from({ length: 1_200 }, (_, index) => lane(`oc_x${index}`)),
      clock.now,
    );
    await clock.advance(0);
    expect(ofAll.filter(({ turn }) => turn === "full")).toHaveLength(1_200 - (50 - 5) - (1_000 - 80));
    pace.stop();
  });

  it("lets go of a wait when its signal is aborted, and takes no turn for it", async () => {
    const { clock, pace } = build();
    takeAll(
      pace,
      Array.from({ length: 5 }, () => lane("oc_1")),
      clock.now,
    );
    const controller = new AbortController();
    const left = pace.turn(lane("oc_1"), controller.signal);
    const next = takeAll(pace, [lane("oc_1")], clock.now);
    controller.abort();
    expect(await left).toBe("ended");
    await clock.advance(1_100);
    expect(next).toHaveLength(1);
    expect(await pace.turn(lane("oc_1"), controller.signal)).toBe("ended");
  });

  it("ends every wait and holds no timer once it is stopped", async () => {
    const { clock, pace } = build();
    const taken = takeAll(
      pace,
      Array.from({ length: 8 }, () => lane("oc_1")),
      clock.now,
    );
    pace.stop();
    await clock.advance(0);
    expect(taken.map(({ turn }) => turn)).toEqual([...Array(5).fill("go"), ...Array(3).fill("ended")]);
    expect(clock.sleeping()).toBe(0);
    expect(await pace.turn(lane("oc_2"), never)).toBe("ended");
  });
});
