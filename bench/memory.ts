import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFakeDingTalk } from "../test/platforms/dingtalk/index.ts";
import { createFakeLark } from "../test/platforms/lark/index.ts";
import { idleMemory, startDeskhand } from "./bot.ts";
import * as dingTalk from "./dingtalk.ts";
import { createDriver } from "./driver.ts";
import { type Figure, figure } from "./figures.ts";
import * as lark from "./lark.ts";
import { startSimulated } from "./simulated.ts";

/** Memory while nobody writes, with every platform connected and a command answered on each. */
export async function measureMemory(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  const fakes = { lark: createFakeLark(), dingTalk: createFakeDingTalk() };
  await Promise.all([fakes.lark.start(), fakes.dingTalk.start()]);
  const simulated = await startSimulated(240);
  try {
    const bot = await startDeskhand({
      folder,
      endpoint: simulated.endpoint,
      channels: [lark.larkChannel(fakes.lark), dingTalk.dingTalkChannel(fakes.dingTalk)],
      async connected() {
        await Promise.all([lark.connected(fakes.lark), dingTalk.connected(fakes.dingTalk)]);
      },
    });
    try {
      await createDriver(lark.stageOf(fakes.lark)).answer("/runtimes");
      await createDriver(dingTalk.stageOf(fakes.dingTalk)).answer("/runtimes");
      return [figure("memory idle, connected to Lark and DingTalk", await idleMemory(bot), 150, " MB")];
    } finally {
      await bot.stop();
    }
  } finally {
    await simulated.stop();
    await Promise.all([fakes.lark.stop(), fakes.dingTalk.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}
