import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChatFile } from "../../src/bot/index.ts";
import { cardOf } from "../adapters/playground/fake-bot.ts";
import { describeInBrowser } from "./chromium.ts";
import { createVisits, say, type Visits } from "./visits.ts";

const table = "编号,name\n1,<b>agent-1</b>\n";

describeInBrowser("a file on the playground's page", () => {
  const visitsOf = createVisits();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "deskhand-test-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function fileOf(name: string, text = table): Promise<ChatFile> {
    const path = join(folder, "exported");
    await writeFile(path, text);
    return { name, type: "csv", path, bytes: Buffer.byteLength(text) };
  }

  /** From now on a command is answered with a file, and a card that follows it. */
  const answerWith = ({ served }: Visits, file: ChatFile): void => {
    served.bot.onMessage = async ({ chat, id }) => {
      await served.playground.sendFile(chat, file, { replyTo: id, key: `${id}-file` });
      await served.playground.send(chat, cardOf("240 runtimes exported"), { replyTo: id, key: id });
    };
  };

  it("shows its name and size, and is saved as it was by a press on Download", async () => {
    const visits = visitsOf();
    answerWith(visits, await fileOf("运行时 2026-06-01.csv", table.repeat(1_000)));
    const page = await visits.open();
    await say(page, "/runtimes export");
    await page.locator("article", { hasText: "240 runtimes exported" }).waitFor();
    const file = page.locator(".file");
    expect(await file.locator(".file-name").textContent()).toBe("运行时 2026-06-01.csv");
    expect(await file.locator(".file-about").textContent()).toBe("29 kB");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      file.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("运行时 2026-06-01.csv");
    expect(await text(await download.createReadStream())).toBe(table.repeat(1_000));
    expect(visits.complaints).toEqual([]);
  });

  it("works until the card comes that says what it holds, and stands there again after a reload", async () => {
    const visits = visitsOf();
    const file = await fileOf("runtimes.csv");
    const page = await visits.open();
    const { bot, playground } = visits.served;
    bot.onMessage = ({ chat, id }) => void playground.sendFile(chat, file, { replyTo: id, key: `${id}-file` });
    await say(page, "/runtimes export");
    await page.locator(".file").waitFor();
    expect(await page.locator(".working").isVisible()).toBe(true);
    const { chat, id } = bot.messages[0] ?? { chat: "", id: "" };
    await playground.send(chat, cardOf("240 runtimes exported"), { replyTo: id, key: id });
    await page.locator(".working").waitFor({ state: "hidden" });
    await page.reload();
    await page.getByRole("link", { name: "Download runtimes.csv" }).waitFor();
    await page.locator("#input").press("ArrowUp");
    expect(await page.locator("#input").inputValue()).toBe("/runtimes export");
  });

  it("says in the reader's language when it is not kept any more, and leaves the page as it is", async () => {
    const visits = visitsOf();
    answerWith(visits, await fileOf("runtimes.csv"));
    const page = await visits.open(await visits.newProfile({ locale: "zh-CN" }));
    await say(page, "/runtimes export");
    await page.route("**/playground/files/*", (route) => route.fulfill({ status: 404, json: {} }));
    await page.getByRole("link", { name: "下载" }).click();
    await page.getByText("此文件已不再保留").waitFor();
    expect(await page.getByRole("link", { name: "下载" }).count()).toBe(0);
    expect(await page.locator("#input").isVisible()).toBe(true);
  });

  it("shows a hostile name as a text, and fits a phone", async () => {
    const visits = visitsOf();
    const name = `<img src=x onerror=alert(1)>\u202e${"very-long-".repeat(30)}.csv`;
    answerWith(visits, await fileOf(name));
    const page = await visits.open(
      await visits.newProfile({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }),
    );
    await say(page, "/runtimes export");
    await page.getByText("‹U+202E›very-long").waitFor();
    expect(await page.locator(".file img").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await page.locator(".file").evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
    expect(visits.complaints).toEqual([]);
  });
});
