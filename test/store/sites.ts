import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { afterEach, describe, it } from "vitest";
import type { Arrival, ShownCards } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { openStore, type Store, type StoreLocation } from "../../src/store/index.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Tables } from "../../src/store/schema.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { createManualClock, type ManualClock } from "../manual-clock.ts";
import { machineClock } from "./machine-clock.ts";
import type { PostgresForTests } from "./postgres.ts";

/** A place for stores, of which several can be open at once, as those of several processes. */
export interface Site {
  readonly location: StoreLocation;
  readonly log: ReturnType<typeof createRecordingLog>;
  /** The time of all stores that are opened without one of their own. */
  readonly clock: ManualClock;
  open(clock?: Clock): Promise<Store>;
  /** The tables themselves, as someone sees them who is no store. */
  look<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
}

export type SiteKind = "memory" | "file" | "postgres";

/** Where something outlives the store that wrote it. */
export const lasting: readonly SiteKind[] = ["file", "postgres"];

/**
 * The same tests on each kind of store. Without PostgreSQL its part is skipped, and says so; in continuous integration
 * (CI=true) that is a failure.
 */
export function describeSites(
  name: string,
  postgres: PostgresForTests,
  tests: (createSite: () => Promise<Site>) => void,
  kinds: readonly SiteKind[] = ["memory", ...lasting],
): void {
  for (const kind of kinds) {
    const title = `${name} (${kind})`;
    if (kind !== "postgres" || postgres.ok) {
      describe(title, () => {
        const closing: (() => Promise<void>)[] = [];
        afterEach(async () => {
          for (const close of closing.splice(0).reverse()) {
            await close();
          }
        });
        tests(() => createSite(kind, postgres, closing));
      });
    } else if (process.env.CI === "true") {
      it(`${title}: PostgreSQL is there`, () => {
        throw new Error(postgres.reason);
      });
    } else {
      process.stderr.write(`\nSKIPPED: ${title} - ${postgres.reason}\n\n`);
      describe.skip(`${title}: ${postgres.reason}`, () => tests(() => createSite(kind, postgres, [])));
    }
  }
}

async function createSite(kind: SiteKind, postgres: PostgresForTests, closing: (() => Promise<void>)[]): Promise<Site> {
  const location = await createLocation(kind, postgres, closing);
  const [log, clock] = [createRecordingLog(), createManualClock()];
  return {
    location,
    log,
    clock,
    async open(own) {
      const opened = await openStore({ location, clock: own ?? clock, log, processId: "test" });
      if (!opened.ok) {
        throw new Error(opened.reason);
      }
      closing.push(opened.store.stop);
      return opened.store;
    },
    async look(work) {
      const db = await openTables(location);
      try {
        return await work(db);
      } finally {
        await db.destroy();
      }
    },
  };
}

async function createLocation(
  kind: SiteKind,
  postgres: PostgresForTests,
  closing: (() => Promise<void>)[],
): Promise<StoreLocation> {
  if (kind === "memory") {
    return { kind };
  }
  if (kind === "postgres" && postgres.ok) {
    const url = await postgres.databases.take();
    closing.push(() => postgres.databases.giveBack(url));
    return { kind, url: () => url };
  }
  const directory = await mkdtemp(join(tmpdir(), "deskhand-store-"));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  return { kind: "file", directory };
}

/** The tables of a store, beside the store. */
export function openTables(location: StoreLocation): Promise<Kysely<Tables>> {
  return location.kind === "postgres"
    ? openPostgres(location.url())
    : openSqlite({
        directory: location.kind === "file" ? location.directory : undefined,
        clock: machineClock,
        random: () => 0.5,
      });
}

/** A message that was delivered. */
export function messageOf(id: string, about: Partial<Extract<Arrival, { kind: "message" }>["message"]> = {}): Arrival {
  return {
    kind: "message",
    at: Date.UTC(2026, 5, 1, 9),
    message: {
      ...{ channel: "lark", chat: "chat-1", user: "user-1", id, text: "/runtimes" },
      ...{ writtenAt: Date.UTC(2026, 5, 1, 9), locale: "en", ...about },
    },
  };
}

/** The command that a message is known to show. */
export async function commandOf(cards: ShownCards, channel: string, chat: string, message: string) {
  return (await cards.shown(channel, chat, message))?.command;
}

export function messagesOf(count: number): readonly Arrival[] {
  return Array.from({ length: count }, (_, index) => messageOf(`message-${String(index).padStart(5, "0")}`));
}
