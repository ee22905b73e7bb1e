import { describe, expect, it } from "vitest";
import { createViews } from "../../../adapters/dingtalk/views.ts";
import { createManualClock, settle } from "../../manual-clock.ts";

function createRig() {
  const clock = createManualClock();
  const views = createViews(clock);
  const closed: string[] = [];
  const wait = (card: string, signal?: AbortSignal) => void views.closed(card, signal).then(() => closed.push(card));
  return { clock, views, closed, wait };
}

const one = { title: "one" };
const two = { title: "two" };

describe("an open callback", () => {
  it("is waited for, each of several, and of that card alone", async () => {
    const { views, closed, wait } = createRig();
    const [first, second] = [views.opened("card1"), views.opened("card1")];
    wait("card1");
    wait("card2");
    await settle();
    expect(closed).toEqual(["card2"]);
    first();
    first();
    await settle();
    expect(closed).toEqual(["card2"]);
    second();
    await settle();
    expect(closed).toEqual(["card2", "card1"]);
  });

  it("is waited for again when it is opened while others are waited for", async () => {
    const { views, closed, wait } = createRig();
    const first = views.opened("card1");
    wait("card1");
    await settle();
    first();
    const second = views.opened("card1");
    await settle();
    expect(closed).toEqual([]);
    second();
    await settle();
    expect(closed).toEqual(["card1"]);
  });

  it("is waited for 3 s at most, also when ever new ones are opened", async () => {
    const { clock, views, closed, wait } = createRig();
    views.opened("card1");
    wait("card1");
    await clock.advance(2_000);
    views.opened("card1");
    await clock.advance(999);
    expect(closed).toEqual([]);
    await clock.advance(1);
    expect(closed).toEqual(["card1"]);
    expect(clock.sleeping()).toBe(0);
  });

  it("that never ends is none after 3 s", async () => {
    const { clock, views, closed, wait } = createRig();
    views.opened("card1");
    await clock.advance(3_000);
    wait("card1");
    await settle();
    expect(closed).toEqual(["card1"]);
  });

  it("is not waited for any more when the channel closes", async () => {
    const { clock, views, closed, wait } = createRig();
    const ending = new AbortController();
    views.opened("card1");
    wait("card1", ending.signal);
    await settle();
    ending.abort("closed");
    await settle();
    expect(closed).toEqual(["card1"]);
    expect(clock.sleeping()).toBe(0);
  });
});

describe("what everyone sees", () => {
  it("is what the last update that holds has shown", () => {
    const { views } = createRig();
    expect(views.isShown("card1", one)).toBe(false);
    expect(views.updating("card1", one)(true)).toBe(true);
    expect([views.isShown("card1", { ...one }), views.isShown("card1", two), views.isShown("card2", one)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("is unknown while an update is under way, and when it failed", () => {
    const { views } = createRig();
    views.updating("card1", one)(true);
    const ended = views.updating("card1", two);
    expect(views.isShown("card1", one)).toBe(false);
    expect(ended(false)).toBe(false);
    expect([views.isShown("card1", one), views.isShown("card1", two)]).toEqual([false, false]);
  });

  it("is not changed by an update during which a callback was open, however short", () => {
    const { views } = createRig();
    const close = views.opened("card1");
    const during = views.updating("card1", one);
    close(one);
    expect(during(true)).toBe(false);
    const before = views.updating("card1", one);
    views.opened("card1")(one);
    expect(before(true)).toBe(false);
    expect(views.isShown("card1", one)).toBe(false);
    expect(views.updating("card1", one)(true)).toBe(true);
  });

  it("is not what one who pressed sees, unless that is the same", () => {
    const { views } = createRig();
    for (const [view, same] of [
      [undefined, false],
      [two, false],
      [one, true],
    ] as const) {
      views.updating("card1", one)(true);
      views.opened("card1")(view);
      expect(views.isShown("card1", one)).toBe(same);
    }
  });

  it("may be an earlier card of the same id where one was created, until somebody has pressed on it and sees this one", () => {
    const { views } = createRig();
    views.created("card1", one);
    expect(views.isShown("card1", one)).toBe(false);
    views.opened("card1")(one);
    expect(views.isShown("card1", one)).toBe(true);
  });
});
