import type { AlertMemory } from "../../alerts/index.ts";
import type { Log } from "../../bot/index.ts";
import type { Clock } from "../../fleet/index.ts";
import type { Database } from "../database.ts";
import { createAlertDatabase } from "./alert-database.ts";
import { createDigests } from "./digests.ts";
import { createEpisodes } from "./episodes.ts";
import { createLanguages } from "./languages.ts";
import { createLeadership } from "./leadership.ts";
import { createMutes } from "./mutes.ts";
import { createOutbox } from "./outbox.ts";
import { createRows } from "./rows.ts";
import { createSamples } from "./samples.ts";
import { createViews } from "./views.ts";
import { createWatches } from "./watches.ts";

export interface AlertMemoryOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** The name under which this process leads. */
  readonly holder: string;
  /** Whether a process of the same store is known to live no longer, by its name. */
  readonly isDead: (holder: string) => boolean;
}

export function createAlertMemory({ database, clock, log, holder, isDead }: AlertMemoryOptions): AlertMemory {
  const alerts = createAlertDatabase({ database, holder });
  const rows = createRows(log);
  return {
    leadership: createLeadership({ database, alerts, clock, holder, isDead }),
    watches: createWatches({ alerts, clock, rows }),
    episodes: createEpisodes({ alerts, rows }),
    outbox: createOutbox({ alerts, clock, rows }),
    mutes: createMutes({ alerts, rows }),
    digests: createDigests({ alerts, rows }),
    views: createViews({ alerts, rows }),
    languages: createLanguages({ alerts, rows }),
    samples: createSamples({ alerts, clock, rows }),
  };
}
