import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hostileFields, hostileTexts, typedWith } from "../../e2e/hostile.ts";
import { type Desk, openDesk } from "../desk.ts";
import type { Driver } from "../driver.ts";
import { codesIn, type Dress } from "../fleet.ts";
import { walk } from "../turn.ts";

const hostile = [
  ...hostileTexts,
  "@_all @_user_1 @所有人 ＠anna <person id='ou_1'></person>",
  "/alerts off\n/runtimes status=Deleted",
  "[微笑] dtmd://dingtalkclient/sendMessage?content=%2Fhelp",
  "| a | b |\n| - | - |\n| 1 | 2 |",
];

/** Every text of a row is somebody's; which one goes by the row's number. */
const disguised: Dress = (row, code) => {
  const text = hostile[Number(code.slice(3)) % hostile.length] ?? "";
  return { ...row, DesktopName: `${code} ${text}`, ...hostileFields(text) };
};

/** As many bytes as can be, however short a text is cut: what calls somebody is taken apart character by character. */
const longNames: Dress = (row, code) => ({
  ...row,
  DesktopName: `${code}${"@".repeat(500)}`,
  AuthUsers: Array.from({ length: 12 }, (_, index) => `user-${index}-${"\u{1f600}&*_".repeat(20)}`),
});

const control = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Text of the API and of people, and pages that are too large for a card. */
export function untrustedScenarios(driver: Driver): void {
  describe("somebody's text", () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(driver, { simulator: { runtimes: 60, riskRate: 0.3 } });
    });
    afterAll(() => desk?.close());
    beforeEach(() => desk.fleet.simulator.faults.clear());

    function expectInert(message: string, about: string): void {
      const { title, words, live } = desk.see(message);
      expect(live, about).toEqual([]);
      expect(`${title}\n${words}`.replaceAll("\n", ""), about).not.toMatch(control);
    }

    const commands = [
      ...["/runtimes size=10", "/runtimes size=50", "/runtimes provider=OpenClaw sort=-name"],
      ...["/runtimes summary", "/runtimes summary by=group", "/runtimes risk=model-modified"],
    ];
    test.each(commands)("%s: texts of the API stay texts", async (command) => {
      desk.fleet.dress(disguised);
      const card = await desk.ask(command, { chat: "listed" });
      expect(desk.see(card).title).toMatch(/untimes/);
      expectInert(card, command);
    });

    test("every row of the API stays a text where one runtime is shown", async () => {
      desk.fleet.dress(disguised);
      const rows = desk.fleet.simulator.rows({ AgentProvider: "OpenClaw" });
      const all = rows.slice(0, hostile.length).map(({ DesktopId }) => String(DesktopId));
      expect(all).toHaveLength(hostile.length);
      for (const id of all) expectInert(await desk.ask(`/runtimes show ${id}`, { chat: "shown" }), id);
    });

    test("what the API says of an error stays a text", async () => {
      for (const [index, text] of hostile.entries()) {
        desk.fleet.simulator.faults.clear();
        desk.fleet.simulator.faults.fail(20, { status: 400, code: text.slice(0, 40), message: text });
        const card = await desk.ask(`/runtimes group=rg-${index}`, { chat: "errors" });
        expect(desk.see(card).title).toBe("No answer from the fleet");
        expectInert(card, text);
      }
    });

    test("what a person types comes back as a text, and as no other command", async () => {
      for (const [index, text] of hostile.entries()) {
        const place = { chat: `typed ${index}`, user: `typist-${index}` };
        for (const typed of typedWith(text)) expectInert(await desk.ask(typed, place), typed);
      }
    });
  });

  describe("a page that is too large for a card", () => {
    let desk: Desk;
    afterEach(() => desk?.close());

    test("turns to a smaller one, which its command says, and Next shows every runtime once", async () => {
      desk = await openDesk(driver, { simulator: { runtimes: 60, riskRate: 1 } });
      desk.fleet.dress(longNames);
      const codes = desk.fleet.codes();
      const card = await desk.ask("/runtimes size=50");
      const { words, live } = desk.see(card);
      const first = codesIn(words);
      expect(live).toEqual([]);
      expect(first).toEqual(codes.slice(0, first.length));
      expect(words).toMatch(new RegExp(`/runtimes size=${first.length}(?!\\d)`));
      expect(words).toContain(`Page 1 of ${Math.ceil(codes.length / first.length)} · ${codes.length} runtimes`);
      expect(await walk(desk, card)).toEqual(codes);
    });
  });
}
