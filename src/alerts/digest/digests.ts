import { type Chats, faultOf, type Log } from "../../bot/index.ts";
import type { Clock, Reader } from "../../fleet/index.ts";
import type { Tracer } from "../../telemetry/index.ts";
import type { Bell } from "../bell.ts";
import { endingWithin } from "../ending.ts";
import { noticeId } from "../ids.ts";
import type { AlertMemory, Digest, NewNotice, Term } from "../memory.ts";
import type { DigestSummary } from "../notice.ts";
import { inPool } from "../scan/pool.ts";
import type { Allowed, createStanding } from "../standing.ts";
import type { Time } from "../time.ts";
import type { Pause } from "../watch.ts";
import { due } from "./due.ts";

export interface DigestsOptions {
  readonly memory: Pick<AlertMemory, "digests">;
  readonly chats: Chats;
  readonly reader: Reader;
  readonly standing: ReturnType<typeof createStanding>;
  /** How late a digest is still told, milliseconds. */
  readonly late: number;
  /** Rung when a digest was set up. */
  readonly bell: Bell;
  readonly time: Time;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly tracer: Tracer;
  readonly onFenced: () => void;
  /** Something is owed. */
  readonly onCommitted: () => void;
}

/** Between two looks whether a digest is due, milliseconds. */
const lookEvery = 1_000;
/** Many are due at the same time, and the fleet may take its time to answer. */
const atOnce = 4;
/** After how long counting is given up, milliseconds. */
const deadline = 2 * 60_000;
/** For how long a fleet that does not answer is asked again before the digest says so, milliseconds; and how often. */
const patience = 10 * 60_000;
const askEvery = 30_000;

/** Makes the digests of all chats when they are due, until the signal is aborted. */
export function createDigests(options: DigestsOptions): (term: Term, signal: AbortSignal) => Promise<void> {
  const { memory, chats, reader, standing, late, bell, time, clock, newId, log, tracer } = options;
  /** When a fleet that did not answer may be asked again, by steady time. */
  const askAfter = new Map<string, number>();

  async function summaryOf(allowed: Extract<Allowed, { ok: true }>, signal: AbortSignal) {
    const { filters, grant } = allowed;
    const outcome = await endingWithin(clock, deadline, signal, (ending) =>
      reader.summarise({ filters, by: undefined }, grant.scope, { urgency: "scan", signal: ending }),
    );
    return outcome.ok && outcome.value.kind === "summary" ? outcome.value : undefined;
  }

  function noticeOf(
    digest: Digest,
    slot: number,
    skipped: readonly number[],
    summary: DigestSummary | undefined,
  ): NewNotice {
    const { channel, chat, zone, filter, last } = digest;
    const now = time.now();
    const about = { kind: "digest", slot, zone, filter, summary, last, skipped } as const;
    const id = noticeId(newId);
    return {
      id,
      channel,
      chat,
      watch: undefined,
      kind: "digest",
      target: undefined,
      about,
      madeAt: now.wall,
      owedSince: now.steady,
    };
  }

  async function tell(term: Term, digest: Digest, notice: NewNotice | undefined): Promise<void> {
    const done = await memory.digests.tell(term, digest, notice);
    if (done === "fenced") {
      options.onFenced();
    } else if (done === "done" && notice !== undefined) {
      options.onCommitted();
    }
  }

  /** Notes why a digest stands still, or that it goes on; what was due meanwhile is left out. */
  async function pause(term: Term, digest: Digest, why: Pause): Promise<void> {
    if (digest.paused === why) {
      return;
    }
    if (why === "chat") {
      return tell(term, { ...digest, paused: why }, undefined);
    }
    const now = time.now();
    const about = { kind: "paused", why, filter: digest.filter } as const;
    const place = { channel: digest.channel, chat: digest.chat, watch: undefined, target: undefined };
    const notice = {
      id: noticeId(newId),
      ...place,
      kind: "paused",
      about,
      madeAt: now.wall,
      owedSince: now.steady,
    } as const;
    await tell(term, { ...digest, paused: why }, notice);
  }

  async function handle(term: Term, digest: Digest, signal: AbortSignal): Promise<void> {
    if (await chats.isGone(digest.channel, digest.chat)) {
      return pause(term, digest, "chat");
    }
    const allowed = standing({ ...digest, origin: "command" });
    if (!allowed.ok) {
      return pause(term, digest, allowed.why);
    }
    const now = time.now();
    const { tell: slot, skip } = due(digest, now.wall, late);
    const going = { ...digest, paused: undefined };
    const skipped = [...digest.skipped, ...skip].slice(-10);
    if (slot === undefined) {
      const lastSlot = skip.at(-1);
      if (lastSlot !== undefined || digest.paused !== undefined) {
        await tell(term, { ...going, lastSlot: lastSlot ?? digest.lastSlot, skipped }, undefined);
      }
      return;
    }
    const key = JSON.stringify([digest.channel, digest.chat, slot]);
    if ((askAfter.get(key) ?? 0) > now.steady) {
      return;
    }
    return tracer.span("digest", { "deskhand.channel": digest.channel }, async () => {
      const summary = await summaryOf(allowed, signal);
      if (!signal.aborted) {
        await make(term, { digest, going, slot, skipped, key }, summary);
      }
    });
  }

  async function make(term: Term, due: Due, summary: DigestSummary | undefined): Promise<void> {
    const { digest, going, slot, skipped, key } = due;
    if (summary === undefined && time.now().wall - slot < Math.min(patience, Math.max(late, askEvery))) {
      askAfter.set(key, time.now().steady + askEvery);
      return;
    }
    askAfter.delete(key);
    const last = summary === undefined ? digest.last : { slot, counts: summary.counts };
    await tell(term, { ...going, lastSlot: slot, last, skipped: [] }, noticeOf(digest, slot, skipped, summary));
  }

  /** Whatever becomes of one digest, the others are looked after. */
  async function lookAfter(term: Term, digest: Digest, signal: AbortSignal): Promise<void> {
    try {
      if (!signal.aborted) {
        await handle(term, digest, signal);
      }
    } catch (error) {
      const { channel, chat } = digest;
      log.error({ channel, chat, fault: faultOf(error) }, "A digest could not be made or written down.");
    }
  }

  return async (term, signal) => {
    while (!signal.aborted) {
      try {
        await inPool(await memory.digests.all(), atOnce, (digest) => lookAfter(term, digest, signal));
      } catch (error) {
        log.error({ fault: faultOf(error) }, "The digests could not be looked up.");
      }
      await bell.wait(lookEvery, signal);
    }
  };
}

/** A digest whose time has come. */
interface Due {
  readonly digest: Digest;
  /** As it stands from now on. */
  readonly going: Digest;
  readonly slot: number;
  readonly skipped: readonly number[];
  /** Of the digest and its time. */
  readonly key: string;
}
