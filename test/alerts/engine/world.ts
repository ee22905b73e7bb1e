import { type Alerts, createAlerts } from "../../../src/alerts/index.ts";
import type { AlertsOptions, AlertsSetup } from "../../../src/alerts/options.ts";
import { type Access, grantOf } from "../../../src/bot/access.ts";
import { createDelivery } from "../../../src/bot/deliver.ts";
import type { Chats } from "../../../src/bot/index.ts";
import { createPresence } from "../../../src/bot/presence.ts";
import type { Answer } from "../../../src/cards/index.ts";
import { isForDesk } from "../../../src/commands/index.ts";
import { createReader, type Runtime } from "../../../src/fleet/index.ts";
import { createAlertMemory } from "../../../src/store/alerts/memory.ts";
import { createChats } from "../../../src/store/chats.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { openSqlite } from "../../../src/store/sqlite.ts";
import { noMeter, noTracer } from "../../../src/telemetry/index.ts";
import { createPlainMemory } from "../../bot/memory.ts";
import { createRecordingLog } from "../../bot/rig.ts";
import { commandOf } from "../../commands/read.ts";
import { createManualClock } from "../../manual-clock.ts";
import { plainRules } from "../builders.ts";
import { createTestFleet, type TestFleet } from "./fleet.ts";
import { createTestPlatform, type TestPlatform } from "./platform.ts";
import { createTestProcess, type TestProcess } from "./process.ts";

export const interval = 10_000;
export const chat = "oc_1";

/** Everybody may do everything. */
export const open: Access = { default: "allow", rules: [] };

/** The engine in one process. */
export interface Engine {
  readonly process: TestProcess;
  readonly alerts: Alerts;
  readonly log: ReturnType<typeof createRecordingLog>;
  /** Sets it up in another way while it is under way. */
  setUp(change: Partial<AlertsSetup>): void;
  /** What somebody in the chat is answered. */
  ask(text: string, by?: { readonly chat?: string; readonly user?: string; readonly origin?: string }): Promise<Answer>;
}

export interface StartOptions {
  /** Only its commands are wanted: it does not take part in scanning and sending. */
  readonly idle?: boolean;
  readonly diesAt?: number;
  readonly onDeath?: () => void;
  /** Its clocks show so much more, milliseconds. */
  readonly ahead?: { readonly wall: number; readonly elapsed: number };
  /** Whether it takes the place of a dead process at once, as on one machine; otherwise it waits. */
  readonly knowsDead?: boolean;
  /** For how long it waits for the platform, milliseconds. */
  readonly patience?: number;
}

/** A store, a fleet, a platform, and engines between them. Time stands still until a test lets it pass. */
export interface World {
  readonly fleet: TestFleet;
  readonly platform: TestPlatform;
  readonly memory: AlertsOptions["memory"];
  readonly chats: Chats;
  readonly tallies: ReturnType<typeof createPlainMemory>["tallies"];
  /** Wall time. */
  now(): number;
  /** What is put over the options of engines that start from now on. */
  options: Partial<AlertsOptions>;
  start(options?: StartOptions): Engine;
  /** Lets time pass, and everything happen that is due meanwhile. */
  pass(milliseconds: number): Promise<void>;
  /** Lets time pass in which nothing gets its turn. */
  skip(milliseconds: number): void;
  /** Lets so many rounds of scans happen, one unless given, and what they owe be sent. */
  scan(rounds?: number): Promise<void>;
  /** The wall clock is put, and no time passes. */
  put(milliseconds: number): void;
  /** Stops every engine, and closes the store. */
  close(): Promise<void>;
}

export async function createWorld(runtimes: readonly Partial<Runtime>[] = []): Promise<World> {
  const base = createManualClock();
  let [skipped, moved] = [0, 0];
  const now = () => base.now() + skipped + moved;
  const clock = { now, elapsed: () => base.elapsed() + skipped, sleep: base.sleep };
  const db = await openSqlite({ directory: undefined, clock, random: () => 0.5 });
  const database = createDatabase({
    dialect: "sqlite",
    db,
    location: { kind: "memory" },
    clock,
    log: createRecordingLog(),
    meter: noMeter,
  });
  await migrate(database, now());
  const plain = createPlainMemory(now);
  const fleet = createTestFleet(runtimes);
  const platform = createTestPlatform(now);
  const dead = new Set<string>();
  const engines: Engine[] = [];
  const memoryOf = (process: TestProcess, knowsDead: boolean, log = createRecordingLog()) =>
    createAlertMemory({
      ...{ database: process.over(database), clock: process.clock, log, holder: process.name },
      isDead: (holder) => knowsDead && dead.has(holder),
    });

  function start(options: StartOptions = {}): Engine {
    const {
      diesAt,
      onDeath,
      ahead = { wall: 0, elapsed: 0 },
      knowsDead = true,
      idle = false,
      patience = 3_000,
    } = options;
    const name = `process-${engines.length + 1}`;
    const process = createTestProcess({
      ...{ name, diesAt },
      clock: { ...clock, now: () => clock.now() + ahead.wall, elapsed: () => clock.elapsed() + ahead.elapsed },
      onDeath() {
        dead.add(name);
        onDeath?.();
      },
    });
    const log = createRecordingLog();
    const own = process.over(database);
    const reached = fleet.over(process);
    const chats = createChats({ database: own, clock: process.clock });
    const given: AlertsOptions = {
      ...{
        memory: memoryOf(process, knowsDead, log),
        chats,
        tallies: plain.tallies,
        audit: plain.audit,
        fleet: reached,
      },
      reader: createReader({ fleet: reached, providers: ["OpenClaw"], reuse: 0, clock: process.clock }),
      ...{ providers: ["OpenClaw"], channels: [platform.channelOf(process)], access: open },
      rules: { ...plainRules, interval, repeat: 0 },
      ...{ configured: [], budget: { calls: 0, pushes: 0 }, lateDigests: 2 * 60 * 60_000, people: [], zone: "UTC" },
      ...{
        locale: "en",
        clock: process.clock,
        random: () => 0.5,
        log,
        meter: noMeter,
        tracer: noTracer,
      },
      ...world.options,
    };
    const alerts = createAlerts(given);
    const presence = createPresence({ chats, clock, log });
    const about = { cards: plain.cards, presence, clock: process.clock, log, meter: noMeter, tracer: noTracer };
    if (!idle) {
      alerts.start(createDelivery({ ...about, patience }));
    }
    const engine: Engine = {
      ...{ process, alerts, log },
      setUp: (change) => alerts.take({ ...given, ...change }),
      ask: (text, by) => ask(engine, given.access, text, by),
    };
    engines.push(engine);
    return engine;
  }

  const world: World = {
    chats: createChats({ database, clock }),
    ...{ fleet, platform, tallies: plain.tallies, options: {}, start, now, pass: base.advance },
    memory: memoryOf(createTestProcess({ name: "the test", clock }), false),
    skip(milliseconds) {
      skipped += milliseconds;
    },
    async scan(rounds = 1) {
      for (let round = 0; round < rounds; round += 1) {
        world.skip(interval);
        await world.pass(1_500);
      }
    },
    put(milliseconds) {
      moved += milliseconds;
    },
    async close() {
      for (const { process } of engines) {
        process.kill();
        process.wake();
      }
      await base.advance(30_000);
      await database.close();
    },
  };
  return world;
}

let asked = 0;

async function ask(
  { alerts }: Pick<Engine, "alerts">,
  access: Access,
  text: string,
  by: Parameters<Engine["ask"]>[1] = {},
): Promise<Answer> {
  asked += 1;
  const asker = { channel: "lark", chat: by.chat ?? chat, user: by.user ?? "ou_1" };
  const widened = await alerts.desk.widen(commandOf(text), asker);
  if ("answer" in widened) {
    return widened.answer;
  }
  if (!isForDesk(widened.command)) {
    throw new Error(`${text} is not for the desk`);
  }
  return alerts.desk.run(widened.command, {
    ...{ asker, grant: grantOf(access, asker), locale: "en", origin: by.origin ?? `message-${asked}` },
    ...{ urgency: "person", signal: new AbortController().signal },
  });
}
