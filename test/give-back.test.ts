import { expect, it } from "vitest";
import { startGivingBack } from "../src/give-back.ts";
import { createManualClock } from "./manual-clock.ts";

const megabyte = 1_024 * 1_024;

/** A process whose memory and work the test decides. */
function createProcess() {
  const clock = createManualClock();
  const state = { busy: 0, memory: 150 * megabyte, needed: 100 * megabyte, collected: 0 };
  const end = startGivingBack({
    clock,
    busy: () => state.busy,
    memory: () => state.memory,
    async collect() {
      state.collected += 1;
      state.memory = state.needed;
    },
  });
  return { clock, state, end };
}

it("gives back once what the start has left, when the process comes to rest", async () => {
  const { clock, state } = createProcess();
  state.busy = 0.5;
  await clock.advance(60_000);
  expect(state.collected).toBe(0);
  state.busy = 0;
  await clock.advance(60_000);
  expect(state).toMatchObject({ collected: 1, memory: 100 * megabyte });
});

it("does so again when the memory has grown by enough, and not while there is much to do", async () => {
  const { clock, state } = createProcess();
  await clock.advance(10_000);
  state.memory += 10 * megabyte;
  await clock.advance(60_000);
  expect(state.collected).toBe(1);
  state.memory += 10 * megabyte;
  state.busy = 0.1;
  await clock.advance(60_000);
  expect(state.collected).toBe(1);
  state.busy = 0.01;
  await clock.advance(10_000);
  expect(state).toMatchObject({ collected: 2, memory: 100 * megabyte });
});

it("does not try on and on where more is needed than before", async () => {
  const { clock, state } = createProcess();
  await clock.advance(10_000);
  state.needed += 50 * megabyte;
  state.memory = state.needed + megabyte;
  await clock.advance(600_000);
  expect(state.collected).toBe(2);
});

it("leaves nothing that waits when it is ended", async () => {
  const { clock, state, end } = createProcess();
  await clock.advance(1_000);
  expect(clock.sleeping()).toBe(1);
  end();
  await clock.advance(60_000);
  expect(clock.sleeping()).toBe(0);
  expect(state.collected).toBe(0);
});
