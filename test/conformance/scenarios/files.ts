import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, openDesk, type Rule } from "../desk.ts";
import type { Driver } from "../driver.ts";
import { readSheet, type Sheet } from "../files.ts";

const narrow = { chat: "narrow room", user: "nora" };
const masked = { chat: "masked room", user: "mara" };
const closed = { chat: "closed room", user: "carl" };

const rules: readonly Rule[] = [
  { at: narrow, allow: ["query", "export"], scope: "status=Stopped", show: { users: "hidden" } },
  { at: masked, allow: ["query", "export"], show: { users: "masked" } },
  { at: closed, allow: ["query"] },
  { allow: ["query", "export"] },
];

/** Whole lists as files. */
export function fileScenarios(driver: Driver): void {
  describe("files", () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(driver, { rules, simulator: { runtimes: 130 } });
      desk.fleet.dress((row, code) => ({ ...row, DesktopName: `=HYPERLINK("https://evil.example","${code}")` }));
    });
    afterAll(() => desk?.close());

    /** The one file in a chat, as soon as it is there. */
    async function fileIn(chat: string): Promise<Sheet & { readonly name: string }> {
      const files = () => desk.platform.shownIn(chat).filter((message) => desk.see(message).kind === "file");
      await desk.until(() => files().length > 0, `there is a file in ${chat}`, 10_000);
      expect(files()).toHaveLength(1);
      const file = await desk.platform.fileOf(files()[0] ?? "");
      return { name: file.name, ...readSheet(file) };
    }

    test.each(["csv", "xlsx"])(
      "an export as %s holds every runtime, and nothing that is calculated",
      async (format) => {
        const chat = `export ${format}`;
        const card = await desk.ask(`/runtimes export format=${format}`, { chat });
        const { name, headings, rows, formulas } = await fileIn(chat);
        expect(name).toMatch(/^runtimes-[\w-]+\.(?:csv|zip|xlsx)$/);
        expect(headings).toContain("Name");
        expect(codesOf(rows)).toEqual(desk.fleet.codes());
        expect(formulas).toEqual([]);
        expect(desk.see(card).words).toContain("130");
        await desk.quiet();
        expect(desk.platform.shownIn(chat)).toHaveLength(2);
      },
    );

    test("the button Export of a list brings the file, and the list stays", async () => {
      const card = await desk.ask("/runtimes status=Stopped", { chat: "pressed" });
      const before = desk.see(card, "ben");
      expect((await desk.press(card, "Export")).how).toBe("word");
      const { rows } = await fileIn("pressed");
      expect(codesOf(rows)).toEqual(desk.fleet.codes({ "DesktopStatuses.1": "Stopped" }));
      expect(desk.see(card, "ben")).toEqual(before);
    });

    test("a file holds what its reader may see, and no more", async () => {
      await desk.ask("/runtimes export", narrow);
      const { headings, rows } = await fileIn(narrow.chat);
      expect(codesOf(rows)).toEqual(desk.fleet.codes({ "DesktopStatuses.1": "Stopped" }));
      expect(headings).not.toContain("Authorised users");
      await desk.ask("/runtimes export", masked);
      const table = await fileIn(masked.chat);
      const cells = table.rows.flat();
      expect(cells.filter((cell) => cell.includes("***")).length).toBeGreaterThan(50);
      const names = desk.fleet.users();
      expect(cells.filter((cell) => names.some((name) => cell.includes(name)))).toEqual([]);
    });

    test("who has no right to files is refused, and has no button for it", async () => {
      const list = await desk.ask("/runtimes", closed);
      expect(desk.see(list, closed.user).buttons).not.toContain("Export");
      const refused = await desk.ask("/runtimes export", closed);
      expect(desk.see(refused, closed.user).title).toBe("Not allowed here");
      await desk.quiet();
      expect(desk.platform.shownIn(closed.chat)).toEqual([list, refused]);
    });
  });
}

/** The runtimes of rows, by the codes in their names. */
function codesOf(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.flatMap((cells) => cells.flatMap((cell) => cell.match(/rt-\d{4}/g) ?? []));
}
