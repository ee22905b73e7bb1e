import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createMovableFleet, type MovableFleet } from "../test/platforms/fleet/index.ts";
import { startDeskhand } from "./bot.ts";
import * as dingTalk from "./dingtalk.ts";
import { createDriver, type Driver, type Stage } from "./driver.ts";
import * as lark from "./lark.ts";
import { type Figure, figure, type Result, type Table } from "./result.ts";

const list = "/runtimes provider=OpenClaw size=10";

/** Milliseconds after which every call that a command or a press costs is made. */
const callsMade = 3_000;

/** Milliseconds after which a pressed page is there for everybody, and was read a moment ago still. */
const turned = 1_000;

interface Platform {
  readonly name: string;
  readonly channel: string;
  readonly stage: Stage;
  connected(): Promise<void>;
  /** Calls of the bot so far: over Lark all of them, over DingTalk those that count against the month. */
  calls(): number;
  /** What the card that was sent last measures, with the platform's limits. */
  sizes(): readonly Figure[];
}

/** Calls, in what order they are told. */
interface Counted {
  readonly fleet: { readonly list: number; readonly turn: number; readonly back: number };
  readonly platform: { readonly list: number; readonly turn: number };
}

/** What a list and a page turn cost in calls, and how large the largest card is. */
export async function measureCalls(): Promise<Result> {
  const fakes = { lark: lark.createSilentLark(), dingTalk: dingTalk.createSilentDingTalk() };
  await Promise.all([fakes.lark.start(), fakes.dingTalk.start()]);
  try {
    const onLark = await measure(larkPlatform(fakes.lark));
    const onDingTalk = await measure(dingTalkPlatform(fakes.dingTalk));
    const { fleet } = onLark.counted;
    return {
      figures: [
        figure("calls of the fleet's API for a list card", fleet.list, 1, ""),
        figure("calls of the fleet's API for a page turn", fleet.turn, 1, ""),
        figure("calls of DingTalk's quota for a list", onDingTalk.counted.platform.list, 1, ""),
        figure("calls of DingTalk's quota for a page turn", onDingTalk.counted.platform.turn, 1, ""),
        ...onLark.sizes,
        ...onDingTalk.sizes,
      ],
      tables: [tableOf({ Lark: onLark.counted, DingTalk: onDingTalk.counted })],
      charts: [],
    };
  } finally {
    await Promise.all([fakes.lark.stop(), fakes.dingTalk.stop()]);
  }
}

function tableOf(platforms: Readonly<Record<string, Counted>>): Table {
  const rows = Object.entries(platforms).map(([name, { fleet, platform }]) => [
    `Deskhand, ${name}`,
    ...[fleet.list, platform.list, fleet.turn, fleet.back, platform.turn].map(String),
  ]);
  return {
    title: "Calls that a list and a page turn cost; the other bots answer with one call, and have no pages:",
    columns: ["", "list: fleet", "list: platform", "turn: fleet", "turn, read lately: fleet", "turn: platform"],
    rows: [...rows, ["bare bot, Koishi, Hubot, Bolt", "–", "1", "–", "–", "–"]],
  };
}

async function measure(platform: Platform): Promise<{ readonly counted: Counted; readonly sizes: readonly Figure[] }> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  const fleet = createMovableFleet({ runtimes: 240 });
  await fleet.start();
  try {
    const bot = await startDeskhand({
      ...{ folder, endpoint: fleet.endpoint, channels: [platform.channel] },
      connected: () => platform.connected(),
    });
    try {
      const driver = createDriver(platform.stage);
      const counted = {
        fleet: await countFleet(fleet, platform, driver),
        platform: await countPlatform(platform, driver),
      };
      await driver.answer("/runtimes provider=OpenClaw size=50");
      return { counted, sizes: platform.sizes() };
    } finally {
      await bot.stop();
    }
  } finally {
    await fleet.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is asked of the fleet is asked before the answer. */
async function countFleet(fleet: MovableFleet, { stage }: Platform, driver: Driver): Promise<Counted["fleet"]> {
  const callsOf = async (work: () => Promise<unknown>) => {
    const before = fleet.requests.length;
    await work();
    return fleet.requests.length - before;
  };
  return {
    list: await callsOf(() => driver.answer(list)),
    turn: await callsOf(() => stage.press(1, "Next")),
    back: await callsOf(async () => {
      // Once everybody sees the page that was turned to: what is pressed while it is shown is asked for anew.
      await sleep(turned);
      await stage.press(1, "Previous");
    }),
  };
}

async function countPlatform(platform: Platform, driver: Driver): Promise<Counted["platform"]> {
  const callsOf = async (work: () => Promise<unknown>) => {
    await sleep(callsMade);
    const before = platform.calls();
    await work();
    await sleep(callsMade);
    return platform.calls() - before;
  };
  return {
    list: await callsOf(() => driver.answer(list)),
    turn: await callsOf(() => platform.stage.press(2, "Next")),
  };
}

function larkPlatform(fake: ReturnType<typeof lark.createSilentLark>): Platform {
  return {
    ...{ name: "Lark", channel: lark.larkChannel(fake), stage: lark.stageOf(fake) },
    connected: () => lark.connected(fake),
    calls: () => fake.requests.length,
    sizes() {
      const content = fake.sent.at(-1)?.content ?? "";
      const tags = [...content.matchAll(/"tag":"(\w+)"/gu)].map(([, tag]) => tag);
      return [
        figure(
          "a Lark card of 50 runtimes, as it is sent",
          Buffer.byteLength(JSON.stringify(content)) / 1_024,
          30,
          " KB",
        ),
        figure("its elements", tags.length, 200, ""),
        figure("its tables", tags.filter((tag) => tag === "table").length, 1, ""),
      ];
    },
  };
}

function dingTalkPlatform(fake: ReturnType<typeof dingTalk.createSilentDingTalk>): Platform {
  return {
    ...{ name: "DingTalk", channel: dingTalk.dingTalkChannel(fake), stage: dingTalk.stageOf(fake) },
    connected: () => dingTalk.connected(fake),
    calls: () => fake.spent.calls,
    sizes() {
      const largest = Math.max(
        ...Object.values(fake.sent.at(-1)?.content ?? {}).map((value) => Buffer.byteLength(value)),
      );
      return [
        figure("the longest value of a DingTalk card of 50 runtimes, shrunk to fit", largest / 1_000, 2.5, " KB"),
      ];
    },
  };
}
