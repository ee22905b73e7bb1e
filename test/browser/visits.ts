import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openChromium } from "./chromium.ts";
import { type Served, servePlayground } from "./serve-playground.ts";

/** What a suite about the page works with: a server and a browser, both fresh to each test. */
export interface Visits {
  /** The server of the running test. */
  served: Served;
  /** What the browser complained about: a refused script, an exception, a missing file. */
  complaints: string[];
  /** A browser profile of its own, with its own storage. */
  newProfile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Opens the playground in a profile; without one, in a new one. */
  open(context?: BrowserContext): Promise<Page>;
}

/** Sets up the hooks of the suite that calls it. */
export function createVisits(): () => Visits {
  let browser: Browser | undefined;
  let visits: Visits | undefined;
  let contexts: BrowserContext[] = [];

  const newProfile: Visits["newProfile"] = async (options = {}) => {
    if (browser === undefined) throw new Error("the browser has not started");
    const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
    context.setDefaultTimeout(8_000);
    // The page is compiled by a process that its first visit starts.
    context.setDefaultNavigationTimeout(15_000);
    contexts.push(context);
    return context;
  };

  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    const complaints: string[] = [];
    const mine: Visits = {
      served: await servePlayground(),
      complaints,
      newProfile,
      async open(context) {
        const page = await (context ?? (await newProfile())).newPage();
        page.on("pageerror", (error) => complaints.push(error.message));
        page.on("dialog", (dialog) => complaints.push(dialog.message()));
        page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
        await page.goto(mine.served.url);
        await page.locator("#input").waitFor();
        return page;
      },
    };
    visits = mine;
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    await visits?.served.close();
  });
  return () => {
    if (visits === undefined) throw new Error("no test is running");
    return visits;
  };
}

/** Types a text and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.locator("#input").fill(text);
  await page.locator("#input").press("Enter");
}

/** Waits until a card says this of its page. */
export async function seePageLine(page: Page, text: string): Promise<void> {
  await page.locator(".page-line", { hasText: text }).waitFor();
}
