import fc from "fast-check";
import { expect, it } from "vitest";
import { settle } from "../../manual-clock.ts";
import { createPlatform } from "./card-platform.ts";

const title = fc.constantFrom("a", "b");
const process = fc.nat(1);
/** Which call, of those under way. */
const which = fc.nat(1);
/** How long an answer takes once it is on the socket, milliseconds. */
const travel = fc.nat(280);

const press = fc.record({
  do: fc.constant("press" as const),
  press: fc.record({ answer: fc.constantFrom("card", "later", "toast"), title }),
  process,
});
/** A press that is answered at once. No words alone: no update follows them, and one of another process that they undo is lost. */
const turn = fc.record({
  do: fc.constant("turn" as const),
  press: fc.record({ answer: fc.constantFrom("card", "card", "later"), title }),
  process,
  travel,
});
const others = [
  fc.record({ do: fc.constant("update" as const), title, process }),
  fc.record({ do: fc.constant("answer" as const), travel }),
  fc.record({ do: fc.constant("land" as const), which }),
  fc.record({ do: fc.constant("endCall" as const), which, failed: fc.boolean() }),
];
/** A moment, and about as long as an answered callback counts as open. */
const pass = fc.record({
  do: fc.constant("pass" as const),
  milliseconds: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 280, max: 330 })),
});
const steps = fc.array(fc.oneof(press, turn, pass, ...others), { maxLength: 25 });
const turns = fc.array(fc.oneof(turn, pass, turn, pass, ...others), { maxLength: 25 });
type Step = typeof steps extends fc.Arbitrary<readonly (infer One)[]> ? One : never;
type Platform = ReturnType<typeof createPlatform>;

async function take(platform: Platform, given: Step): Promise<void> {
  switch (given.do) {
    case "update":
      platform.update(given.title, given.process);
      break;
    case "press":
      platform.press(given.press, given.process);
      break;
    case "turn":
      platform.press(given.press, given.process);
      await platform.answer(given.travel);
      break;
    case "answer":
      await platform.answer(given.travel);
      break;
    case "pass":
      await platform.clock.advance(given.milliseconds);
      break;
    case "land":
      platform.land(given.which);
      break;
    case "endCall":
      platform.endCall(given.which, given.failed);
  }
  await settle();
}

it("whatever the order of presses, answers and updates, all see the last card, and no update begins in a callback", () =>
  fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const platform = createPlatform(1);
      const { state, clock } = platform;
      for (const one of given) await take(platform, one);
      await platform.drain();
      const last = platform.last();
      if (last !== undefined && !(await last.sent).ok) {
        platform.update(last.title);
        await platform.drain();
      }
      expect(state.everyone).toBe(last?.title ?? "");
      expect([undefined, last?.title, "toast"]).toContain(state.own);
      expect([state.begunWhileOpen, state.atOnce <= 1, clock.sleeping()]).toEqual([0, true, 0]);
    }),
    { numRuns: 300 },
  ));

it("whatever two processes did with a card, and however their updates met, all see what is pressed after that", () =>
  fc.assert(
    fc.asyncProperty(
      turns,
      fc.array(fc.record({ title, process }), { minLength: 1, maxLength: 4 }),
      async (given, presses) => {
        const platform = createPlatform(2);
        await platform.create();
        for (const one of given) await take(platform, one);
        await platform.drain();
        for (const press of presses) {
          platform.press({ answer: "card", title: press.title }, press.process);
          await platform.answer(100);
          await platform.drain();
          expect(platform.state.everyone).toBe(press.title);
          expect([undefined, press.title]).toContain(platform.state.own);
        }
      },
    ),
    { numRuns: 150 },
  ));
