import { createApi, type RunningApi } from "../../../adapters/dingtalk/api.ts";
import { apiLimits } from "../../../adapters/dingtalk/api-limits.ts";
import { createCalls, type MonthCalls } from "../../../adapters/dingtalk/calls.ts";
import type { Failure } from "../../../adapters/dingtalk/failure.ts";
import { createDingTalkPace } from "../../../adapters/dingtalk/pace.ts";
import { createDingTalkTokens } from "../../../adapters/dingtalk/token.ts";
import { systemClock } from "../../../src/app.ts";
import { createHttp, type Tokens } from "../../../src/platform/index.ts";
import { createPlainMemory, type PlainMemory } from "../../bot/memory.ts";
import { createCountingMeter } from "../../counting-meter.ts";
import { createManualClock, type ManualClock } from "../../manual-clock.ts";
import { createScriptedServer, type Reply, type ScriptedServer } from "../../platform/scripted-server.ts";
import { createMemoryLog } from "../lark/quiet.ts";
import { until } from "../until.ts";

/** All that calls DingTalk, against a scripted server. */
export interface ApiRig {
  readonly server: ScriptedServer;
  /** Of the waits between calls; the calls themselves have the machine's. */
  readonly clock: ManualClock;
  readonly log: ReturnType<typeof createMemoryLog>;
  readonly counts: ReturnType<typeof createCountingMeter>;
  readonly memory: PlainMemory;
  readonly tokens: Tokens<Failure>;
  readonly calls: MonthCalls;
  readonly api: RunningApi;
  /** Lets time pass as soon as a failed call waits to be made again. */
  passBackoff(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export const granted = (token: string, expireIn = 7_200): Reply => ({ json: { accessToken: token, expireIn } });

/** A refusal of the newer API. */
export const refused = (status: number, code: string, more: object = {}): Reply => ({
  status,
  json: { code, requestid: "REQ-1", message: "texts of the platform", ...more },
});

/** A refusal of the older one. */
export const oldRefused = (errcode: number): Reply => ({
  json: { errcode, errmsg: "texts of the platform", request_id: "req1" },
});

export const delivered: Reply = {
  json: { success: true, result: { outTrackId: "card-1", deliverResults: [{ spaceType: "IM_GROUP", success: true }] } },
};

export interface RigOptions {
  readonly robotCode?: string;
  readonly cardTemplateId?: string;
  readonly quota?: number;
}

export async function createApiRig({
  robotCode = "",
  cardTemplateId = "",
  quota = 0,
}: RigOptions = {}): Promise<ApiRig> {
  const server = await createScriptedServer({
    tokenPath: "/v1.0/oauth2/accessToken",
    answer: () => delivered,
    grant: (nth) => granted(`t-${nth}`),
  });
  const clock = createManualClock();
  const log = createMemoryLog();
  const counts = createCountingMeter();
  const memory = createPlainMemory();
  const { answerBytes, connections } = apiLimits;
  const http = createHttp({ clock: systemClock, timeout: 10_000, longest: answerBytes, connections });
  const random = () => 1;
  const about = { clientId: "dingapp", apiBase: server.url, http, clock, random, log, meter: counts.meter };
  const tokens = createDingTalkTokens({ ...about, clientSecret: () => "app-s3cret" });
  const calls = createCalls({ quota, clientId: "dingapp", tallies: memory.tallies, clock, log, meter: counts.meter });
  const pace = createDingTalkPace({ apiBase: server.url, clock, random });
  const api = createApi({ ...about, robotCode, cardTemplateId, oapiBase: server.url, tokens, calls, pace });
  return {
    ...{ server, clock, log, counts, memory, tokens, calls, api },
    async passBackoff(milliseconds) {
      // The patience of the call is the other one that sleeps.
      await until(() => clock.sleeping() === 2);
      await clock.advance(milliseconds);
    },
    async close() {
      api.stop();
      pace.stop();
      http.stop();
      await server.close();
    },
  };
}
