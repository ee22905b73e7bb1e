import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../desk.ts";
import type { Driver } from "../driver.ts";
import { pressDeadline, turn } from "../turn.ts";

/** Milliseconds that each call of the API takes: more than a press, or the patience of a person. */
const slowness = 2_300;

/** An API that takes its time, and the end of the process. */
export function slowScenarios(driver: Driver): void {
  describe("what takes its time", () => {
    let desk: Desk;
    afterEach(() => desk?.close());

    test("a press is answered in time, a message says that it is worked on, and both get their answers", async () => {
      desk = await openDesk(driver);
      const { simulator } = desk.fleet;
      const card = await desk.ask("/runtimes provider=OpenClaw size=5", { chat: "pressed" });
      simulator.faults.latency = slowness;
      const asked = desk.write("/runtimes provider=OpenClaw status=Running", { chat: "typed" });
      const pressed = await desk.press(card, "Next");
      expect([pressed.how, pressed.text]).toEqual(["word", "Asking Alibaba Cloud…"]);
      expect(pressed.ms).toBeLessThan(pressDeadline);

      await desk.until(() => desk.platform.answerTo(asked) !== undefined, "the message is answered");
      const answer = desk.platform.answerTo(asked) ?? "";
      expect(desk.see(answer).title).toBe("One moment");
      expect(await desk.answerTo(asked)).toBe(answer);
      expect(desk.see(answer).title).toBe("Agent runtimes");
      await desk.until(() => desk.see(card, "ben").words.includes("/runtimes provider=OpenClaw page=2"), "it turns");
      expect(desk.see(card).words).toBe(desk.see(card, "ben").words);
      expect(desk.platform.shownIn("pressed")).toEqual([card]);
      expect(desk.platform.shownIn("typed")).toEqual([answer]);
      expect([card, answer].map(desk.platform.versionsOf)).toEqual([2, 2]);
    });

    test("a card whose press was under way at a restart says so, and its button turns it in the next process", async () => {
      desk = await openDesk(driver, { store: "file" });
      const { simulator } = desk.fleet;
      const card = await desk.ask("/runtimes provider=OpenClaw size=5", { chat: "restarted" });
      simulator.faults.latency = 60_000;
      expect((await desk.press(card, "Next")).how).toBe("word");
      await desk.stop("soon");
      await desk.until(() => desk.see(card, "ben").words.includes("The bot is being restarted."), "that is told");
      simulator.faults.latency = 0;
      await desk.start();
      await desk.quiet();
      expect(desk.platform.versionsOf(card)).toBe(2);
      await turn(desk, card, "Try again");
      expect(desk.see(card).words).toContain("Page 2 of ");
      expect(desk.platform.shownIn("restarted")).toEqual([card]);
      expect(desk.platform.versionsOf(card)).toBe(3);
    });

    test("a command that is under way when the bot is stopped is answered", async () => {
      desk = await openDesk(driver);
      const release = desk.fleet.hold();
      const asked = desk.write("/runtimes provider=OpenClaw", { chat: "drained" });
      await desk.until(() => desk.fleet.calls() > 0, "the API is asked");
      await desk.until(desk.platform.isQuiet, "the message is taken in");
      const stopping = desk.stop();
      release();
      await stopping;
      const answer = await desk.answerTo(asked, 1_000);
      expect(desk.see(answer).title).toBe("Agent runtimes");
      expect(desk.platform.shownIn("drained")).toEqual([answer]);
    });
  });
}
