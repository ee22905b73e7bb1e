import type { Tracer } from "../telemetry/index.ts";
import type { Arrival, Inbox } from "./memory.ts";

/** Takes something in, as a span of its own: until it is on disk. Rejects as the store does. */
export function tracedTake(tracer: Tracer, inbox: Inbox, arrival: Arrival): ReturnType<Inbox["take"]> {
  return tracer.span("store.take", {}, async (span) => {
    const taken = await inbox.take(arrival);
    span.set({ "deskhand.outcome": taken });
    return taken;
  });
}
