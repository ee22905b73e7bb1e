import { describe, expect, it } from "vitest";
import { createBell } from "../../src/alerts/bell.ts";
import { createManualClock, settle } from "../manual-clock.ts";

const never = new AbortController().signal;

/** A bell, and somebody who waits for it ten seconds at most. */
function createWaiting(signal = never) {
  const clock = createManualClock();
  const bell = createBell(clock);
  let ended = 0;
  const wait = async () => {
    void bell.wait(10_000, signal).then(() => {
      ended += 1;
    });
    await settle();
  };
  return { clock, bell, wait, ended: () => ended };
}

describe("waiting for a bell", () => {
  it("ends when its time is over, and not before", async () => {
    const { clock, wait, ended } = createWaiting();
    await wait();
    await clock.advance(9_999);
    expect(ended()).toBe(0);
    await clock.advance(1);
    expect(ended()).toBe(1);
  });

  it("ends at once when it rings", async () => {
    const { bell, wait, ended } = createWaiting();
    await wait();
    bell.ring();
    await settle();
    expect(ended()).toBe(1);
  });

  it("does not begin where it rang before", async () => {
    const { bell, wait, ended } = createWaiting();
    bell.ring();
    await wait();
    expect(ended()).toBe(1);
  });

  it("begins anew after a ring was heard", async () => {
    const { bell, wait, ended } = createWaiting();
    bell.ring();
    bell.ring();
    await wait();
    await wait();
    expect(ended()).toBe(1);
  });

  it("is not ended a second time by the ring that ended it", async () => {
    const { bell, wait, ended } = createWaiting();
    await wait();
    bell.ring();
    await settle();
    await wait();
    expect(ended()).toBe(1);
  });

  it("ends when the signal is aborted", async () => {
    const ending = new AbortController();
    const { wait, ended } = createWaiting(ending.signal);
    await wait();
    ending.abort();
    await settle();
    expect(ended()).toBe(1);
  });

  it("does not begin where the signal was aborted before", async () => {
    const { wait, ended } = createWaiting(AbortSignal.abort());
    await wait();
    expect(ended()).toBe(1);
  });

  it("leaves no timer behind", async () => {
    const { clock, bell, wait } = createWaiting();
    await wait();
    bell.ring();
    await settle();
    expect(clock.sleeping()).toBe(0);
  });
});
