import { randomBytes } from "node:crypto";
import type { Tracer } from "../telemetry/index.ts";
import { type Begin, type Begun, follow } from "./follow.ts";

/** Knows which trace is under way, and records nothing. */
export function createLightTracer(): Tracer {
  const begin: Begin = (_name, _attributes, within) => unrecorded(within?.traceId ?? randomBytes(16).toString("hex"));
  return follow(begin);
}

function unrecorded(traceId: string): Begun {
  return {
    place: { traceId, spanId: "", sampled: false },
    set: () => undefined,
    failed: () => undefined,
    link: () => undefined,
    end: () => undefined,
  };
}
