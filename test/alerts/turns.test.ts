import { expect, it } from "vitest";
import { createTurns } from "../../src/alerts/turns.ts";
import { settle } from "../manual-clock.ts";

it("one work begins when the one before it has ended", async () => {
  const inTurn = createTurns();
  const first = Promise.withResolvers<void>();
  const begun: string[] = [];
  const work = (name: string, until?: Promise<void>) =>
    inTurn(async () => {
      begun.push(name);
      await until;
      return name;
    });
  const all = Promise.all([work("first", first.promise), work("second")]);
  await settle();
  expect(begun).toEqual(["first"]);
  first.resolve();
  expect(await all).toEqual(["first", "second"]);
});

it("a work that fails does so for who handed it in, and keeps no other from its turn", async () => {
  const inTurn = createTurns();
  const failing = inTurn(async () => {
    throw new Error("it failed");
  });
  const next = inTurn(async () => "done");
  await expect(failing).rejects.toThrow("it failed");
  expect(await next).toBe("done");
});
