import { describe, expect, it } from "vitest";
import { createCallbacks } from "../../../adapters/dingtalk/callbacks.ts";
import { createManualClock, settle } from "../../manual-clock.ts";

function createRig() {
  const clock = createManualClock();
  const callbacks = createCallbacks(clock);
  const closed: string[] = [];
  const wait = (card: string, signal?: AbortSignal) =>
    void callbacks.closed(card, 3_000, signal).then(() => closed.push(card));
  return { clock, callbacks, closed, wait };
}

describe("an open callback", () => {
  it("is waited for, each of several, and of that card alone, and 300 ms more for its answer to arrive", async () => {
    const { clock, callbacks, closed, wait } = createRig();
    const [first, second] = [callbacks.opened("card1"), callbacks.opened("card1")];
    wait("card1");
    wait("card2");
    await settle();
    expect(closed).toEqual(["card2"]);
    first();
    await clock.advance(300);
    expect(closed).toEqual(["card2"]);
    second();
    await clock.advance(299);
    // It is answered once: saying so again makes it no longer.
    second();
    expect([closed, callbacks.isOpen("card1"), callbacks.isOpen("card2")]).toEqual([["card2"], true, false]);
    await clock.advance(1);
    expect([closed, callbacks.isOpen("card1")]).toEqual([["card2", "card1"], false]);
    expect(clock.sleeping()).toBe(0);
  });

  it("is waited for as well when it is opened while others are waited for", async () => {
    const { clock, callbacks, closed, wait } = createRig();
    const first = callbacks.opened("card1");
    wait("card1");
    await settle();
    first();
    const second = callbacks.opened("card1");
    await clock.advance(300);
    expect(closed).toEqual([]);
    second();
    await clock.advance(300);
    expect(closed).toEqual(["card1"]);
  });

  it("is waited for no longer than that, also when ever new ones are opened", async () => {
    const { clock, callbacks, closed, wait } = createRig();
    callbacks.opened("card1");
    wait("card1");
    await clock.advance(2_000);
    callbacks.opened("card1");
    await clock.advance(999);
    expect(closed).toEqual([]);
    await clock.advance(1);
    expect(closed).toEqual(["card1"]);
    expect(clock.sleeping()).toBe(0);
  });

  it("that is never answered is none after 3 s, and not again when it is answered then", async () => {
    const { clock, callbacks, closed, wait } = createRig();
    const answered = callbacks.opened("card1");
    await clock.advance(3_000);
    expect(callbacks.isOpen("card1")).toBe(false);
    answered();
    wait("card1");
    await settle();
    expect(closed).toEqual(["card1"]);
  });

  it("is not waited for any more when the channel closes", async () => {
    const { clock, callbacks, closed, wait } = createRig();
    const ending = new AbortController();
    callbacks.opened("card1")();
    wait("card1", ending.signal);
    await settle();
    ending.abort("closed");
    await settle();
    expect(closed).toEqual(["card1"]);
    expect(clock.sleeping()).toBe(0);
  });
});

describe("an update", () => {
  it("knows whether a callback was open meanwhile, however short", async () => {
    const { clock, callbacks } = createRig();
    const answered = callbacks.opened("card1");
    answered();
    const during = callbacks.watch("card1");
    const other = callbacks.watch("card2");
    await clock.advance(300);
    const after = callbacks.watch("card1");
    const before = callbacks.watch("card1");
    expect([during(), other(), after()]).toEqual([true, false, false]);
    callbacks.opened("card1")();
    expect(before()).toBe(true);
  });
});
