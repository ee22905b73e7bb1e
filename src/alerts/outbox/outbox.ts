import { type Channel, type Count, faultOf, type Log } from "../../bot/index.ts";
import type { Clock } from "../../fleet/index.ts";
import type { Bell } from "../bell.ts";
import type { AlertMemory, Outcome, Term } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Time } from "../time.ts";
import type { InTurn } from "../turns.ts";
import type { Address } from "./address.ts";
import type { Backlog } from "./backlog.ts";
import { backoff } from "./backoff.ts";
import { createOutcomes } from "./outcomes.ts";
import type { Pushes } from "./pushes.ts";
import type { Addressed, NoticeSender } from "./send.ts";
import type { Wanted } from "./wanted.ts";

export interface OutboxOptions {
  readonly memory: Pick<AlertMemory, "outbox">;
  readonly sender: NoticeSender;
  /** Where a notice goes and what may be shown there, or why it is not sent. */
  readonly address: Address;
  /** Whether it is wanted there now. */
  readonly wanted: Wanted;
  readonly pushes: Pushes;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Rung when something is owed. */
  readonly bell: Bell;
  /** Notices are claimed and scans are written down one after the other. */
  readonly inTurn: InTurn;
  readonly time: Time;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly count: Count;
  /** What is owed in all, for /metrics. */
  readonly backlog: Backlog;
  /** A notice that could not be sent for so long is given up, milliseconds. */
  readonly givenUpAfter: number;
  /** A write was refused: another process leads. */
  readonly onFenced: () => void;
  /** The bot is not in this chat any more. */
  readonly onGone: (term: Term, notice: Notice, reason: string) => Promise<unknown>;
}

/** How many chats are sent to at once. */
const atOnce = 20;
/** Between two looks for what other processes have put there, milliseconds. */
const lookEvery = 1_000;
/** After how long what waits for another month is looked at again, milliseconds. */
const heldFor = 10 * 60_000;
/** The same of what waits for a channel that is switched off: it may be on after the next start. */
const unreachedFor = 60_000;
/** After how long what is muted is looked at again, milliseconds: the mute may be over, or something new may stand beside it. */
const mutedFor = 15_000;
/** Among how many notices of a chat, the latest first, the word on why they are held is looked for. */
const mostHeld = 100;
/** What a store that fails is given, milliseconds. */
const storePause = 2_000;
/** How many notices the outcome of which could not be written down are remembered. */
const mostUnsettled = 10_000;

/** Delivers what is owed, one notice a chat at a time, in the order of the chat, until the signal is aborted. */
export function createOutbox(options: OutboxOptions): (term: Term, signal: AbortSignal) => Promise<void> {
  const { memory, sender, address, pushes, channels, bell, inTurn, time, random, log, count } = options;
  const outcomeOf = createOutcomes(options);
  /** What became of notices that the store did not take: they are not sent again by this process. */
  const unsettled = new Map<string, Outcome>();
  /** When the card of a notice may be changed again, by steady time. */
  const changeAfter = new Map<string, number>();

  async function settle(term: Term, id: string, outcome: Outcome): Promise<void> {
    if (unsettled.size < mostUnsettled) {
      unsettled.set(id, outcome);
    }
    if ((await memory.outbox.settle(term, id, outcome, time.now())) === "fenced") {
      // It is written down where this process leads once more.
      options.onFenced();
      return;
    }
    unsettled.delete(id);
  }

  /** It was not tried after all, and is looked at again after so many milliseconds. */
  function held(milliseconds: number, reason: string, aside: boolean): Outcome {
    return { kind: "held", nextAt: time.now().steady + milliseconds, reason, aside };
  }

  async function deliver(term: Term, notice: Notice): Promise<Outcome> {
    const known = unsettled.get(notice.id);
    if (known !== undefined) {
      return known;
    }
    const addressed = await address(notice, channels);
    if (!addressed.ok) {
      return addressed.waits
        ? held(unreachedFor, addressed.reason, false)
        : { kind: "failed", reason: addressed.reason, retell: true };
    }
    switch (await options.wanted(notice)) {
      case "wanted":
        return send(term, addressed.value);
      case "later":
        return held(mutedFor, "It is muted.", true);
      case "unwanted":
        return { kind: "failed", reason: "It was muted or acknowledged meanwhile.", retell: false };
    }
  }

  async function send(term: Term, addressed: Addressed): Promise<Outcome> {
    const { notice } = addressed;
    const changes = notice.target === undefined ? undefined : await memory.outbox.get(notice.target);
    const attempt = await pushes.spend(notice, () => sender.send(addressed, changes));
    if (attempt === "drop") {
      return { kind: "failed", reason: "It was left out, as the month's pushes run short.", retell: false };
    }
    if (attempt === "hold") {
      await sayWhyHeld(term, notice);
      return held(heldFor, "The month's pushes are spent.", false);
    }
    count("notices", { channel: notice.channel, kind: notice.kind, outcome: attempt.kind });
    if (attempt.kind === "sent" && changes !== undefined && attempt.message === changes.message) {
      await settleFresh(term, changes);
    }
    if (attempt.kind === "gone") {
      await options.onGone(term, notice, attempt.reason);
    }
    return outcomeOf(notice, attempt);
  }

  /** What is held waits for another month: the word on why does not wait behind it. */
  async function sayWhyHeld(term: Term, { channel, chat }: Notice): Promise<void> {
    const owed = await memory.outbox.last({ channel, chat }, mostHeld, ["owed"]);
    for (const notice of owed.filter(({ kind, nextAt }) => kind === "budget" && nextAt <= time.now().steady)) {
      const addressed = await address(notice, channels);
      if (addressed.ok && !unsettled.has(notice.id)) {
        await settle(term, notice.id, await send(term, addressed.value));
      }
    }
  }

  async function handle(term: Term, notice: Notice): Promise<void> {
    try {
      await settle(term, notice.id, await deliver(term, notice));
    } catch (error) {
      // It is tried again in a minute, with the same key, unless it is remembered here what became of it.
      log.error({ notice: notice.id, fault: faultOf(error) }, "What became of a notice could not be written down.");
    }
  }

  /** Takes what is owed now; how many chats that was. */
  async function sendSome(term: Term): Promise<number> {
    const claimed = await inTurn(() => memory.outbox.claim(term, time.now(), atOnce));
    if (claimed === "fenced") {
      options.onFenced();
      return 0;
    }
    await Promise.all(claimed.map((notice) => handle(term, notice)));
    return claimed.length;
  }

  async function refreshSome(term: Term): Promise<void> {
    const { steady } = time.now();
    const due = (await memory.outbox.stale(100)).filter(({ id }) => (changeAfter.get(id) ?? 0) <= steady);
    // Each may take as long as a channel is waited for, and what is owed to others waits meanwhile.
    await Promise.all(due.slice(0, atOnce).map((notice) => refresh(term, notice, steady)));
  }

  async function refresh(term: Term, notice: Notice, steady: number): Promise<void> {
    changeAfter.delete(notice.id);
    const addressed = await address(notice, channels);
    if (addressed.ok ? !(await sender.refresh(addressed.value)) : addressed.waits) {
      changeAfter.set(notice.id, steady + backoff(6, random));
      return;
    }
    await settleFresh(term, notice);
  }

  async function settleFresh(term: Term, notice: Notice): Promise<void> {
    const outcome = { kind: "fresh", staleness: notice.staleness } as const;
    if ((await memory.outbox.settle(term, notice.id, outcome, time.now())) === "fenced") {
      options.onFenced();
    }
  }

  async function settleOld(term: Term): Promise<void> {
    for (const [id, outcome] of unsettled) {
      await settle(term, id, outcome);
    }
  }

  return async (term, signal) => {
    while (!signal.aborted) {
      try {
        await options.backlog.look();
        await settleOld(term);
        const sent = await sendSome(term);
        await refreshSome(term);
        if (sent === 0) {
          await bell.wait(lookEvery, signal);
        }
      } catch (error) {
        log.error({ fault: faultOf(error) }, "The store failed: what is owed to chats waits.");
        await bell.wait(storePause, signal);
      }
    }
  };
}
