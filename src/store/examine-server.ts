import { sql } from "kysely";
import type { Check, Found } from "../doctor/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Ask, Connection } from "./ask-once.ts";

export interface ServerCheckOptions {
  readonly ask: Ask;
  /** Secret: it may hold a password. */
  readonly address: () => string;
  readonly clock: Pick<Clock, "elapsed">;
  /** Milliseconds. */
  readonly deadline: number;
}

interface Settings {
  readonly version: string;
  readonly fsync: string;
  readonly commits: string;
  readonly encrypted: boolean;
}

/** Whether the PostgreSQL server answers, how soon, whether what it confirms is on its disk, and who can read along. */
export function serverCheck({ ask, address, clock, deadline }: ServerCheckOptions): Check {
  return {
    part: "store",
    name: "server",
    deadline,
    look: () =>
      ask(async (connection) => {
        const settings = await settingsOf(connection);
        const begun = clock.elapsed();
        await sql`select 1`.execute(connection.db);
        return describe(settings, clock.elapsed() - begun, isNear(address()));
      }),
  };
}

async function settingsOf({ db }: Connection): Promise<Settings> {
  const { rows } = await sql<Settings>`
    select
      current_setting('server_version') as version,
      current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commits,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted
  `.execute(db);
  return rows[0] ?? { version: "unknown", fsync: "on", commits: "on", encrypted: false };
}

function describe({ version, fsync, commits, encrypted }: Settings, took: number, near: boolean): Found {
  const says = `PostgreSQL ${version} answers in ${Math.max(1, Math.round(took))} ms.`;
  if (fsync === "off" || commits === "off") {
    return {
      state: "note",
      says: `${says} It confirms what is not on its disk yet: a power failure can lose what was accepted.`,
      todo: `Turn ${fsync === "off" ? "fsync" : "synchronous_commit"} on.`,
    };
  }
  if (!encrypted && !near) {
    return {
      state: "note",
      says: `${says} The connection is not encrypted.`,
      todo: "Add ?sslmode=verify-full to store.url, where the network between is not trusted.",
    };
  }
  return { state: "ok", says };
}

/** Whether the server is this machine. */
function isNear(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).hostname : "";
  return ["", "localhost", "127.0.0.1", "[::1]"].includes(host);
}
