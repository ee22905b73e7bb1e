import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../desk.ts";
import type { Driver } from "../driver.ts";
import { codesIn } from "../fleet.ts";
import { pressDeadline, turn, walk } from "../turn.ts";

/** Commands, pages, errors and mistakes. */
export function listScenarios(driver: Driver): void {
  describe("lists", () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(driver, { simulator: { runtimes: 30, riskRate: 0.3 } });
    });
    afterAll(() => desk?.close());

    test("a command is answered with one card, which says its page, its total and itself", async () => {
      const card = await desk.ask("/runtimes risk=yes size=5", { chat: "command" });
      const { kind, title, words } = desk.see(card);
      const risky = desk.fleet.codes({ HasRisk: "true" });
      expect([kind, title]).toEqual(["card", "Agent runtimes"]);
      expect(words).toContain(`Page 1 of ${Math.ceil(risky.length / 5)} · ${risky.length} runtimes`);
      expect(words).toContain("/runtimes risk=yes size=5");
      expect(codesIn(words)).toEqual(risky.slice(0, 5));
      await desk.quiet();
      expect(desk.platform.shownIn("command")).toEqual([card]);
    });

    test("a list is one call of the API and one of the platform, and a page turned at most one of each", async () => {
      const asking = callsOf(desk);
      const card = await desk.ask("/runtimes provider=OpenClaw size=5", { chat: "calls" });
      const turning = callsOf(desk);
      expect(turning.fleet - asking.fleet).toBe(1);
      expect(turning.platform - asking.platform).toBeLessThanOrEqual(1);
      await turn(desk, card, "Next");
      expect(desk.see(card).words).toContain("Page 2 of ");
      const turned = callsOf(desk);
      expect(turned.fleet - turning.fleet).toBe(1);
      expect(turned.platform - turning.platform).toBeLessThanOrEqual(1);
    });

    test("Next turns the same card for everyone, in time", async () => {
      const card = await desk.ask("/runtimes size=5", { chat: "turning" });
      const pressed = await turn(desk, card, "Next");
      expect(pressed.ms).toBeLessThan(pressDeadline);
      expect(desk.see(card).words).toContain("/runtimes page=2 size=5");
      expect(codesIn(desk.see(card, "ben").words)).toEqual(desk.fleet.codes().slice(5, 10));
      expect(desk.platform.shownIn("turning")).toEqual([card]);
      expect(desk.platform.versionsOf(card)).toBe(2);
    });

    test("walking Next from the first page shows every runtime once, and the ends have no way on", async () => {
      const card = await desk.ask("/runtimes size=7", { chat: "walking" });
      expect(desk.see(card).buttons).not.toContain("Previous");
      expect(await walk(desk, card)).toEqual(desk.fleet.codes());
      expect(desk.see(card).buttons).toContain("Previous");
    });

    test("presses that follow each other at once, also by several people, are each answered in time and seen by everyone", async () => {
      const card = await desk.ask("/runtimes size=5", { chat: "hasty" });
      for (const page of [2, 3, 4]) {
        const pressed = await desk.press(card, "Next");
        expect([pressed.how, pressed.text]).toEqual(["card", ""]);
        expect(pressed.ms).toBeLessThan(pressDeadline);
        expect(desk.see(card).words).toContain(`/runtimes page=${page} size=5`);
      }
      const onPage4 = (user: string) => desk.see(card, user).words.includes("/runtimes page=4 size=5");
      await desk.until(() => onPage4("anna") && onPage4("ben"), "everyone sees page 4");
      const both = await Promise.all([desk.press(card, "Next", "anna"), desk.press(card, "Next", "ben")]);
      expect(both.map(({ how }) => how)).not.toContain("late");
      const onPage5 = (user: string) => desk.see(card, user).words.includes("/runtimes page=5 size=5");
      await desk.until(() => onPage5("anna") && onPage5("ben"), "everyone sees page 5");
      expect(desk.platform.shownIn("hasty")).toEqual([card]);
    });

    test("in a chat of one person with the bot nothing is different", async () => {
      const place = { chat: "anna alone", user: "anna", alone: true };
      const card = await desk.ask("/runtimes size=5", place);
      expect((await desk.press(card, "Next")).how).toBe("card");
      expect(codesIn(desk.see(card).words)).toEqual(desk.fleet.codes().slice(5, 10));
      const help = await desk.ask("/help", place);
      await desk.quiet();
      expect(desk.platform.shownIn(place.chat)).toEqual([card, help]);
    });

    test("Previous and Refresh turn the same card, and Refresh reads anew", async () => {
      const card = await desk.ask("/runtimes page=3 size=5", { chat: "back" });
      await turn(desk, card, "Previous");
      expect(codesIn(desk.see(card).words)).toEqual(desk.fleet.codes().slice(5, 10));
      const { fleet } = callsOf(desk);
      await turn(desk, card, "Refresh");
      expect(codesIn(desk.see(card).words)).toEqual(desk.fleet.codes().slice(5, 10));
      expect(callsOf(desk).fleet).toBeGreaterThan(fleet);
    });

    test("every kind of answer is one that the platform takes", async () => {
      const [{ DesktopId = "" } = {}] = desk.fleet.simulator.rows({ AgentProvider: "OpenClaw" });
      const texts = [
        ...[
          "/help",
          "/help filters",
          "/runtimes summary",
          "/runtimes summary by=version",
          `/runtimes show ${DesktopId}`,
        ],
        ...["/runtimes show nobody", "/runtimes size=50 sort=-risk", "/runtimes page=99", "/runtimes name=nobody"],
        ...["/alerts on", "hello", "/运行时 风险=是", "／ｈｅｌｐ"],
      ];
      for (const text of texts) {
        expect(desk.see(await desk.ask(text, { chat: "kinds" })).title, text).not.toBe("");
      }
    });

    test("an API that refuses is told on a card, and Try again mends it", async () => {
      desk.fleet.simulator.faults.fail(10, { kind: "deny" });
      const card = await desk.ask("/runtimes group=rg-finance", { chat: "denied" });
      expect(desk.see(card).title).toBe("No answer from the fleet");
      desk.fleet.simulator.faults.clear();
      await turn(desk, card, "Try again");
      expect(desk.see(card).title).toBe("Agent runtimes");
      expect(desk.platform.shownIn("denied")).toEqual([card]);
    });

    test("a bad command calls nothing, and its button runs the mended one", async () => {
      const before = callsOf(desk).fleet;
      const card = await desk.ask("/runtimes statsu=Stopped", { chat: "mistaken" });
      expect(desk.see(card).title).toBe("That command has a mistake");
      expect(callsOf(desk).fleet).toBe(before);
      await turn(desk, card, "Run this");
      expect(desk.see(card).words).toContain("/runtimes status=Stopped");
      expect(codesIn(desk.see(card).words)).toEqual(desk.fleet.codes({ "DesktopStatuses.1": "Stopped" }).slice(0, 10));
    });
  });
}

function callsOf({ fleet, platform }: Desk): { readonly fleet: number; readonly platform: number } {
  return { fleet: fleet.calls(), platform: platform.calls() };
}
