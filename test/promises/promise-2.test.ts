import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../conformance/desk.ts";
import { pressDeadline } from "../conformance/turn.ts";
import { platforms } from "./platforms.ts";

describe("promise 2: a callback is answered within 2 s whatever the API does, and a slow page arrives on the same card", () => {
  let desk: Desk;
  afterEach(() => desk?.close());

  test.each(platforms)("on $name", async (driver) => {
    desk = await openDesk(driver);
    const card = await desk.ask("/runtimes provider=OpenClaw size=5");
    const release = desk.fleet.hold();
    const pressed = await desk.press(card, "Next");
    expect(pressed.how).toBe("word");
    expect(pressed.ms).toBeLessThan(pressDeadline);
    release();
    await desk.until(() => desk.see(card, "ben").words.includes("Page 2 of "), "the page arrives");
    expect(desk.platform.shownIn("ops")).toEqual([card]);
  });
});
