import { chromium } from "playwright-core";

/** Where the machine's Chromium is, if it has one. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a browser that any process may open profiles in. Rejects where there is none. */
export async function startChromiumServer(): Promise<{ readonly url: string; remove(): Promise<void> }> {
  const server = await chromium.launchServer({ executablePath: chromiumPath, args: flags });
  return { url: server.wsEndpoint(), remove: () => server.close() };
}
