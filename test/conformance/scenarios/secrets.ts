import { afterEach, describe, test } from "vitest";
import { fleetKey } from "../../e2e/fleet-section.ts";
import { expectNoSecret } from "../../e2e/secrets.ts";
import { type Desk, openDesk } from "../desk.ts";
import type { Driver } from "../driver.ts";

/** What nobody but the platform and the API may read. */
export function secretScenarios(driver: Driver): void {
  describe("secrets", () => {
    let desk: Desk;
    afterEach(() => desk?.close());

    test("no secret is in a log line, a card, a stored row or an answer, whatever goes wrong", async () => {
      desk = await openDesk(driver, { store: "file" });
      const { platform, fleet } = desk;
      const card = await desk.ask("/runtimes size=5");
      await desk.press(card, "Next");
      const secrets = [fleetKey.secret, ...(await platform.secrets())];
      fleet.simulator.faults.fail(3, {
        status: 400,
        code: "SignatureDoesNotMatch",
        message: `key ${fleetKey.secret} is another`,
      });
      await desk.ask("/runtimes group=rg-finance");
      fleet.simulator.faults.clear();
      if (!("outages" in driver.lacks)) {
        const trouble = platform.breakDown();
        const asked = desk.write("/help");
        await desk.until(() => trouble.met() > 0, "the bot meets the outage");
        trouble.end();
        await desk.answerTo(asked, 20_000);
      }
      if (!("tokens" in driver.lacks)) {
        platform.endTokens();
        await desk.ask("/runtimes summary");
        secrets.push(...(await platform.secrets()));
      }
      if (!("chats that end" in driver.lacks)) {
        const asked = desk.write("/help", { chat: "ended" });
        await desk.answerTo(asked);
        platform.endChat("ended");
        await desk.press(await desk.ask("/runtimes size=5"), "Next");
      }
      const markers = /ticket=|access_key=|Bearer |access_token"|accessToken"/;
      const bot = { ...desk, shown: platform.everything };
      await expectNoSecret(bot, [...new Set(secrets)], { known: "/runtimes", markers });
    });
  });
}
