import type { Clock } from "../../src/fleet/index.ts";
import { createPace, type Lane, type Pace, type PaceLimits } from "../../src/platform/index.ts";
import { limits } from "./limits.ts";

/** A call that waits for its turn: the chat of a message, or the message that is changed. */
export interface LarkLane extends Lane {
  readonly api: "create" | "reply" | "patch" | "upload";
}

const publicClouds: ReadonlySet<string> = new Set(["https://open.feishu.cn", "https://open.larksuite.com"]);

const allowed: PaceLimits = {
  apis: ["create", "reply", "patch", "upload"],
  perApi: [
    { calls: limits.apiPerSecond, span: 1_000 },
    { calls: limits.apiPerMinute, span: 60_000 },
  ],
  perKey: { calls: limits.chatPerSecond, span: 1_000 },
};

/** Keeps the calls within what Lark allows. @param domain base URL of the platform */
export function createLarkPace(options: {
  readonly domain: string;
  readonly clock: Clock;
  readonly random: () => number;
}): Pace {
  return createPace({ ...options, limits: allowed, known: publicClouds.has(options.domain) });
}
