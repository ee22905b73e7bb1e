import { type Api, createApi } from "../../../adapters/lark/api.ts";
import { createSdkHttp } from "../../../adapters/lark/http.ts";
import { createLarkPace } from "../../../adapters/lark/pace.ts";
import { createSender, type Sender } from "../../../adapters/lark/send.ts";
import { createLarkTokens } from "../../../adapters/lark/token.ts";
import { systemClock } from "../../../src/app.ts";
import { createCountingMeter } from "../../counting-meter.ts";
import { createManualClock, type ManualClock } from "../../manual-clock.ts";
import { until } from "../until.ts";
import { createMemoryLog } from "./quiet.ts";
import { createScriptedServer, type ScriptedServer } from "./scripted-server.ts";

/** All that sends, over the real SDK, to a scripted server. */
export interface SendRig {
  readonly server: ScriptedServer;
  /** Of the waits between calls; the calls themselves have the machine's. */
  readonly clock: ManualClock;
  readonly log: ReturnType<typeof createMemoryLog>;
  readonly counts: ReturnType<typeof createCountingMeter>;
  readonly api: Api;
  readonly sender: Sender;
  /** Lets time pass as soon as a failed call waits to be made again. */
  passBackoff(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export async function createSendRig(): Promise<SendRig> {
  const server = await createScriptedServer();
  const clock = createManualClock();
  const log = createMemoryLog();
  const counts = createCountingMeter();
  const http = createSdkHttp({ timeout: 10_000, clock: systemClock });
  const common = { appId: "cli_0123456789abcdef", domain: server.url, http, clock, log, meter: counts.meter };
  const random = () => 1;
  const tokens = createLarkTokens({ ...common, appSecret: () => "app-s3cret", clock, random });
  const api = createApi({ ...common, tokens, random });
  const pace = createLarkPace({ domain: server.url, clock, random });
  const sender = createSender({ api, pace, clock, random, log });
  return {
    server,
    clock,
    log,
    counts,
    api,
    sender,
    async passBackoff(milliseconds) {
      // The patience of the message is the other one that sleeps.
      await until(() => clock.sleeping() === 2);
      await clock.advance(milliseconds);
    },
    async close() {
      sender.stop();
      pace.stop();
      http.stop();
      await server.close();
    },
  };
}
