import { serve } from "@hono/node-server";
import { expect, it } from "vitest";
import { cardOf } from "../adapters/playground/fake-bot.ts";
import { describeInBrowser } from "./chromium.ts";
import { listCard } from "./sample-cards.ts";
import { servePlayground } from "./serve-playground.ts";
import { createVisits, say, seePageLine } from "./visits.ts";

describeInBrowser("the chat on the playground's page", () => {
  const visitsOf = createVisits();

  it("completes while a person types: Tab takes the first, arrows and Enter another, Escape closes", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    const input = page.locator("#input");
    const options = page.getByRole("option");
    await input.pressSequentially("/ru");
    await options.first().waitFor();
    await input.press("Tab");
    expect(await input.inputValue()).toBe("/runtimes ");
    await page.getByRole("option", { name: /^status=/ }).waitFor();
    await input.press("ArrowDown");
    await input.press("ArrowDown");
    await expect.poll(() => input.getAttribute("aria-activedescendant")).toBe("completion-1");
    await input.press("Enter");
    expect(await input.inputValue()).toBe("/runtimes status=");
    await options.first().waitFor();
    await input.press("Escape");
    expect(await options.count()).toBe(0);
    expect(visits.served.bot.messages).toEqual([]);
    await input.fill("/runtimes");
    await options.first().waitFor();
    await input.press("Enter");
    await seePageLine(page, "Page 1 of 6");
  });

  it("scrolls the conversation and never the document, however much was said", async () => {
    const page = await visitsOf().open();
    const scrolled = () =>
      page.evaluate(() => {
        window.scrollTo(0, 10_000);
        const { scrollHeight } = document.documentElement;
        return { more: scrollHeight - window.innerHeight, top: window.scrollY };
      });
    expect(await scrolled()).toEqual({ more: 0, top: 0 });
    for (let turn = 1; turn <= 3; turn++) {
      await say(page, "/runtimes");
      await expect.poll(() => page.locator("article").count()).toBe(turn);
    }
    expect(await scrolled()).toEqual({ more: 0, top: 0 });
    const within = await page.locator("main").evaluate((node) => node.scrollHeight - node.clientHeight);
    expect(within).toBeGreaterThan(400);
  });

  it("brings back what was typed with the up arrow, and breaks a line with Shift and Enter", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    const input = page.locator("#input");
    for (const text of ["/one", "/two", "/two"]) await say(page, text);
    await input.press("ArrowUp");
    expect(await input.inputValue()).toBe("/two");
    await input.press("ArrowUp");
    expect(await input.inputValue()).toBe("/one");
    await input.press("ArrowDown");
    await input.press("ArrowDown");
    expect(await input.inputValue()).toBe("");
    await input.pressSequentially("a");
    await input.press("Shift+Enter");
    await input.pressSequentially("b");
    expect(await input.inputValue()).toBe("a\nb");
  });

  it("shows that it works until the answer is there", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    let answer = () => {};
    visits.served.bot.onMessage = ({ chat, id }) => {
      answer = () => void visits.served.playground.send(chat, cardOf("here it is"), { replyTo: id, key: id });
    };
    await say(page, "/slow");
    await page.locator(".working").waitFor();
    answer();
    await page.locator("article", { hasText: "here it is" }).waitFor();
    await page.locator(".working").waitFor({ state: "hidden" });
  });

  it("is one chat for all tabs of a profile, over reloads, and another profile's is another", async () => {
    const visits = visitsOf();
    const context = await visits.newProfile();
    const first = await visits.open(context);
    const second = await visits.open(context);
    await say(first, "/runtimes");
    await second.getByRole("button", { name: "Next" }).click();
    await seePageLine(first, "Page 2 of 6");
    await first.reload();
    await seePageLine(first, "Page 2 of 6");
    const other = await visits.open();
    await other.locator(".welcome").waitFor();
    expect(await other.locator("article").count()).toBe(0);
  });

  it("says that the connection is lost, comes back by itself, and misses nothing", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await say(page, "/runtimes");
    await seePageLine(page, "Page 1 of 6");
    const port = Number(new URL(visits.served.url).port);
    const chat = visits.served.bot.messages[0]?.chat ?? "";
    await visits.served.close();
    await page.locator(".banner", { hasText: /Connection lost|stopping/ }).waitFor();
    visits.served = await servePlayground(port);
    await visits.served.playground.send(chat, cardOf("while you were away"), { key: "k" });
    await page.locator("article", { hasText: "while you were away" }).waitFor({ timeout: 15_000 });
    await page.locator(".banner").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Next" }).click();
    await seePageLine(page, "Page 2 of 6");
  });

  it("keeps a message that could not be sent, and sends it again as the same message", async () => {
    const visits = visitsOf();
    const page = await visits.open();
    await page.route("**/playground/messages", (route) => route.abort());
    await say(page, "/runtimes");
    const again = page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    const ids: string[] = [];
    await page.unroute("**/playground/messages");
    visits.served.bot.onMessage = ({ chat, id }) => {
      ids.push(id);
      void visits.served.playground.send(chat, listCard(1), { replyTo: id, key: id });
    };
    await again.click();
    await seePageLine(page, "Page 1 of 6");
    expect(ids).toHaveLength(1);
    expect(await page.locator(".line.person").count()).toBe(1);
    expect(await again.count()).toBe(0);
  });

  it("speaks the browser's language, and the one that a person chose from then on", async () => {
    const visits = visitsOf();
    const page = await visits.open(await visits.newProfile({ locale: "zh-CN" }));
    await page.getByText("问问您的云电脑").waitFor();
    await say(page, "/help");
    await expect.poll(() => visits.served.bot.messages.at(-1)?.locale).toBe("zh");
    await page.getByRole("button", { name: "切换到英文" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Switch to Chinese" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    await say(page, "/help");
    await expect.poll(() => visits.served.bot.messages.at(-1)?.locale).toBe("en");
  });

  it("follows the system's theme, and the one that a person chose from then on", async () => {
    const visits = visitsOf();
    const page = await visits.open(await visits.newProfile({ colorScheme: "dark" }));
    const back = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await back();
    await page.getByRole("button", { name: "Theme: as the system" }).click();
    const light = await back();
    expect(light).not.toBe(dark);
    await page.reload();
    await page.locator("#input").waitFor();
    expect(await back()).toBe(light);
  });

  it("counts in its title what came while nobody looked", async () => {
    const visits = visitsOf();
    const context = await visits.newProfile();
    await context.addInitScript(() => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => window.name || "visible" });
    });
    const page = await visits.open(context);
    await say(page, "/runtimes");
    await seePageLine(page, "Page 1 of 6");
    const look = (state: string) =>
      page.evaluate((name) => {
        window.name = name;
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await look("hidden");
    await visits.served.playground.send(visits.served.bot.messages[0]?.chat ?? "", cardOf("3 runtimes at risk"), {
      key: "k",
    });
    await expect.poll(() => page.title()).toBe("(1) Deskhand · playground");
    await look("visible");
    expect(await page.title()).toBe("Deskhand · playground");
  });

  it("is nothing that a page of another origin can read, send to or borrow a script from", async () => {
    const visits = visitsOf();
    const own = await visits.open();
    await say(own, "/runtimes");
    await seePageLine(own, "Page 1 of 6");
    const chat = visits.served.bot.messages[0]?.chat ?? "";
    const other = serve({
      fetch: () => new Response("<p>elsewhere", { headers: { "content-type": "text/html" } }),
      port: 0,
      hostname: "127.0.0.1",
    });
    await new Promise<void>((resolve) => other.once("listening", resolve));
    const address = other.address();
    const page = await (await visits.newProfile()).newPage();
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
    const outcome = await page.evaluate(
      async ({ url, chat }) => {
        const body = JSON.stringify({ chat, id: "evil-0001", text: "/help", locale: "en" });
        const attempt = (path: string, request: RequestInit) =>
          fetch(url + path, request).then(
            (response) => response.type,
            () => "refused",
          );
        const loadScript = (src: string) =>
          new Promise<string>((resolve) => {
            const node = document.createElement("script");
            node.addEventListener("error", () => resolve("refused"));
            node.addEventListener("load", () => resolve("loaded"));
            node.src = src;
            document.body.append(node);
          });
        return {
          read: await attempt(`playground/history?chat=${chat}`, {}),
          send: await attempt("playground/messages", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body,
          }),
          blind: await attempt("playground/messages", { method: "POST", mode: "no-cors", body }),
          script: await loadScript(`${url}playground/element.js`),
        };
      },
      { url: visits.served.url, chat },
    );
    await new Promise<void>((resolve) => other.close(() => resolve()));
    expect(outcome).toEqual({ read: "refused", send: "refused", blind: "refused", script: "refused" });
    expect(visits.served.bot.messages.map(({ text }) => text)).toEqual(["/runtimes"]);
  });
});
