import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../desk.ts";
import type { Driver } from "../driver.ts";
import { turn } from "../turn.ts";

/** What comes twice, too late or too often. */
export function deliveryScenarios(driver: Driver): void {
  describe("deliveries", () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(driver);
    });
    afterAll(() => desk?.close());

    test("a message that is delivered twice at once is answered once", async () => {
      const answer = await desk.ask("/runtimes", { chat: "at once", copies: 2 });
      await desk.quiet();
      expect(desk.platform.shownIn("at once")).toEqual([answer]);
    });

    test("a message that is delivered again is not answered again", async () => {
      const asked = desk.write("/runtimes", { chat: "in a row" });
      const answer = await desk.answerTo(asked);
      desk.platform.deliverAgain(asked);
      desk.platform.deliverAgain(asked);
      await desk.quiet();
      expect(desk.platform.shownIn("in a row")).toEqual([answer]);
      expect(desk.platform.versionsOf(answer)).toBe(1);
    });

    test.skipIf("times of writing" in driver.lacks)(
      "a message that comes eleven minutes late is not run, and its writer is told so once",
      async () => {
        const before = desk.fleet.calls();
        const asked = desk.write("/runtimes sort=name", { chat: "late", minutesAgo: 11, copies: 2 });
        const answer = await desk.answerTo(asked);
        expect(desk.see(answer).title).toBe("Too late");
        expect(desk.see(answer).words).toContain("11 minutes");
        await desk.quiet();
        expect(desk.platform.shownIn("late")).toEqual([answer]);
        expect(desk.fleet.calls()).toBe(before);
      },
    );

    test("who asks faster than anybody types is told so, and each message is answered once", async () => {
      const about = { chat: "fast", user: "fay" };
      const asked = Array.from({ length: 70 }, () => desk.write("/help", about));
      const shown = () => desk.platform.shownIn("fast");
      await desk.until(() => shown().length >= asked.length, "every message is answered", 15_000);
      await desk.quiet();
      expect(shown()).toHaveLength(asked.length);
      const titles = shown().map((message) => desk.see(message, "fay").title);
      expect(new Set(titles)).toEqual(new Set(["Deskhand", "One at a time"]));
    });
  });

  describe("deliveries after a restart", () => {
    let desk: Desk;
    afterEach(() => desk?.close());

    test("a message that is delivered again is not answered again, and a card from before turns", async () => {
      desk = await openDesk(driver, { store: "file" });
      const asked = desk.write("/runtimes size=5", { chat: "before" });
      const card = await desk.answerTo(asked);
      await desk.stop();
      await desk.start();
      desk.platform.deliverAgain(asked);
      await desk.quiet();
      expect(desk.platform.shownIn("before")).toEqual([card]);
      expect(desk.platform.versionsOf(card)).toBe(1);
      await turn(desk, card, "Next");
      expect(desk.see(card).words).toContain("/runtimes page=2 size=5");
      expect(desk.platform.shownIn("before")).toEqual([card]);
    });
  });
}
