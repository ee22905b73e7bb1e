import type { Sent, UpdateOptions } from "../../src/bot/index.ts";
import type { Card } from "../../src/cards/index.ts";
import type { Api } from "./api.ts";
import type { Calls } from "./calls.ts";
import type { Cards } from "./cards.ts";
import type { Draw } from "./draw.ts";
import type { Outage } from "./outage.ts";
import { sendLimits } from "./send-limits.ts";
import { closed, isCard, spared, unchanged } from "./sent.ts";

export interface UpdatesOptions {
  readonly api: Pick<Api, "updateCard">;
  readonly calls: Pick<Calls, "sparing">;
  readonly cards: Cards;
  readonly draw: Draw;
  readonly outage: Outage;
  /** Aborted when the channel closes. */
  readonly ending: AbortSignal;
}

/** Changes a card for everyone who sees it. */
export type Update = (chat: string, message: string, card: Card, options?: UpdateOptions) => Promise<Sent>;

interface Job {
  readonly chat: string;
  readonly card: Card;
  readonly overtaken: AbortSignal | undefined;
  readonly resolve: (sent: Sent) => void;
  readonly reject: (error: unknown) => void;
}

/** The changes of one card. */
interface Line {
  /** The one that is made when the one under way is done. */
  next: Job | undefined;
}

/**
 * Creates what changes cards: one change of a card after the other, none while a callback of it is open, and the latest wins;
 * what everyone sees already costs no call.
 */
export function createUpdates(options: UpdatesOptions): Update {
  const { api, calls, cards, draw, outage, ending } = options;
  const lines = new Map<string, Line>();

  async function work(message: string, line: Line): Promise<void> {
    for (let job = take(line); job !== undefined; job = take(line)) {
      await put(message, job, () => line.next !== undefined || job.overtaken?.aborted === true).then(
        job.resolve,
        job.reject,
      );
    }
    lines.delete(message);
  }

  async function put(message: string, { chat, card }: Job, isOvertaken: () => boolean): Promise<Sent> {
    const { params, buttons } = await draw(card);
    for (let made = 1; ; made += 1) {
      const noted = await cards.settled(message, ending);
      if (ending.aborted) {
        return closed;
      }
      if (isOvertaken() || cards.isShown(message, noted, params)) {
        return { ok: true, message };
      }
      if (outage.stops("update") !== undefined) {
        return unchangeable;
      }
      const ended = cards.updating(message, noted, { chat, params, buttons });
      const asked = await api.updateCard(message, params);
      const holds = await ended(asked.ok);
      if (!asked.ok) {
        outage.failed("update", asked.failure.kind);
        return unchanged(asked.failure);
      }
      outage.took("update");
      // A callback that was open meanwhile has undone it.
      if (holds || made >= sendLimits.updateTries) {
        return { ok: true, message };
      }
    }
  }

  return async (chat, message, card, { passing, overtaken } = {}) => {
    if (ending.aborted) {
      return closed;
    }
    if (passing === true && (calls.sparing() || outage.lasts("update") || !isCard(message))) {
      return spared;
    }
    if (!isCard(message)) {
      return unchangeable;
    }
    const { promise, resolve, reject } = Promise.withResolvers<Sent>();
    const job: Job = { chat, card, overtaken, resolve, reject };
    const line = lines.get(message);
    if (line === undefined) {
      const begun: Line = { next: job };
      lines.set(message, begun);
      void work(message, begun);
    } else {
      line.next?.resolve({ ok: true, message });
      line.next = job;
    }
    return promise;
  };
}

function take(line: Line): Job | undefined {
  const job = line.next;
  line.next = undefined;
  return job;
}

const unchangeable: Sent = { ok: false, recoverable: false, reason: "This message cannot be changed now." };
