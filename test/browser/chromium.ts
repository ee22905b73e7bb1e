import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { describe, it } from "vitest";

const path = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

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

/** Starts the machine's Chromium. Whoever starts it closes it. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: flags });
}

/**
 * A suite that needs a browser. On a machine without one it is skipped, and says so; in continuous integration (CI=true)
 * that is a failure.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  if (existsSync(path)) {
    describe(name, tests);
    return;
  }
  const reason = `there is no browser at ${path}: install chromium or set CHROMIUM_PATH`;
  if (process.env.CI === "true") {
    it(`${name}: a browser is there`, () => {
      throw new Error(reason);
    });
    return;
  }
  process.stderr.write(`\nSKIPPED: ${name} - ${reason}\n\n`);
  describe.skip(`${name} (${reason})`, tests);
}
