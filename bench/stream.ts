import { systemClock } from "../src/app.ts";
import { type AppStream, createAppStream } from "../src/appstream/index.ts";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** The fleet over the real SDK, without a pace, against a simulated API. */
export function createStream(endpoint: string): AppStream {
  return createAppStream({
    region: "cn-shanghai",
    endpoint,
    protocol: "http",
    credentials: { type: "access-key", accessKeyId: () => "simulator", accessKeySecret: () => "simulator" },
    timeout: 30_000,
    attempts: 4,
    requestsPerSecond: 1_000_000,
    pageSize: 100,
    reuse: 0,
    clock: systemClock,
    random: Math.random,
    log: silent,
  });
}
