// Takes the pictures of the README from the product itself, so that they show what it does: npm run pictures
import { mkdir } from "node:fs/promises";
import { pino } from "pino";
import { chromium, type Page } from "playwright-core";
import { type App, createApp } from "../src/app.ts";
import { parseConfig } from "../src/config/index.ts";
import { createMovableFleet, type RuntimeChange } from "../test/platforms/fleet/index.ts";

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});

interface Served {
  readonly app: App;
  readonly url: string;
}

/** Starts Deskhand with a playground and what else is configured. */
async function serve(more: string): Promise<Served> {
  const text = `
http: { port: 0 }
store: { url: "memory:" }
timeZone: Asia/Shanghai
access: { rules: [{ channel: playground, allow: [query, export, alerts, views, admin] }] }
${more}`;
  const loaded = parseConfig({ text, path: "app.yaml", environment: {} });
  if (!loaded.ok) {
    throw new Error("The configuration of the pictures is wrong.");
  }
  const app = await createApp({ config: loaded.config, log: pino({ level: "silent" }) });
  const started = await app.start();
  if (!started.ok) {
    throw new Error(started.reason);
  }
  return { app, url: started.url };
}

async function open({ url }: Served, locale: string, colorScheme: "light" | "dark"): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1080, height: 900 },
    locale,
    colorScheme,
    deviceScaleFactor: 1.5,
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("#input").waitFor();
  return page;
}

async function say(page: Page, command: string, nth: number): Promise<void> {
  await page.locator("#input").fill(command);
  await page.locator("#input").press("Enter");
  await page.locator("article").nth(nth).waitFor();
}

async function takeAnswers(): Promise<void> {
  const served = await serve("fleet: { simulator: { seed: 11, tick: 0 } }");
  const list = await open(served, "en-GB", "light");
  await say(list, "/runtimes status=Running risk=yes size=5", 0);
  await list.locator(".page-line").waitFor();
  await list.locator("#input").pressSequentially("/runtimes st");
  await list.getByRole("option", { name: /^status/ }).waitFor();
  await list.screenshot({ path: "docs/pictures/playground.png" });
  const summary = await open(served, "zh-CN", "dark");
  await say(summary, "/运行时 汇总 状态=运行中", 0);
  await summary.screenshot({ path: "docs/pictures/summary.png" });
  await served.app.stop();
}

/** What somebody does to runtimes of one group while the whole fleet is watched. */
const changes: readonly { readonly runtime: RuntimeChange; readonly change: RuntimeChange }[] = [
  {
    runtime: { name: "agent-017", users: ["li.na"] },
    change: { template: "mt-own", risks: ["model-modified"] },
  },
  {
    runtime: { name: "agent-020", users: ["wang.wei"], region: "cn-hangzhou" },
    change: { risks: ["agent-uninstalled"] },
  },
  {
    runtime: { name: "agent-021", users: ["zhao.min", "li.na"], template: "mt-support" },
    change: { channels: ["feishu", "wechat"], risks: ["channel-modified"] },
  },
];

async function takeAlert(): Promise<void> {
  const fleet = createMovableFleet();
  for (let plain = 0; plain < 16; plain += 1) {
    fleet.add({ group: "rg-support" });
  }
  const ids = changes.map(({ runtime }) => fleet.add({ ...runtime, group: "rg-finance" }));
  await fleet.start();
  const key = "{ type: access-key, accessKeyId: simulator, accessKeySecret: simulator }";
  const served = await serve(`
alerts: { interval: 1s }
fleet:
  source: alibaba-cloud
  alibabaCloud: { endpoint: "${fleet.endpoint}", protocol: http, requestsPerSecond: 50, credentials: ${key} }
`);
  const page = await open(served, "en-GB", "light");
  await say(page, "/alerts on", 0);
  // Once the fleet was counted it is known how runtimes were set up before.
  await fleet.asked(12, 30_000);
  for (const [index, { change }] of changes.entries()) {
    fleet.set(ids[index] ?? "", change);
  }
  await page.locator("article").nth(1).waitFor();
  await page.screenshot({ path: "docs/pictures/alert.png" });
  await served.app.stop();
  await fleet.stop();
}

/** Cards of the tour, each alone. */
async function takeTour(): Promise<void> {
  const served = await serve("fleet: { simulator: { tick: 500ms } }\nalerts: { interval: 1s }");
  const page = await open(served, "en-GB", "light");
  const take = (name: string, nth: number) =>
    page
      .locator("article")
      .nth(nth)
      .screenshot({ path: `docs/pictures/tour-${name}.png` });
  await say(page, "/runtimes stauts=Running", 0);
  await take("mistake", 0);
  await say(page, "/alerts on", 1);
  const told = page.locator("article", { hasText: "at risk (new)" }).first();
  await told.waitFor({ timeout: 60_000 });
  await told.screenshot({ path: "docs/pictures/tour-alert.png" });
  await say(page, "/alerts off", await page.locator("article").count());
  await say(page, "/view save finance group=rg-finance", await page.locator("article").count());
  const audit = await page.locator("article").count();
  await say(page, "/audit", audit);
  await take("audit", audit);
  await served.app.stop();
}

await mkdir("docs/pictures", { recursive: true });
if (process.argv.includes("--tour")) await takeTour();
else {
  await takeAnswers();
  await takeAlert();
  await takeTour();
}
await browser.close();
