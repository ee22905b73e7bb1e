import { expect, onTestFinished, test } from "vitest";
import { createDingTalk, dingtalkChecks } from "../../adapters/dingtalk/index.ts";
import { createLark, larkChecks } from "../../adapters/lark/index.ts";
import { systemClock } from "../../src/app.ts";
import type { Channel } from "../../src/bot/index.ts";
import { doctorCard } from "../../src/cards/index.ts";
import type { Check } from "../../src/doctor/index.ts";
import { noMeter } from "../../src/telemetry/index.ts";
import { createPlainMemory } from "../bot/memory.ts";
import { createFakeDingTalk } from "../platforms/dingtalk/index.ts";
import { createFakeLark } from "../platforms/lark/index.ts";
import { createTelling } from "./link-rig.ts";
import { createFakeBot } from "./playground/fake-bot.ts";
import { until } from "./until.ts";

type Log = ReturnType<typeof createTelling>["log"];

interface Refused {
  readonly checks: readonly Check[];
  channel(log: Log): Channel;
  /** Whether the platform was asked for a token and for the address of a socket. */
  askedForBoth(): boolean;
}

const around = { clock: systemClock, random: Math.random, meter: noMeter, locale: "en" } as const;

async function lark(): Promise<Refused> {
  const fake = createFakeLark();
  await fake.start();
  onTestFinished(() => fake.stop());
  const app = { appId: fake.appId, appSecret: () => "another", domain: fake.url, events: "websocket" } as const;
  const options = { ...app, ...around, encryptKey: () => "", verificationToken: () => "" };
  const asked = (path: string) => fake.requests.some((request) => request.path.includes(path));
  return {
    checks: larkChecks(options),
    channel: (log) => createLark({ ...options, log }),
    askedForBoth: () => asked("tenant_access_token") && asked("endpoint"),
  };
}

async function dingtalk(): Promise<Refused> {
  const fake = createFakeDingTalk();
  await fake.start();
  onTestFinished(() => fake.stop());
  const app = { clientId: fake.clientId, clientSecret: () => "another", robotCode: "", cardTemplateId: "" };
  const options = { ...app, ...around, apiBase: fake.url, oapiBase: fake.url, monthlyCalls: 5_000 };
  return {
    checks: dingtalkChecks(options),
    channel: (log) => createDingTalk({ ...options, log, memory: createPlainMemory() }),
    askedForBoth: () => fake.calls.gateway > 0 && fake.calls.token > 0,
  };
}

test.each([
  ["lark", lark, "oc_1", "channels.lark.appId and appSecret"],
  ["dingtalk", dingtalk, "cid1==", "channels.dingtalk.clientId and clientSecret"],
] as const)(
  "a wrong secret of %s is told by one line of the log, in the words of doctor",
  async (_, begin, chat, keys) => {
    const platform = await begin();
    const { log, lines } = createTelling();
    const channel = platform.channel(log);
    await channel.start(createFakeBot());
    await channel.send(chat, doctorCard({ stage: "sent", locale: "en", mark: "1", pressable: false }), { key: "1" });
    await until(platform.askedForBoth);
    await channel.stop();

    const token = platform.checks.find(({ name }) => name === "token");
    const found = await token?.look(new AbortController().signal);
    if (found?.state !== "failed") throw new Error("doctor finds nothing wrong");
    expect(found.todo).toContain(keys);
    const words = `${found.says.replace(/ \(code .*\)\.$/, ".")} ${found.todo}`;
    expect(lines.map(({ level, message }) => [level, message])).toEqual([["error", words]]);
  },
);
