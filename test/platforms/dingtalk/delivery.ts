import type { Timers } from "../timers.ts";
import type { FaultPlan } from "./faults.ts";
import { cardTopic, messageTopic } from "./frames.ts";
import type { Settings } from "./options.ts";
import type { Records } from "./record.ts";
import type { Delivered, Sockets } from "./sockets.ts";

/** Robot messages arrive at least once, card callbacks at most once. */
export interface Delivery {
  /** Begins to deliver a message, and comes back at once. `data` is the frame's. */
  message(msgId: string, data: object): void;
  /** Delivers a callback, whose person waits for the answer. */
  callback(about: string, data: object): Promise<Delivered>;
  /** Messages that are neither acknowledged nor given up. */
  readonly underWay: number;
}

/** Milliseconds that the last delivery is waited for where no redelivery is set. */
const lastWait = 60_000;

export function createDelivery(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly timers: Timers;
  readonly faults: FaultPlan;
  readonly sockets: Sockets;
  readonly changed: () => void;
}): Delivery {
  const { settings, records, timers, faults, sockets } = options;
  const { redelivery } = settings;
  let underWay = 0;

  function note(topic: string, about: string, attempt: number, delivered: Delivered): void {
    const { messageId, connection, ms } = delivered;
    const code = delivered.kind === "answered" ? delivered.code : undefined;
    const reason = delivered.kind === "unreachable" ? delivered.reason : undefined;
    records.acknowledge({ topic, about, messageId, connection, attempt, code, ms, reason });
  }

  async function attempt(msgId: string, data: string, count: number): Promise<void> {
    const within = redelivery[count - 1] ?? redelivery.at(-1) ?? lastWait;
    const delivered = await sockets.post(messageTopic, data, within);
    note(messageTopic, msgId, count, delivered);
    const well = delivered.kind === "answered" && delivered.code === 200;
    if (!well && count <= redelivery.length) {
      // The platform waits its time, whatever came before that.
      timers.after(Math.max(0, within - delivered.ms), () => void attempt(msgId, data, count + 1));
      return;
    }
    underWay -= 1;
    if (!well) records.lose(msgId);
    options.changed();
  }

  function soon(task: () => void): void {
    const delay = faults.knobs.delayFrames;
    if (delay > 0) timers.after(delay, task);
    else task();
  }

  function begin(msgId: string, data: string): void {
    underWay += 1;
    soon(() => void attempt(msgId, data, 1));
  }

  return {
    get underWay() {
      return underWay;
    },
    message(msgId, data) {
      const text = JSON.stringify(data);
      begin(msgId, text);
      if (faults.double()) begin(msgId, text);
    },
    async callback(about, data) {
      await new Promise<void>((resolve) => soon(resolve));
      const delivered = await sockets.post(cardTopic, JSON.stringify(data), settings.answerWithin);
      note(cardTopic, about, 1, delivered);
      return delivered;
    },
  };
}
