import { pino } from "pino";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { createSimulator, type Simulator } from "../../src/simulator/index.ts";
import { configOf } from "../config/read.ts";
import { fleetSection } from "../e2e/fleet-section.ts";
import { describeInBrowser, openChromium } from "./chromium.ts";
import { say, seePageLine } from "./visits.ts";

/** The whole product, from a key pressed in a browser to a signed call of the API and back. */
describeInBrowser("Deskhand in the browser", () => {
  let browser: Browser;
  let profile: BrowserContext;
  let simulator: Simulator;
  let app: App;
  let url: string;
  let complaints: string[];

  beforeAll(async () => {
    browser = await openChromium();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    simulator = createSimulator({ runtimes: 240 });
    const { endpoint } = await simulator.start();
    app = await createApp({ config: configOf(configText(endpoint)), log: pino({ level: "silent" }) });
    const started = await app.start();
    if (!started.ok) {
      throw new Error(started.reason);
    }
    url = started.url;
    complaints = [];
    profile = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: "en-GB" });
    profile.setDefaultTimeout(8_000);
  });

  afterEach(async () => {
    await profile.close();
    await app.stop();
    await simulator.stop();
  });

  async function open(): Promise<Page> {
    const page = await profile.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(url);
    await page.locator("#input").waitFor();
    return page;
  }

  it("completes what is typed, answers with a card, and pages in place from signed calls", async () => {
    const page = await open();
    await page.locator("#input").pressSequentially("/runtimes st");
    await page.getByRole("option", { name: /^status/ }).waitFor();
    await page.keyboard.press("Tab");
    // As a fast typist does: the list for "status=" may still be there when Tab is pressed.
    await page.keyboard.type("run");
    await page.keyboard.press("Tab");
    await expect.poll(() => page.locator("#input").inputValue()).toBe("/runtimes status=Running");
    await page.keyboard.type(" provider=OpenClaw size=5");
    await page.keyboard.press("Enter");
    await seePageLine(page, "Page 1 of");
    const before = simulator.requests().length;
    await page.getByRole("button", { name: "Next" }).click();
    await seePageLine(page, "Page 2 of");
    expect(await page.locator("article").count()).toBe(1);
    expect(simulator.requests().length).toBeGreaterThan(before);
    expect(
      simulator
        .requests()
        .every(({ status, parameters }) => status === 200 && parameters["DesktopStatuses.1"] === "Running"),
    ).toBe(true);
    expect(complaints).toEqual([]);
  });

  it("shows every runtime exactly once to somebody who walks Next from the first page", async () => {
    const page = await open();
    await say(page, "/runtimes risk=yes size=5");
    const names: string[] = [];
    for (let turn = 1; ; turn += 1) {
      await seePageLine(page, `Page ${turn} of`);
      names.push(
        ...(await page.locator("article tbody tr").evaluateAll((rows) => rows.map((row) => row.textContent ?? ""))),
      );
      const next = page.getByRole("button", { name: "Next" });
      if (await next.isDisabled()) {
        break;
      }
      await next.click();
    }
    const truth = ["OpenClaw", "HermesAgent"].flatMap((AgentProvider) =>
      simulator.rows({ AgentProvider, IncludeRiskInfo: "true", HasRisk: "true" }),
    );
    expect(names).toHaveLength(truth.length);
    expect(new Set(names).size).toBe(names.length);
  });

  it("marks what is wrong with a command and runs the mended one in its place", async () => {
    const page = await open();
    await say(page, "/runtimes statsu=Running");
    expect(await page.locator(".marked mark").textContent()).toBe("statsu");
    expect(simulator.stats().requests).toBe(0);
    await page.getByRole("button", { name: "Run this" }).click();
    await seePageLine(page, "Page 1 of");
  });

  it("says what happened when the API fails, and tries again on request", async () => {
    simulator.faults.fail(10, { kind: "deny" });
    const page = await open();
    await say(page, "/runtimes");
    await page.getByText("appstreaming:ListDesktopAgentRuntime").first().waitFor();
    simulator.faults.clear();
    await page.getByRole("button", { name: "Try again" }).click();
    await seePageLine(page, "Page 1 of");
  });

  it("brings a slow answer to every open page of the chat without a reload, and keeps it over one", async () => {
    const [first, second] = [await open(), await open()];
    simulator.faults.latency = 1_300;
    await say(first, "/runtimes size=5");
    // Two providers at 1.3 s each outlast the patience of the bot: the card says so, and then becomes the answer.
    await second.getByText("One moment").waitFor();
    await seePageLine(second, "Page 1 of 48 · 240 runtimes");
    expect(await second.locator("article").count()).toBe(1);
    await first.reload();
    await seePageLine(first, "Page 1 of 48 · 240 runtimes");
  });

  it("speaks Chinese to somebody who chooses it", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Switch to Chinese" }).click();
    await say(page, "／运行时 每页＝5");
    await seePageLine(page, "第 1/48 页 · 共 240 个");
    await page.getByRole("button", { name: "下一页" }).click();
    await seePageLine(page, "第 2/48 页");
  });

  it("keeps every name of the fleet inert", async () => {
    const page = await open();
    await say(page, "/runtimes size=50");
    for (let turn = 1; turn <= 5; turn += 1) {
      await seePageLine(page, `Page ${turn} of 5`);
      expect(await page.locator("article").locator("img, script, iframe, at, a[href]").count()).toBe(0);
      if (turn < 5) {
        await page.getByRole("button", { name: "Next" }).click();
      }
    }
    expect(complaints).toEqual([]);
  });
});

const configText = (endpoint: string): string => `
http: { port: 0 }
access: { rules: [{ channel: playground, allow: [query] }] }
${fleetSection(endpoint)}`;
