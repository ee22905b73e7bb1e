import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDeskhand } from "./bot.ts";
import { memoryAtRest } from "./contest.ts";
import * as dingTalk from "./dingtalk.ts";
import { createDriver } from "./driver.ts";
import * as lark from "./lark.ts";
import type { Plan } from "./plan.ts";
import { figure, onlyFigures, type Result } from "./result.ts";
import { startSimulated } from "./simulated.ts";

/** Memory while nobody writes, with every platform connected, a watch on each and a command answered on each. */
export async function measureMemory(plan: Plan): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  const fakes = { lark: lark.createSilentLark(), dingTalk: dingTalk.createSilentDingTalk() };
  await Promise.all([fakes.lark.start(), fakes.dingTalk.start()]);
  const simulated = await startSimulated(240);
  try {
    const bot = await startDeskhand({
      ...{ folder, endpoint: simulated.endpoint },
      channels: [lark.larkChannel(fakes.lark), dingTalk.dingTalkChannel(fakes.dingTalk)],
      watches: [lark.larkWatch(fakes.lark), dingTalk.dingTalkWatch(fakes.dingTalk)],
      async connected() {
        await Promise.all([lark.connected(fakes.lark), dingTalk.connected(fakes.dingTalk)]);
      },
    });
    try {
      await createDriver(lark.stageOf(fakes.lark)).answer("/runtimes");
      await createDriver(dingTalk.stageOf(fakes.dingTalk)).answer("/runtimes");
      const idle = await memoryAtRest(bot, plan);
      return onlyFigures([figure("memory idle, connected to Lark and DingTalk, a watch on each", idle, 150, " MB")]);
    } finally {
      await bot.stop();
    }
  } finally {
    await simulated.stop();
    await Promise.all([fakes.lark.stop(), fakes.dingTalk.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}
