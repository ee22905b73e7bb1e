import type { Timers } from "../timers.ts";
import type { Carrier, Delivered } from "./carrier.ts";
import type { Envelope, Envelopes } from "./events.ts";
import type { FaultPlan } from "./faults.ts";
import type { Settings } from "./options.ts";
import type { Records } from "./record.ts";

/** At least once: an event is delivered again until it is acknowledged with 200, or given up. */
export interface Delivery {
  /** Begins to deliver, and comes back at once. */
  event(envelope: Envelope): void;
  /** A callback is delivered once: its person waits for the answer. */
  callback(envelope: Envelope): Promise<Delivered>;
  /** Events that are neither acknowledged nor given up. */
  readonly underWay: number;
}

export function createDelivery(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly timers: Timers;
  readonly faults: FaultPlan;
  readonly envelopes: Envelopes;
  readonly carrier: () => Carrier;
  readonly changed: () => void;
}): Delivery {
  const { settings, records, timers, faults } = options;
  const held: Envelope[] = [];
  let underWay = 0;

  async function carry(envelope: Envelope, attempt: number): Promise<Delivered> {
    const delivered = await options.carrier().deliver(envelope);
    const { event_id: eventId, event_type: eventType } = envelope.header;
    const code = delivered.kind === "answered" ? delivered.code : undefined;
    const reason = delivered.kind === "unreachable" ? delivered.reason : undefined;
    records.acknowledge({ eventId, eventType, attempt, code, ms: delivered.ms, reason });
    return delivered;
  }

  function end(): void {
    underWay -= 1;
    options.changed();
  }

  async function attempt(envelope: Envelope, count: number): Promise<void> {
    const delivered = await carry(envelope, count);
    if (delivered.kind === "answered" && delivered.code === 200) return end();
    const wait = settings.redelivery[count - 1];
    if (wait === undefined) {
      records.lose(envelope.header.event_id);
      return end();
    }
    timers.after(wait, () => void attempt(envelope, count + 1));
  }

  function begin(envelope: Envelope): void {
    underWay += 1;
    const delay = faults.knobs.delayEvents;
    if (delay > 0) timers.after(delay, () => void attempt(envelope, 1));
    else void attempt(envelope, 1);
  }

  function release(envelope: Envelope): void {
    begin(envelope);
    const double = faults.double();
    if (double === "same-event") begin(envelope);
    else if (double === "new-event") begin(options.envelopes.again(envelope));
  }

  return {
    get underWay() {
      return underWay;
    },
    event(envelope) {
      const hold = faults.hold();
      if (hold === undefined) return release(envelope);
      held.push(envelope);
      if (hold.last) for (const waiting of held.splice(0).toReversed()) release(waiting);
    },
    async callback(envelope) {
      const first = carry(envelope, 1);
      // A callback that comes twice is answered twice; the person sees the first answer.
      if (faults.double() !== undefined) void carry(envelope, 2);
      return first;
    },
  };
}
