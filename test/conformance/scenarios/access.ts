import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Desk, openDesk, type Rule } from "../desk.ts";
import type { Driver } from "../driver.ts";
import { codesIn } from "../fleet.ts";
import { turn } from "../turn.ts";

const anna = { chat: "ops", user: "anna" };
const narrow = { chat: "narrow room", user: "nora" };
const masked = { chat: "masked room", user: "mara" };
const hidden = { chat: "hidden room", user: "hira" };
const outside = { chat: "elsewhere", user: "eve" };

const rules: readonly Rule[] = [
  { at: anna, allow: ["query"] },
  { at: { ...anna, user: "nora" }, allow: ["query"], scope: "status=Stopped" },
  { at: narrow, allow: ["query"], scope: "status=Stopped" },
  { at: masked, allow: ["query"], show: { users: "masked" } },
  { at: hidden, allow: ["query"], show: { users: "hidden" } },
];

/** Who may see what, however they ask. */
export function accessScenarios(driver: Driver): void {
  describe("access", () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(driver, { rules, store: "file" });
    });
    afterAll(() => desk?.close());

    test("who has no right gets a card that names the ids for the access rules, and teaches nothing else", async () => {
      const before = desk.fleet.calls();
      const { chat, user } = desk.platform.idsOf(outside);
      const seen = [];
      for (const text of ["/runtimes", "/runtimes statsu=Running", "/runtimes show agent-005", "/help", "hello"]) {
        seen.push(desk.see(await desk.ask(text, outside), outside.user));
      }
      const [first] = seen;
      expect(first?.title).toBe("Not allowed here");
      expect(first?.words).toContain(chat);
      expect(first?.words).toContain(user);
      expect(first?.words).not.toMatch(/\/runtimes|agent-|Running|OpenClaw/);
      expect(first?.buttons).toEqual([]);
      expect(seen).toEqual(seen.map(() => first));
      expect(desk.fleet.calls()).toBe(before);
    });

    test.skipIf("several people" in driver.lacks)(
      "who has no right and presses gets a word, and the card stays for everyone",
      async () => {
        const card = await desk.ask("/runtimes size=5", anna);
        const before = desk.fleet.calls();
        const seen = desk.see(card).words;
        const pressed = await desk.press(card, "Next", outside.user);
        expect([pressed.how, pressed.text]).toEqual(["word", "You may not use this command in this chat."]);
        await desk.quiet();
        expect(desk.see(card).words).toBe(seen);
        expect(desk.platform.versionsOf(card)).toBe(1);
        expect(desk.fleet.calls()).toBe(before);
      },
    );

    test.skipIf("several people" in driver.lacks)("a press shows what the person who pressed may see", async () => {
      const card = await desk.ask("/runtimes size=5", anna);
      expect((await desk.press(card, "Refresh", "nora")).how).toBe("card");
      expect(codesIn(desk.see(card, "nora").words)).toEqual(stopped(desk).slice(0, 5));
    });

    test("a scope holds for what is typed and for what is pressed", async () => {
      const card = await desk.ask("/runtimes status=Running,Stopped size=1", narrow);
      expect(codesIn(desk.see(card, narrow.user).words)).toEqual(stopped(desk).slice(0, 1));
      expect(desk.see(card, narrow.user).words).toContain(`Page 1 of ${stopped(desk).length} `);
      expect((await desk.press(card, "Next", narrow.user)).how).toBe("card");
      expect(codesIn(desk.see(card, narrow.user).words)).toEqual(stopped(desk).slice(1, 2));
      const all = await desk.ask("/runtimes size=50", narrow);
      expect(codesIn(desk.see(all, narrow.user).words)).toEqual(stopped(desk));
    });

    test("a right that was taken away is gone for buttons of earlier cards, too", async () => {
      const place = { chat: "ops", user: "anna" };
      const card = await desk.ask("/runtimes size=5", place);
      await turn(desk, card, "Next");
      const seen = desk.see(card).words;
      await desk.stop();
      await desk.start([{ at: narrow, allow: ["query"] }]);
      const pressed = await desk.press(card, "Next");
      expect([pressed.how, pressed.text]).toEqual(["word", "You may not use this command in this chat."]);
      await desk.quiet();
      expect(desk.see(card, "ben").words).toBe(seen);
    });
  });

  describe("users", () => {
    let desk: Desk;
    afterEach(() => desk?.close());

    test.each([masked, hidden])("in the $chat no name of an authorised user is shown in any way", async (place) => {
      desk = await openDesk(driver, { rules });
      const names = desk.fleet.users();
      expect(names.length).toBeGreaterThan(10);
      const list = await desk.ask("/runtimes size=10", place);
      expect((await desk.press(list, "Next", place.user)).how).toBe("card");
      for (const { DesktopId } of desk.fleet.simulator.rows({ AgentProvider: "OpenClaw" }).slice(0, 4)) {
        await desk.ask(`/runtimes show ${String(DesktopId)}`, place);
      }
      for (const text of ["/runtimes summary", "/runtimes sort=name"]) await desk.ask(text, place);
      for (const text of ["/runtimes sort=user", "/runtimes user=somebody"]) {
        expect(desk.see(await desk.ask(text, place), place.user).title).toBe("Not allowed here");
      }
      const shown = desk.platform.shownIn(place.chat).map((message) => desk.see(message, place.user).words);
      expect(shown.some((words) => words.includes("***"))).toBe(place === masked);
      const everything = desk.platform.everything();
      expect(names.filter((name) => everything.includes(name))).toEqual([]);
    });
  });
}

const stopped = ({ fleet }: Desk): readonly string[] => fleet.codes({ "DesktopStatuses.1": "Stopped" });
