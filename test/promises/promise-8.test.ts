import { afterEach, describe, expect, test } from "vitest";
import { createRig as createDingTalkRig } from "../e2e/dingtalk/rig.ts";
import { createRig as createLarkRig } from "../e2e/lark/rig.ts";
import { createBots } from "../e2e/process.ts";

const rigs = { lark: createLarkRig, dingtalk: createDingTalkRig } as const;
/** Milliseconds of each call of the API. */
const slowness = 800;

describe("promise 8: SIGTERM drains: what was accepted is answered, what was not is left for redelivery", {
  timeout: 60_000,
}, () => {
  let close: () => Promise<void> = async () => {};
  const bots = createBots();
  afterEach(async () => {
    await bots.end();
    await close();
  });

  test.each(["lark", "dingtalk"] as const)("on %s", async (platform) => {
    const rig = await rigs[platform]({ store: "file" });
    close = rig.close;
    const { fake } = rig;
    const process = await bots.start(rig);
    rig.simulator.faults.latency = slowness;
    rig.write("/runtimes provider=OpenClaw");
    await fake.until(() => fake.underWay === 0, 5_000, "it is accepted");
    process.signal("SIGTERM");
    await process.printed(/SIGTERM: answering/);
    rig.write("/help");
    expect((await process.finished).code).toBe(0);
    expect(fake.sent).toHaveLength(1);
    expect(JSON.stringify(fake.sent[0])).toContain("Agent runtimes");
    expect(fake.underWay).toBe(1);

    await rig.start();
    await fake.until(() => fake.underWay === 0 && fake.sent.length === 2, 10_000, "the next process answers the other");
  });
});
