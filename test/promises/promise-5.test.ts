import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../conformance/desk.ts";
import { hostileFields, hostileTexts, typedWith } from "../e2e/hostile.ts";
import { platforms } from "./platforms.ts";

describe("promise 5: text from the API or from a user never becomes markup, a mention, a link or a command", () => {
  let desk: Desk;
  afterEach(() => desk?.close());

  test.each(platforms)("on $name", async (driver) => {
    desk = await openDesk(driver);
    desk.fleet.dress((row, code) => {
      const text = hostileTexts[Number(code.slice(3)) % hostileTexts.length] ?? "";
      return { ...row, DesktopName: `${code} ${text}`, ...hostileFields(text) };
    });
    const typed = hostileTexts.slice(0, 4).flatMap(typedWith);
    for (const [index, text] of ["/runtimes size=24", "/runtimes summary by=group", ...typed].entries()) {
      const { live } = desk.see(await desk.ask(text, { user: `user-${index}` }));
      expect(live, text).toEqual([]);
    }
  });
});
