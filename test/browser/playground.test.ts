import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.ts";
import { hostile, listCard } from "./sample-cards.ts";
import { createVisits, say, seePageLine } from "./visits.ts";

describeInBrowser("a card on the playground's page", () => {
  const visitsOf = createVisits();

  it("answers a suggestion with a card, and the card turns in place", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await page.getByRole("button", { name: "/runtimes everything there is" }).click();
    await seePageLine(page, "Page 1 of 6");
    expect(await page.getByRole("button", { name: "Previous" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Next" }).click();
    await seePageLine(page, "Page 2 of 6");
    expect(await page.locator("article").count()).toBe(1);
    expect(await page.locator(".line.person").count()).toBe(1);
    expect(visits.complaints).toEqual([]);
  });

  it("pages on for each Enter on Next, however fast, and keeps the focus on the way back, too", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes");
    await page.getByRole("button", { name: "Next" }).focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press("Enter");
    await seePageLine(page, "Page 4 of 6");
    for (let press = 0; press < 2; press++) await page.keyboard.press("Enter");
    await seePageLine(page, "Page 6 of 6");
    expect(await page.getByRole("button", { name: "Next" }).isDisabled()).toBe(true);
    expect(
      await page.getByRole("button", { name: "Previous" }).evaluate((node) => node === document.activeElement),
    ).toBe(true);
    await page.keyboard.press("Enter");
    await seePageLine(page, "Page 5 of 6");
  });

  it("turns the focused card with the arrow keys", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes");
    await page.locator("article").focus();
    await page.keyboard.press("ArrowRight");
    await seePageLine(page, "Page 2 of 6");
    await page.keyboard.press("ArrowLeft");
    await seePageLine(page, "Page 1 of 6");
  });

  it("opens a row by a press anywhere on it, and by the keyboard", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes");
    await page.getByRole("row", { name: "agent-003" }).getByRole("cell").nth(3).click();
    await page.locator(".facts.list").first().waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("button", { name: "agent-001" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".facts.list").first().waitFor();
    expect(visits.served.bot.clicks.map(({ text }) => text)).toEqual([
      "/runtimes show ecd-3",
      "/runtimes page=1 size=12",
      "/runtimes show ecd-2",
    ]);
  });

  it("shows hostile texts as texts: no markup, no script, no hidden character, full length on hover", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes show x");
    const card = page.locator("article");
    await card.waitFor();
    expect(await card.locator("img, script, a, at, iframe").count()).toBe(0);
    expect(await card.locator("h2").textContent()).toBe(hostile.markup);
    expect(await card.getByTitle(hostile.long).first().textContent()).toMatch(/^very-long-name-.*…$/);
    expect(await card.locator("dd").allTextContents()).toEqual(
      expect.arrayContaining([hostile.markup, hostile.link, "agent-‹U+202E›017-gpj.exe", "ag‹U+200B›ent‹U+FEFF›-1"]),
    );
    await say(page, "/runtimes summary");
    await page.locator(".chart").first().waitFor();
    expect(await page.locator(".chart img, .chart script").count()).toBe(0);
    await say(page, hostile.markup);
    await page.locator(".bubble", { hasText: "onerror" }).waitFor();
    expect(await page.locator(".bubble img, .bubble script").count()).toBe(0);
    expect(await page.title()).not.toContain("harmed");
    expect(visits.complaints).toEqual([]);
  });

  it("draws a problem with its place marked, and runs the command that mends it", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes status=Runing risk=yes");
    const mark = page.locator(".marked mark");
    expect(await mark.textContent()).toBe("Runing");
    expect(await mark.evaluate((node) => getComputedStyle(node).textDecorationStyle)).toBe("wavy");
    await page.getByRole("button", { name: "/runtimes status=Running risk=yes" }).click();
    await expect.poll(() => visits.served.bot.clicks.at(-1)?.text).toBe("/runtimes status=Running risk=yes");
  });

  it("lets a slice of a chart be pressed, in the picture and in words", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes summary");
    const ring = page.getByRole("img", { name: /^By status: Running 186 \(78%\), Stopped 41 \(17%\)/ });
    await ring.waitFor();
    await page.getByRole("button", { name: /^Stopped/ }).click();
    await ring.locator(".arc").first().dispatchEvent("click");
    await expect
      .poll(() => visits.served.bot.clicks.map(({ text }) => text))
      .toEqual(["/runtimes status=Stopped", "/runtimes status=Running"]);
  });

  it("draws lines over time, broken where nothing is known, and says them in words; people are names", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes trend");
    const picture = page.getByRole("img", {
      name: /^By status: Running 186 → 189, ↓186 ↑190; Stopped 41 → 38, ↓38 ↑41; <img/,
    });
    await picture.waitFor();
    const lines = await picture
      .locator(".plot-line")
      .evaluateAll((all) => all.map((one) => one.getAttribute("d") ?? ""));
    expect(lines.map((d) => d.match(/M/g)?.length)).toEqual([1, 2, 1]);
    expect(await page.locator(".timeline").nth(1).locator(".timeline-item").textContent()).toMatch(/^At risk2↓2 ↑9$/);
    expect(await page.locator(".timeline").nth(2).textContent()).toContain("Nothing to show.");
    expect(await page.locator(".people").textContent()).toContain("li.na");
    expect(await page.locator("article img, article script, article at").count()).toBe(0);
    expect(visits.complaints).toEqual([]);
  });

  it("runs what a picker chooses, and shows what is in force when the bot only says a word", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes");
    await page.getByLabel("Status").selectOption("Running");
    await page.locator(".toast", { hasText: "No sample for /runtimes status=Running" }).waitFor();
    expect(
      await page
        .getByLabel("Status")
        .evaluate((node) => node instanceof HTMLSelectElement && node.selectedOptions[0]?.text),
    ).toBe("any");
  });

  it("copies a command, and puts one into the composer", async () => {
    const visits = visitsOf();
    const context = await visits.newProfile();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await visits.open(context);
    await say(page, "/runtimes");
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("/runtimes page=1 size=12");
    await page.getByRole("button", { name: "Edit" }).click();
    expect(await page.locator("#input").inputValue()).toBe("/runtimes page=1 size=12");
  });

  it("dims a card whose new picture comes later, until it comes", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes");
    visits.served.bot.onClick = () => ({ kind: "later", text: "Asking the API…" });
    await page.getByRole("button", { name: "Next" }).click();
    await page.locator("article.busy .busy-note", { hasText: "Asking the API…" }).waitFor();
    const { chat, message } = visits.served.bot.clicks[0] ?? { chat: "", message: "" };
    await visits.served.playground.update(chat, message, listCard(2));
    await seePageLine(page, "Page 2 of 6");
    expect(await page.locator("article").getAttribute("aria-busy")).toBe("false");
    expect(await page.locator(".busy-note").count()).toBe(0);
  });

  it("fits a phone: a row is a block, and nothing is wider than the screen", async () => {
    const visits = visitsOf();
    const page = await visits.open(
      await visits.newProfile({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }),
    );
    for (const text of [
      "/runtimes",
      "/runtimes show x",
      "/runtimes summary",
      "/runtimes trend",
      "/runtimes status=Runing",
      "x".repeat(3_000),
    ]) {
      await say(page, text);
    }
    await page.locator("article").nth(4).waitFor();
    const row = page.getByRole("row", { name: "agent-004" });
    expect(await row.evaluate((node) => getComputedStyle(node).display)).toBe("block");
    const widths = await page.evaluate(() =>
      [...document.querySelectorAll("html, .conversation, article, .bubble")].map((node) => [
        node.scrollWidth,
        innerWidth,
      ]),
    );
    for (const [width, screen] of widths) expect(width).toBeLessThanOrEqual(screen ?? 0);
    await row.tap();
    await expect.poll(() => visits.served.bot.clicks.at(-1)?.text).toBe("/runtimes show ecd-4");
  });
});
