import { describe, expect, test } from "vitest";
import { createTurns } from "../../src/bot/turns.ts";
import { settle } from "../manual-clock.ts";

describe("the turns of a card", () => {
  test("overtake each other: only the newest has something to show", () => {
    const turns = createTurns();
    const [first, second] = [turns.begin("card"), turns.begin("card")];
    expect([first.overtaken.aborted, second.overtaken.aborted]).toEqual([true, false]);
    first.end();
    expect(second.overtaken.aborted).toBe(false);
  });

  test("leave other cards alone", () => {
    const turns = createTurns();
    const first = turns.begin("card");
    turns.begin("other");
    expect(first.overtaken.aborted).toBe(false);
  });

  test("wait for a change that an earlier turn has under way", async () => {
    const turns = createTurns();
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = turns.begin("card");
    void first.change(() => promise);
    let settled = false;
    void turns
      .begin("card")
      .settled()
      .then(() => {
        settled = true;
      });
    await settle();
    expect(settled).toBe(false);
    resolve();
    await settle();
    expect(settled).toBe(true);
  });

  test("forget a card when the last of them is over", () => {
    const turns = createTurns();
    const first = turns.begin("card");
    first.end();
    turns.begin("card");
    // Nothing is left of the first: had it been remembered, it would have been overtaken.
    expect(first.overtaken.aborted).toBe(false);
  });
});
