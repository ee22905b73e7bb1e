import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk, type Rule } from "../desk.ts";
import type { Driver } from "../driver.ts";
import { turn } from "../turn.ts";

const rules: readonly Rule[] = [
  { at: { chat: "ops", user: "anna" }, allow: ["query", "views", "admin"] },
  { at: { chat: "masked room", user: "mara" }, allow: ["query", "views", "admin"], show: { users: "masked" } },
  { at: { chat: "elsewhere", user: "eve" }, allow: ["query"] },
];

/** Who did what in a chat, for those who may know. */
export function auditScenarios(driver: Driver): void {
  describe("the audit", () => {
    let desk: Desk;
    afterEach(() => desk?.close());

    test("tells what was done in its chat, once each, also after a restart, and nothing of another chat", async () => {
      desk = await openDesk(driver, { rules, store: "file" });
      const asked = desk.write("/view save stopped status=Stopped");
      await desk.answerTo(asked);
      await desk.ask("/runtimes statsu=Running");
      await desk.ask("/runtimes name=secretive", { chat: "elsewhere", user: "eve" });
      await desk.stop();
      await desk.start();
      desk.platform.deliverAgain(asked);
      await desk.quiet();
      const { title, words } = desk.see(await desk.ask("/audit"));
      expect(title).toBe("Audit of this chat");
      expect(words).toContain("Page 1 of 1 · 2 entries");
      expect(words.split("/view save stopped status=Stopped")).toHaveLength(2);
      expect(words).toContain("view stopped saved");
      expect(words).toContain("/runtimes statsu=Running");
      expect(words).not.toContain("secretive");
    });

    test("is refused to who is no administrator, which it tells those who are", async () => {
      desk = await openDesk(driver, { rules });
      const eve = { chat: "elsewhere", user: "eve" };
      expect(desk.see(await desk.ask("/audit", eve), eve.user).title).toBe("Not allowed here");
      await desk.ask("/audit");
      const { words } = desk.see(await desk.ask("/audit"));
      expect(words).toContain("Page 1 of 1 · 1 entry");
    });

    test("is walked with each entry once, though every turn is an entry itself", async () => {
      desk = await openDesk(driver, { rules });
      for (let index = 10; index < 16; index += 1) await desk.ask(`/runtimes name=agent-${index} size=1`);
      const card = await desk.ask("/audit size=2");
      const seen = [desk.see(card).words];
      while (desk.see(card).buttons.includes("Next")) {
        await turn(desk, card, "Next");
        seen.push(desk.see(card).words);
      }
      const found = seen.flatMap((words) => [...words.matchAll(/name=agent-(\d+)/g)].map((match) => match[1]));
      expect(found).toEqual(["15", "14", "13", "12", "11", "10"]);
      expect(desk.see(card).buttons).toContain("Previous");
      expect(desk.see(await desk.ask("/audit")).words).toMatch(/page=3 until=\d{21} · button/);
    });

    test("names no user of runtimes where they are masked", async () => {
      desk = await openDesk(driver, { rules });
      const mara = { chat: "masked room", user: "mara" };
      await desk.ask("/view save theirs user=zhang.wei", mara);
      const { words } = desk.see(await desk.ask("/audit", mara), mara.user);
      expect(words).toContain("/view save theirs");
      expect(words).not.toContain("zhang.wei");
    });
  });
}
