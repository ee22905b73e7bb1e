import { afterEach, describe, test } from "vitest";
import { type AlertRig, createAlertRig, type Platform } from "../e2e/alerts/rig.ts";
import { createBots } from "../e2e/process.ts";
import { createGate } from "../platforms/gate.ts";

// test/e2e/alerts/crash.test.ts kills the bot at each commit of an alert, and at moments by chance.

describe("promise 3: no alert is lost and none is told twice, whatever the moment of a crash, a restart or a failing platform", {
  timeout: 60_000,
}, () => {
  let rig: AlertRig;
  const bots = createBots();
  afterEach(async () => {
    await bots.end();
    await rig?.close();
  });

  const open = async (platform: Platform) => {
    rig = await createAlertRig({ platform, watched: true });
  };
  const begin = (id: string) => rig.fleet.set(id, { risks: ["model-modified"] });

  /** Another process goes on, a minute later, when what the killed one was sending may be sent again. */
  async function expectToldOnce(): Promise<void> {
    rig.clock.skip(65_000);
    await rig.start();
    await rig.told(1);
    await rig.expectNoMore(1);
  }

  test.each(["lark", "dingtalk"] as const)("killed while %s has the message and has not said so", async (platform) => {
    await open(platform);
    const bot = await bots.start({ directory: rig.directory, config: rig.config() });
    await rig.scans(1);
    const gate = createGate();
    rig.chat.disturb("sends", { kind: "held", gate, done: true });
    begin("ecd-0001");
    await gate.reached();
    bot.signal("SIGKILL");
    await bot.finished;
    gate.open();
    await expectToldOnce();
  });

  test.each(["lark", "dingtalk"] as const)("a %s that fails, and loses an answer", async (platform) => {
    await open(platform);
    await rig.start();
    await rig.scans(1);
    rig.chat.disturb("sends", { kind: "answer", status: 503 });
    rig.chat.disturb("sends", { kind: "cut" });
    begin("ecd-0001");
    await rig.chat.until(() => rig.chat.sends() > 2, 15_000, "it is sent until the platform says that it has it");
    await rig.expectNoMore(1);
  });
});
