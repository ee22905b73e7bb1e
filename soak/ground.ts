import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fleetSection } from "../test/e2e/fleet-section.ts";
import { startPostgresServer } from "../test/store/postgres-server.ts";
import { type Bot, createBot } from "./bots.ts";
import type { DisastersOptions } from "./disasters.ts";
import type { LivingFleet } from "./fleet.ts";
import type { Town } from "./town/town.ts";

/** The processes, what they stand on, and the file that they read. */
export interface Ground {
  readonly bots: readonly Bot[];
  readonly config: string;
  readonly store: DisastersOptions["store"];
  /** Files of an embedded store. */
  readonly files: readonly string[];
  /** Starts all of them. */
  start(): Promise<void>;
  /** Ends everything in good order. Rejects when a process does not end with 0. */
  stop(): Promise<void>;
  /** Ends everything at once. */
  abandon(): Promise<void>;
}

/** One process on an embedded store, or several on a PostgreSQL of their own. */
export async function prepareGround(options: {
  readonly folder: string;
  readonly replicas: number;
  readonly towns: readonly Town[];
  readonly fleet: LivingFleet;
}): Promise<Ground> {
  const { folder, replicas, towns, fleet } = options;
  await mkdir(folder, { recursive: true });
  const config = join(folder, "app.yaml");
  const postgres = replicas > 1 ? await startPostgresServer() : undefined;
  const url = postgres === undefined ? `file:${join(folder, "data")}` : await postgres.createDatabase();
  await writeFile(config, configText(url, towns, fleet));
  const bots = Array.from({ length: replicas }, (_, index) =>
    createBot({ config, log: join(folder, `bot-${index + 1}.log`) }),
  );
  const path = join(folder, "data", "deskhand.db");

  return {
    bots,
    config,
    store: postgres === undefined ? { kind: "file", path } : { ...postgres, kind: "postgres" },
    files: postgres === undefined ? [path, `${path}-wal`] : [],
    async start() {
      for (const bot of bots) await bot.start();
    },
    async stop() {
      const codes = await Promise.all(bots.map((bot) => bot.end("SIGTERM")));
      await postgres?.remove();
      if (codes.some((code) => code !== 0)) throw new Error(`the processes ended with ${codes.join(", ")}`);
    },
    async abandon() {
      for (const bot of bots) bot.signal("SIGCONT");
      await Promise.allSettled(bots.map((bot) => bot.end("SIGKILL")));
      await postgres?.remove();
    },
  };
}

function configText(url: string, towns: readonly Town[], fleet: LivingFleet): string {
  const watches = towns.flatMap(({ name, watched }) =>
    watched.map((chat) => `{ channel: ${name}, chat: "${chat}", locale: en }`),
  );
  return `
locale: en
timeZone: UTC
${fleetSection(fleet.api.endpoint).replace("source: alibaba-cloud", "source: alibaba-cloud\n  providers: [OpenClaw]")}
channels:
  playground: { enabled: false }
${towns.map(({ section }) => `  ${section}`).join("\n")}
access: { default: deny, rules: [{ channel: "*", allow: [query, export, alerts, views, admin] }] }
alerts: { interval: 500ms, repeat: 0, groupLimit: 20, watches: [${watches.join(", ")}] }
store: { url: "${url}" }
http: { port: 0 }
log: { level: info, format: json }
`;
}
