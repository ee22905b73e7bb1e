import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPace } from "../../src/bot/pace.ts";
import { createManualClock } from "../manual-clock.ts";

const asker = (user: string, chat: string) => ({ channel: "lark", chat, user });

describe("the pace of a user and of a chat", () => {
  test("never lets more through than the burst and what has grown since", async () => {
    const calls = fc.array(
      fc.record({ wait: fc.integer({ min: 0, max: 900 }), user: fc.constantFrom("a", "b", "c") }),
      {
        maxLength: 60,
      },
    );
    await fc.assert(
      fc.asyncProperty(calls, async (steps) => {
        const clock = createManualClock();
        const user = { burst: 3, perSecond: 2 };
        const chat = { burst: 5, perSecond: 4 };
        const pace = createPace({ clock, user, chat });
        const start = clock.elapsed();
        const through = { a: 0, b: 0, c: 0 };
        for (const step of steps) {
          await clock.advance(step.wait);
          through[step.user as "a"] += Number(pace.allows(asker(step.user, "chat")));
          const seconds = (clock.elapsed() - start) / 1_000;
          expect(Math.max(...Object.values(through))).toBeLessThanOrEqual(user.burst + user.perSecond * seconds);
          expect(through.a + through.b + through.c).toBeLessThanOrEqual(chat.burst + chat.perSecond * seconds);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("is no obstacle to who types, however long", async () => {
    const clock = createManualClock();
    const pace = createPace({ clock });
    for (let index = 0; index < 500; index += 1) {
      await clock.advance(500);
      expect(pace.allows(asker("u", "c"))).toBe(true);
    }
  });

  test("of one user costs another user of the chat nothing, until the chat has too much", () => {
    const pace = createPace({
      clock: createManualClock(),
      user: { burst: 1, perSecond: 1 },
      chat: { burst: 3, perSecond: 1 },
    });
    const allowed = ["a", "a", "a", "b", "c", "d"].map((user) => pace.allows(asker(user, "chat")));
    expect(allowed).toEqual([true, false, false, true, true, false]);
    expect(pace.allows(asker("d", "another chat"))).toBe(true);
  });
});
