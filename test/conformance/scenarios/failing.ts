import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../desk.ts";
import type { Driver } from "../driver.ts";
import { pressDeadline } from "../turn.ts";

/** Tries that outlast those of a single call. */
const stubborn = 8;

/** A platform that fails, and chats that are gone. */
export function failingScenarios(driver: Driver): void {
  describe("a platform that fails", () => {
    let desk: Desk;
    afterEach(() => desk?.close());

    test.skipIf("outages" in driver.lacks)("what it could not be shown arrives once when it is back", async () => {
      desk = await openDesk(driver, { speed: 20 });
      const before = await desk.ask("/help", { chat: "down" });
      const trouble = desk.platform.breakDown();
      const asked = desk.write("/runtimes", { chat: "down" });
      await desk.until(() => trouble.met() >= stubborn, "the bot tries to answer", 10_000);
      expect(desk.platform.shownIn("down")).toEqual([before]);
      trouble.end();
      const answer = await desk.answerTo(asked, 20_000);
      expect(desk.see(answer).title).toBe("Agent runtimes");
      await desk.quiet();
      expect(desk.platform.shownIn("down")).toEqual([before, answer]);
    });

    test.skipIf("outages" in driver.lacks)("a card that it could not turn is turned when it is back", async () => {
      desk = await openDesk(driver);
      const card = await desk.ask("/runtimes provider=OpenClaw size=5", { chat: "down" });
      const trouble = desk.platform.breakDown();
      // Longer than a press waits, so that an update has to turn the card.
      desk.fleet.simulator.faults.latency = 2_000;
      const pressed = await desk.press(card, "Next");
      expect(pressed.how).toBe("word");
      expect(pressed.ms).toBeLessThan(pressDeadline);
      await desk.until(() => trouble.met() > 0, "the bot tries to turn the card", 10_000);
      expect(desk.see(card, "ben").words).toContain("Page 1 of ");
      trouble.end();
      const turned = () => [desk.see(card), desk.see(card, "ben")].every(({ words }) => words.includes("Page 2 of "));
      await desk.until(turned, "the card is turned for everyone", 20_000);
      expect(desk.see(card).words).toBe(desk.see(card, "ben").words);
      expect(desk.platform.shownIn("down")).toEqual([card]);
      expect(desk.platform.versionsOf(card)).toBe(2);
    });

    test.skipIf("tokens" in driver.lacks)("a token that is not taken any more is renewed once", async () => {
      desk = await openDesk(driver);
      await desk.ask("/help", { chat: "before" });
      const trouble = desk.platform.endTokens();
      const chats = ["stale 1", "stale 2", "stale 3"];
      const answers = await Promise.all(chats.map((chat) => desk.ask("/runtimes", { chat })));
      expect(answers.map((answer) => desk.see(answer).title)).toEqual(chats.map(() => "Agent runtimes"));
      await desk.quiet();
      expect(chats.map((chat) => desk.platform.shownIn(chat))).toEqual(answers.map((answer) => [answer]));
      expect(trouble.met()).toBe(1);
    });

    test.skipIf("chats that end" in driver.lacks)(
      "in a chat that it was taken out of nothing is tried for ever, and other chats are served",
      async () => {
        desk = await openDesk(driver);
        const release = desk.fleet.hold();
        desk.write("/runtimes provider=OpenClaw", { chat: "gone" });
        await desk.until(() => desk.fleet.calls() > 0, "the command is under way");
        await desk.until(desk.platform.isQuiet, "the message is taken in");
        const trouble = desk.platform.endChat("gone");
        release();
        await desk.until(() => trouble.met() > 0, "the answer is tried");
        // Some platforms have more than one way to say it.
        const isGivenUp = () => desk.log.some((line) => line.includes("A card could not be sent."));
        await desk.until(isGivenUp, "every way is tried");
        await desk.quiet();
        const tried = trouble.met();
        expect(desk.see(await desk.ask("/runtimes", { chat: "here" })).title).toBe("Agent runtimes");
        await desk.quiet();
        expect(trouble.met()).toBe(tried);
        expect(desk.platform.shownIn("gone")).toEqual([]);
      },
    );
  });
}
