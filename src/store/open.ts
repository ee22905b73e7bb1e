import type { AlertMemory } from "../alerts/index.ts";
import type { Audit, ChannelMemory, Log, Memory } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import { type Meter, noMeter } from "../telemetry/index.ts";
import { createAlertMemory } from "./alerts/memory.ts";
import { isDeadProcess, processName } from "./alerts/process-name.ts";
import { createAudits } from "./audits.ts";
import { createCards } from "./cards.ts";
import { createChats } from "./chats.ts";
import { createCommits } from "./commits.ts";
import { connect } from "./connect.ts";
import { createDatabase, type Database } from "./database.ts";
import { tellDisk } from "./disk.ts";
import { createInbox } from "./inbox.ts";
import type { StoreLocation } from "./location.ts";
import { migrate } from "./migrate.ts";
import { createNotes } from "./notes.ts";
import { createPresence } from "./processes.ts";
import { inOne, newerFault, storeFault } from "./reasons.ts";
import { startSweep } from "./sweep.ts";
import { createTallies } from "./tallies.ts";

/** What the bot and its channels remember over a restart. */
export interface Store extends Memory, ChannelMemory {
  readonly alerts: AlertMemory;
  readonly audit: Audit;
  /** Whether the sign of life was written, which it is every 3 s, since anything last failed. */
  ready(): boolean;
  /** Writes what waits, leaves what this process did not answer to others, and closes. Never rejects. */
  stop(): Promise<void>;
}

export type Opened =
  | { readonly ok: true; readonly store: Store }
  /** A sentence for the operator, without a password. */
  | { readonly ok: false; readonly reason: string };

export interface StoreOptions {
  readonly location: StoreLocation;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter?: Meter | undefined;
  /** A name for this process, for who looks into the tables. It need not be another one after a restart. */
  readonly processId: string;
  /** From 0 up to 1: spreads what is tried again over time. */
  readonly random?: (() => number) | undefined;
  /** For how long entries of audits are kept, milliseconds; 0: nothing is written. 90 days unless given. */
  readonly auditKept?: (() => number) | undefined;
  /** A text without the secrets of this bot, before it goes into an audit. */
  readonly scrub?: ((text: string) => string) | undefined;
}

const usualAudit = 90 * 24 * 60 * 60_000;

/** Opens the store and brings its tables up to date. Never rejects. */
export async function openStore(options: StoreOptions): Promise<Opened> {
  const { location, clock, log, random = Math.random, meter = noMeter } = options;
  let database: Database | undefined;
  try {
    database = createDatabase({ ...(await connect(location, { clock, random })), location, clock, log, meter });
    const migrated = await migrate(database, clock.now());
    if (migrated.kind === "newer") {
      await database.close();
      return { ok: false, reason: inOne(newerFault(migrated)) };
    }
    return { ok: true, store: await start(database, { ...options, random, meter }) };
  } catch (error) {
    await database?.close();
    return { ok: false, reason: inOne(storeFault(error, location)) };
  }
}

async function start(
  database: Database,
  {
    location,
    clock,
    log,
    processId,
    random,
    meter,
    auditKept = () => usualAudit,
    scrub = (text) => text,
  }: StoreOptions & { readonly random: () => number; readonly meter: Meter },
): Promise<Store> {
  // Whoever restores a copy finds out by it whether this process lives.
  const holder = `${processId}/${processName()}`;
  const presence = await createPresence({ database, clock, holder });
  const commits = createCommits({ database, clock, random, log, meter, holder });
  const tallies = createTallies({ database, clock, random, log });
  const alerts = createAlertMemory({
    ...{ database, clock, log, holder: processName() },
    // Who shares a database may run on another machine of the same name.
    isDead: database.dialect === "sqlite" ? isDeadProcess : () => false,
  });
  if (location.kind === "file") {
    tellDisk(location.directory, meter);
  }
  const sweep = startSweep({ database, clock, log, auditKept });
  let stopping: Promise<void> | undefined;

  async function stop(): Promise<void> {
    await sweep.stop();
    await Promise.all([commits.stop(), tallies.stop(), alerts.leadership.resign()]);
    await presence.stop();
    await database.close();
  }

  return {
    inbox: createInbox({ database, commits, clock, log, holder }),
    cards: createCards({ database, commits, clock }),
    chats: createChats({ database, clock }),
    notes: createNotes({ database, commits, clock, log }),
    tallies,
    alerts,
    audit: createAudits({ database, commits, meter, kept: auditKept, scrub }),
    ready: () => stopping === undefined && database.works(),
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
