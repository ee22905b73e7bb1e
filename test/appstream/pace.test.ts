import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPace } from "../../src/appstream/pace.ts";

/** The most starts that any half-open window of `span` milliseconds holds. */
function mostWithin(starts: readonly number[], span: number): number {
  // Sums of fractions are off by some 1e-12; a window is taken that much shorter.
  return Math.max(0, ...starts.map((from) => starts.filter((at) => at >= from && at < from + span - 1e-6).length));
}

describe("the pace", () => {
  it("never lets more than the rate start in any window, throttled or not", () => {
    const rate = fc.oneof(
      fc.double({ min: 0.05, max: 0.99, noNaN: true }),
      fc.double({ min: 1, max: 12, noNaN: true }),
    );
    const step = fc.record({ pause: fc.double({ min: 0, max: 3_000, noNaN: true }), throttled: fc.boolean() });
    fc.assert(
      fc.property(rate, fc.array(step, { maxLength: 60 }), (requestsPerSecond, steps) => {
        const pace = createPace(requestsPerSecond);
        const starts: number[] = [];
        let now = 0;
        for (const { pause, throttled } of steps) {
          now += pause;
          now += pace.wait(now);
          pace.started(now);
          starts.push(now);
          if (throttled) pace.slowDown(now, now + 1);
        }
        const count = Math.max(Math.floor(requestsPerSecond), 1);
        expect(mostWithin(starts, (count / requestsPerSecond) * 1_000)).toBeLessThanOrEqual(count);
      }),
    );
  });

  it("lets the first requests of a second start at once, and the next when the window is over", () => {
    const pace = createPace(3);
    for (const _ of [1, 2, 3]) {
      expect(pace.wait(100)).toBe(0);
      pace.started(100);
    }
    expect(pace.wait(100)).toBe(1_000);
    expect(pace.wait(1_099)).toBe(1);
    expect(pace.wait(1_100)).toBe(0);
  });

  it("halves when it is throttled, once for all requests that were under way, and recovers", () => {
    const pace = createPace(1);
    pace.started(0);
    pace.slowDown(0, 0);
    pace.slowDown(0, 0);
    expect(pace.wait(0)).toBeGreaterThan(1_900);
    expect(pace.wait(0)).toBeLessThanOrEqual(2_000);
    pace.started(600_000);
    expect(pace.wait(600_000)).toBe(1_000);
  });

  it("never comes to a standstill", () => {
    const pace = createPace(1);
    for (let now = 1; now < 50; now += 1) pace.slowDown(now, now);
    pace.started(50);
    expect(pace.wait(50)).toBeLessThanOrEqual(64_000);
  });
});
