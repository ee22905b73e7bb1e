import { afterEach, describe, test } from "vitest";
import { type Desk, openDesk } from "../conformance/desk.ts";
import { fleetKey } from "../e2e/fleet-section.ts";
import { expectNoSecret } from "../e2e/secrets.ts";
import { platforms } from "./platforms.ts";

// test/conformance/scenarios/secrets.ts does it while more goes wrong.

describe("promise 7: secrets appear in no log, error, metric, card or stored row", () => {
  let desk: Desk;
  afterEach(() => desk?.close());

  test.each(platforms)("on $name", async (driver) => {
    desk = await openDesk(driver, { store: "file" });
    const { platform, fleet } = desk;
    const secrets = [fleetKey.secret, ...(await platform.secrets())];
    await desk.press(await desk.ask("/runtimes size=5"), "Next");
    // Somebody pastes one into the chat: as a filter, as a view and as what is no command.
    await desk.ask(`/runtimes name=${fleetKey.secret}`);
    await desk.ask(`/view save pasted name="a ${fleetKey.secret}"`);
    await desk.ask(`/frobnicate ${fleetKey.secret}`);
    const message = `key ${fleetKey.secret} is another`;
    fleet.simulator.faults.fail(3, { status: 400, code: "SignatureDoesNotMatch", message });
    await desk.ask("/runtimes group=rg-finance");
    platform.endTokens();
    await desk.ask("/help");
    secrets.push(...(await platform.secrets()));
    const markers = /ticket=|access_key=|Bearer |access_token"|accessToken"/;
    const bot = { ...desk, shown: platform.everything };
    await expectNoSecret(bot, [...new Set(secrets)], { known: "/runtimes", markers });
  });
});
