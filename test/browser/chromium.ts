import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { describe, inject, it } from "vitest";
import { askService } from "../run/services.ts";
import { chromiumPath as path } from "./chromium-server.ts";

/** Opens a line to the browser of this run. Whoever opens it closes it, and what was opened over it. */
export async function openChromium(): Promise<Browser> {
  const found = await askService(inject("services"), "chromium");
  if (!found.ok) throw new Error(found.reason);
  return chromium.connect(found.url);
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
