import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeLark } from "../test/platforms/lark/index.ts";
import { type PostgresServer, startPostgresServer } from "../test/store/postgres-server.ts";
import { type Bot, startDeskhand } from "./bot.ts";
import { lanes } from "./contest.ts";
import { createDriver } from "./driver.ts";
import * as lark from "./lark.ts";
import type { Plan } from "./plan.ts";
import { percentile, type Result, round } from "./result.ts";
import { type Simulated, startSimulated } from "./simulated.ts";

const counts = [1, 2, 3] as const;

interface Team {
  readonly replicas: number;
  readonly throughput: number;
  /** Milliseconds from a message to its answer, 100 being written a second. */
  readonly steady: readonly number[];
  /** Answers to messages that were answered already. */
  readonly doubled: number;
}

/** One, two and three of Deskhand on one PostgreSQL, the platform spreading events over their connections. */
export async function measureReplicas(plan: Plan): Promise<Result> {
  const simulated = await startSimulated(240);
  const server = await startPostgresServer({ durable: true });
  try {
    const teams: Team[] = [];
    for (const replicas of counts) teams.push(await measureTeam(replicas, { simulated, server }, plan));
    return {
      figures: [],
      tables: [
        {
          title: "Replicas on one PostgreSQL on the same machine:",
          columns: ["replicas", "commands/s, 64 at once", "at 100 a second, p50 / p90 / p99", "answered twice"],
          rows: teams.map(({ replicas, throughput, steady, doubled }) => [
            String(replicas),
            round(throughput),
            `${[0.5, 0.9, 0.99].map((share) => round(percentile(steady, share))).join(" / ")} ms`,
            String(doubled),
          ]),
        },
      ],
      charts: [
        {
          name: "replicas",
          title: "Commands answered a second over Lark, replicas on one PostgreSQL",
          unit: "a second, more is better",
          series: [],
          rows: teams.map(({ replicas, throughput }) => ({ label: `${replicas}`, values: [throughput] })),
        },
      ],
    };
  } finally {
    await server.remove();
    await simulated.stop();
  }
}

async function measureTeam(
  replicas: number,
  { simulated, server }: { readonly simulated: Simulated; readonly server: PostgresServer },
  plan: Plan,
): Promise<Team> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  const fake = lark.createSilentLark();
  await fake.start();
  const bots: Bot[] = [];
  try {
    const store = await server.createDatabase();
    for (let index = 0; index < replicas; index += 1) {
      bots.push(await startReplica(join(folder, String(index)), { fake, simulated, store, count: index + 1 }));
    }
    const answered = countAnswers(fake);
    const driver = createDriver(lark.stageOf(fake));
    await driver.atOnce(lanes, plan.warming * replicas);
    const throughput = await driver.atOnce(lanes, plan.atOnce);
    const { times: steady } = await driver.paced(100, plan.size === "quick" ? 1 : 10);
    return { replicas, throughput, steady, doubled: answered() - driver.written };
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()));
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Shared {
  readonly fake: FakeLark;
  readonly simulated: Simulated;
  readonly store: string;
  /** Connections that there are when it is connected. */
  readonly count: number;
}

async function startReplica(folder: string, { fake, simulated, store, count }: Shared): Promise<Bot> {
  await mkdir(folder);
  return startDeskhand({
    ...{ folder, endpoint: simulated.endpoint, store },
    ...{ channels: [lark.larkChannel(fake)], watches: [lark.larkWatch(fake)] },
    connected: () => lark.connected(fake, count),
  });
}

/** Counts the answers from now on. */
function countAnswers(fake: FakeLark): () => number {
  let count = 0;
  fake.watch(({ replyTo }, { how }) => {
    if (replyTo !== undefined && how === "send") count += 1;
  });
  return () => count;
}
