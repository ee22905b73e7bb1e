// Takes the pictures of the README from the product itself, so that they show what it does: npm run pictures
import { mkdir } from "node:fs/promises";
import { pino } from "pino";
import { chromium, type Page } from "playwright-core";
import { createApp } from "../src/app.ts";
import { parseConfig } from "../src/config/index.ts";

const text = `
http: { port: 0 }
access: { rules: [{ channel: playground, allow: [query, export] }] }
fleet: { simulator: { seed: 11, tick: 0 } }
`;

const loaded = parseConfig({ text, path: "app.yaml", environment: {} });
if (!loaded.ok) {
  throw new Error("The configuration of the pictures is wrong.");
}
const app = await createApp({ config: loaded.config, log: pino({ level: "silent" }) });
const started = await app.start();
if (!started.ok) {
  throw new Error(started.reason);
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});

async function open(locale: string, colorScheme: "light" | "dark", width: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale,
    colorScheme,
    deviceScaleFactor: 1.5,
  });
  const page = await context.newPage();
  await page.goto(started.ok ? started.url : "");
  await page.locator("#input").waitFor();
  return page;
}

async function say(page: Page, command: string, nth: number): Promise<void> {
  await page.locator("#input").fill(command);
  await page.locator("#input").press("Enter");
  await page.locator("article").nth(nth).waitFor();
}

await mkdir("docs/pictures", { recursive: true });
const list = await open("en-GB", "light", 1080);
await say(list, "/runtimes status=Running risk=yes size=5", 0);
await list.locator(".page-line").waitFor();
await list.locator("#input").pressSequentially("/runtimes st");
await list.getByRole("option", { name: /^status/ }).waitFor();
await list.screenshot({ path: "docs/pictures/playground.png" });
const summary = await open("zh-CN", "dark", 1080);
await say(summary, "/运行时 汇总 状态=运行中", 0);
await summary.screenshot({ path: "docs/pictures/summary.png" });
await browser.close();
await app.stop();
