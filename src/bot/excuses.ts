import { toCard } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import type { Channel } from "./channel.ts";
import { type Delivery, sendKey } from "./deliver.ts";
import type { Log } from "./log.ts";
import { type Arrival, whereOf } from "./memory.ts";
import { createWork } from "./work.ts";

export interface ExcusesOptions {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly onFault: (error: unknown) => void;
}

/** Tells chats that there is too much to do. */
export interface Excuses {
  excuse(arrival: Arrival): void;
  /** Ends what is not sent by the deadline, milliseconds. */
  drain(deadline: number): Promise<void>;
}

/** How many chats at once are told that there is too much to do; the others are not told. */
const limit = 100;

export function createExcuses({ channels, delivery, clock, log, meter, onFault }: ExcusesOptions): Excuses {
  const work = createWork({ clock, limit, backlog: 0, onFault });

  return {
    excuse(arrival) {
      const { channel: name, chat, id, locale } = whereOf(arrival);
      const channel = channels.get(name);
      const begun =
        channel !== undefined &&
        work.begin(async () => {
          const card = toCard({ kind: "busy", command: undefined }, locale);
          const replyTo = arrival.kind === "message" ? id : undefined;
          await delivery.send(channel, chat, card, { replyTo, key: sendKey(name, chat, id) });
        });
      meter.count("turned_away", { channel: name, reason: "full" });
      log.warn({ channel: name, chat, told: begun === "begun" }, "Too much is under way: a command was not run.");
    },
    drain: work.drain,
  };
}
