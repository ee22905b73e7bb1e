import type { Delivery, Desk } from "../bot/index.ts";
import { createEngine } from "./engine.ts";
import { type Lead, startLead } from "./lead.ts";
import type { AlertsOptions, AlertsSetup } from "./options.ts";
import { createSending } from "./outbox/sending.ts";
import { createTime } from "./time.ts";
import { createTurns } from "./turns.ts";

/** Everything that is told without being asked, and the commands that set it up. */
export interface Alerts {
  readonly desk: Desk;
  /** Begins to take part in scanning and sending; through `delivery`, which knows the bot's chats. */
  start(delivery: Delivery): void;
  /**
   * Goes on as set up in another way: commands at once, and scans and sends, where this process leads, as soon as what is
   * under way has given way. Nothing is told for that alone, and nothing that is being sent is sent again.
   */
  take(setup: AlertsSetup): void;
  /** Ends what is under way, and lets another process take over at once. Never rejects. */
  stop(): Promise<void>;
}

export function createAlerts(options: AlertsOptions): Alerts {
  const { memory, clock, log, meter } = options;
  const time = createTime(clock);
  // What engines that follow each other share: one may still be sending while the next begins.
  const shared = { time, sending: createSending(), inTurn: createTurns(), onFenced: () => lead?.depose() };
  let engine = createEngine({ ...options, ...shared });
  let lead: Lead | undefined;
  meter.gauge("leading", () => Number(lead?.leads ?? false));

  return {
    desk: {
      run: (...call) => engine.desk.run(...call),
      widen: (...call) => engine.desk.widen(...call),
      language: (...call) => engine.desk.language(...call),
    },
    start(delivery) {
      const reign = () => engine.reign(delivery);
      lead = startLead({ leadership: memory.leadership, time, clock, log, reign });
    },
    take(setup) {
      engine = createEngine({ ...options, ...setup, ...shared });
      lead?.renew();
    },
    async stop() {
      await lead?.stop();
    },
  };
}
