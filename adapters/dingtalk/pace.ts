import type { Clock } from "../../src/fleet/index.ts";
import { createPace, type Lane, type Pace, type PaceLimits } from "../../src/platform/index.ts";
import { apiLimits } from "./api-limits.ts";

/**
 * A call that waits for its turn. Its key is the card, the chat or the person it is for. A session webhook is no API with
 * limits of its own: only its key counts.
 */
export interface DingTalkLane extends Lane {
  readonly api: "create" | "update" | "group" | "user" | "upload" | "webhook";
}

const publicCloud = "https://api.dingtalk.com";

const allowed: PaceLimits = {
  apis: ["create", "update", "group", "user", "upload"],
  perApi: [{ calls: apiLimits.apiPerSecond, span: 1_000 }],
  perKey: { calls: apiLimits.keyPerSecond, span: 1_000 },
};

/** Keeps the calls within what DingTalk allows. @param apiBase base URL of the API */
export function createDingTalkPace(options: {
  readonly apiBase: string;
  readonly clock: Clock;
  readonly random: () => number;
}): Pace {
  return createPace({ ...options, limits: allowed, known: options.apiBase === publicCloud });
}
