import { afterEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../conformance/desk.ts";
import { platforms } from "./platforms.ts";

describe("promise 9: a command that comes more than 10 minutes after it was written is not executed; its writer is told once", () => {
  let desk: Desk;
  afterEach(() => desk?.close());

  test.each(platforms)("on $name", async (driver) => {
    desk = await openDesk(driver);
    const asked = desk.write("/runtimes", { minutesAgo: 11, copies: 2 });
    const answer = await desk.answerTo(asked);
    expect(desk.see(answer).title).toBe("Too late");
    desk.platform.deliverAgain(asked);
    await desk.quiet();
    expect(desk.platform.shownIn("ops")).toEqual([answer]);
    expect(desk.fleet.calls()).toBe(0);
    const inTime = await desk.ask("/runtimes", { chat: "in time", minutesAgo: 9 });
    expect(desk.see(inTime).title).toBe("Agent runtimes");
  });
});
