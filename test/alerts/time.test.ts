import { describe, expect, it } from "vitest";
import { createTime } from "../../src/alerts/time.ts";
import { hour, noon } from "./builders.ts";

/** A time, and the clocks of the machine under it. */
function createClocks() {
  let [wall, elapsed] = [noon.wall, 500];
  const clock = { now: () => wall, elapsed: () => elapsed, sleep: async () => undefined };
  return {
    time: createTime(clock),
    pass(milliseconds: number) {
      wall += milliseconds;
      elapsed += milliseconds;
    },
    put(milliseconds: number) {
      wall += milliseconds;
    },
  };
}

describe("steady time", () => {
  it("begins at the wall clock", () => {
    expect(createClocks().time.now()).toEqual(noon);
  });

  it("goes on as time passes", () => {
    const { time, pass } = createClocks();
    pass(hour);
    expect(time.now().steady).toBe(noon.steady + hour);
  });

  it.each([hour, -hour])("is not moved by a wall clock that is put by %i ms, which is shown", (milliseconds) => {
    const { time, put } = createClocks();
    put(milliseconds);
    expect(time.now()).toEqual({ steady: noon.steady, wall: noon.wall + milliseconds });
  });

  it("is a whole number, as the store keeps none other", () => {
    const { time, pass } = createClocks();
    pass(0.75);
    expect(Number.isInteger(time.now().steady)).toBe(true);
  });

  it("goes on from where another process was, if that was further", () => {
    const { time, pass } = createClocks();
    time.reach(noon.steady + hour);
    pass(1);
    expect(time.now().steady).toBe(noon.steady + hour + 1);
  });

  it("never goes back to where another process was", () => {
    const { time } = createClocks();
    time.reach(noon.steady - hour);
    expect(time.now().steady).toBe(noon.steady);
  });

  it("stays as it is where no process was before", () => {
    const { time } = createClocks();
    time.reach(undefined);
    expect(time.now().steady).toBe(noon.steady);
  });

  it("goes back to that of a leader which it is ahead of", () => {
    const { time, pass } = createClocks();
    pass(hour);
    time.follow(noon.steady);
    expect(time.now().steady).toBe(noon.steady);
  });

  it("is not moved by a leader that was there some seconds ago", () => {
    const { time, pass } = createClocks();
    pass(3_000);
    time.follow(noon.steady);
    expect(time.now().steady).toBe(noon.steady + 3_000);
  });
});
