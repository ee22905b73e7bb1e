import { describe, expect, it } from "vitest";
import { createNonces } from "../../src/simulator/nonces.ts";

describe("spent nonces", () => {
  it("are remembered for as long as a request with them could be accepted", () => {
    const nonces = createNonces(100);
    expect([0, 1, 30 * 60_000].map((now) => nonces.spend("a", now))).toEqual([true, false, false]);
  });

  it("are forgotten afterwards", () => {
    const nonces = createNonces(100);
    for (let turn = 0; turn < 50; turn += 1) nonces.spend(`old-${turn}`, 0);
    nonces.spend("new", 30 * 60_000 + 1);
    expect(nonces.size).toBe(1);
  });

  it("never take more room than the limit", () => {
    const nonces = createNonces(100);
    for (let turn = 0; turn < 1000; turn += 1) nonces.spend(String(turn), 0);
    expect([nonces.size, nonces.spend("999", 0)]).toEqual([100, false]);
  });
});
