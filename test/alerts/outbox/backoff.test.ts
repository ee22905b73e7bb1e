import { describe, expect, it } from "vitest";
import { backoff } from "../../../src/alerts/outbox/backoff.ts";

const longest = () => 1;
const shortest = () => 0;

describe("the wait before a notice is tried again", () => {
  it("is a second after the first try, and doubles with each", () => {
    expect([1, 2, 3, 4].map((attempts) => backoff(attempts, longest))).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it("is never more than five minutes", () => {
    expect([10, 100, 5_000].map((attempts) => backoff(attempts, longest))).toEqual([300_000, 300_000, 300_000]);
  });

  it("is spread over its second half", () => {
    expect([backoff(4, shortest), backoff(4, () => 0.5)]).toEqual([4_000, 6_000]);
  });
});
