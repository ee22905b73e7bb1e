import { systemClock } from "../../src/app.ts";
import { type AppStream, type AppStreamOptions, createAppStream } from "../../src/appstream/index.ts";
import type { CallOptions, PageRequest } from "../../src/fleet/index.ts";
import { createMemoryLog } from "./log.ts";
import { createStandIn, page, type Reply, type StandIn } from "./standin.ts";

export const keyId = "LTAI5tPlantedKeyId01";
export const keySecret = "PlantedKeySecret0123456789";

/** Fleets over the real SDK and the server that they talk to. */
export interface Rig {
  readonly standIn: StandIn;
  readonly log: ReturnType<typeof createMemoryLog>;
  /** A fleet that is quick enough for a test: no backoff, no pacing to speak of. */
  build(options?: Partial<AppStreamOptions>): AppStream;
  close(): Promise<void>;
}

export async function createRig(): Promise<Rig> {
  const standIn = await createStandIn();
  const log = createMemoryLog();
  const open: AppStream[] = [];
  return {
    standIn,
    log,
    build(options = {}) {
      const fleet = createAppStream({
        region: "cn-shanghai",
        endpoint: standIn.endpoint,
        protocol: "http",
        credentials: { type: "access-key", accessKeyId: () => keyId, accessKeySecret: () => keySecret },
        timeout: 5_000,
        attempts: 4,
        requestsPerSecond: 1_000,
        pageSize: 100,
        clock: systemClock,
        random: () => 0,
        log,
        ...options,
      });
      open.push(fleet);
      return fleet;
    },
    async close() {
      for (const fleet of open) await fleet.stop();
      await standIn.close();
    },
  };
}

export const request: PageRequest = { provider: "OpenClaw", filters: {}, page: 1, size: 20 };

export function person(more: Partial<CallOptions> = {}): CallOptions {
  return { urgency: "person", signal: new AbortController().signal, ...more };
}

/** The first replies in turn, the last one ever after. */
export function inTurn(...replies: readonly Reply[]): (request: unknown, index: number) => Reply {
  return (_, index) => replies[Math.min(index, replies.length - 1)] ?? page([]);
}
