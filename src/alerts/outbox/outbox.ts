import { type Channel, faultOf, type Log } from "../../bot/index.ts";
import type { Clock } from "../../fleet/index.ts";
import type { Meter, Span, Tracer } from "../../telemetry/index.ts";
import { type Bell, createBell } from "../bell.ts";
import type { AlertMemory, Outcome, Term } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Overview } from "../overview.ts";
import type { Time } from "../time.ts";
import type { InTurn } from "../turns.ts";
import type { Address } from "./address.ts";
import { createOutcomes } from "./outcomes.ts";
import type { Pushes } from "./pushes.ts";
import { createRefreshes } from "./refreshes.ts";
import type { Addressed, NoticeSender } from "./send.ts";
import type { Sending } from "./sending.ts";
import type { Wanted } from "./wanted.ts";

export interface OutboxOptions {
  readonly memory: Pick<AlertMemory, "outbox">;
  readonly sender: NoticeSender;
  /** Where a notice goes and what may be shown there, or why it is not sent. */
  readonly address: Address;
  /** Whether it is wanted there now. */
  readonly wanted: Wanted;
  readonly pushes: Pushes;
  readonly sending: Sending;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Rung when something is owed. */
  readonly bell: Bell;
  /** Notices are claimed and scans are written down one after the other. */
  readonly inTurn: InTurn;
  readonly time: Time;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer: Tracer;
  /** What there is in all, for /metrics. */
  readonly overview: Overview;
  /** A notice that could not be sent for so long is given up, milliseconds. */
  readonly givenUpAfter: number;
  /** A write was refused: another process leads. */
  readonly onFenced: () => void;
  /** The bot is not in this chat any more. */
  readonly onGone: (term: Term, notice: Notice, reason: string) => Promise<unknown>;
}

interface Claim {
  readonly term: Term;
  readonly signal: AbortSignal;
  /** When it was made, by `elapsed`. */
  readonly at: number;
}

/** For how long nobody else may claim the same, milliseconds; the store says a minute. */
const claimHolds = 50_000;
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
  const { memory, sender, address, pushes, channels, bell, inTurn, time, clock, log, meter, tracer } = options;
  const outcomeOf = createOutcomes(options);
  const { unsettled, underWay } = options.sending;
  /** Rung while nothing is owed: what is sent may itself change the card of what was sent before. */
  const stale = createBell(options.clock);
  const refreshes = createRefreshes({ ...options, bell: stale });

  async function settle(term: Term, id: string, outcome: Outcome): Promise<void> {
    if (unsettled.size < mostUnsettled) {
      unsettled.set(id, outcome);
    }
    const write = () => memory.outbox.settle(term, id, outcome, time.now());
    // What is told anew was told in the eyes of a scan that is being judged.
    const retells = outcome.kind === "failed" && outcome.retell;
    if ((await (retells ? inTurn(write) : write())) === "fenced") {
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

  /** Whether a claim may be another's by now, as this process does not lead any more, or stood still for long. */
  function isOver({ signal, at }: Claim): boolean {
    return signal.aborted || clock.elapsed() - at > claimHolds;
  }

  async function deliver(claim: Claim, notice: Notice): Promise<Outcome> {
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
        return send(claim, addressed.value);
      case "later":
        return held(mutedFor, "It is muted.", true);
      case "unwanted":
        return { kind: "failed", reason: "It was muted or acknowledged meanwhile.", retell: false };
    }
  }

  async function send(claim: Claim, addressed: Addressed): Promise<Outcome> {
    const { notice } = addressed;
    const { term } = claim;
    const changes = notice.target === undefined ? undefined : await memory.outbox.get(notice.target);
    const attempt = await pushes.spend(notice, async () => (isOver(claim) ? "late" : sender.send(addressed, changes)));
    if (attempt === "late") {
      return held(0, "This process had no time to send it.", false);
    }
    if (attempt === "drop") {
      return { kind: "failed", reason: "It was left out, as the month's pushes run short.", retell: false };
    }
    if (attempt === "hold") {
      await sayWhyHeld(claim, notice);
      return held(heldFor, "The month's pushes are spent.", false);
    }
    meter.count("notices", { channel: notice.channel, kind: notice.kind, outcome: attempt.kind });
    if (attempt.kind === "sent" && changes !== undefined && attempt.message === changes.message) {
      await settleFresh(term, changes);
    }
    if (attempt.kind === "gone") {
      await options.onGone(term, notice, attempt.reason);
    }
    return outcomeOf(notice, attempt);
  }

  /** What is held waits for another month: the word on why does not wait behind it. */
  async function sayWhyHeld(claim: Claim, { channel, chat }: Notice): Promise<void> {
    const owed = await memory.outbox.last({ channel, chat }, mostHeld, ["owed"]);
    for (const notice of owed.filter(({ kind, nextAt }) => kind === "budget" && nextAt <= time.now().steady)) {
      const addressed = await address(notice, channels);
      if (addressed.ok && !unsettled.has(notice.id)) {
        await settle(claim.term, notice.id, await send(claim, addressed.value));
      }
    }
  }

  function handle(claim: Claim, notice: Notice): Promise<void> {
    const about = { "deskhand.channel": notice.channel, "deskhand.notice": notice.kind } as const;
    return tracer.span("notice", about, (span) => handleOne(claim, notice, span));
  }

  async function handleOne(claim: Claim, notice: Notice, span: Span<"notice">): Promise<void> {
    const { id, channel, chat, kind } = notice;
    try {
      const outcome = await deliver(claim, notice);
      span.set({ "deskhand.outcome": outcome.kind });
      if (outcome.kind === "sent") {
        log.info({ channel, chat, notice: id, kind, attempt: notice.attempts }, "notice sent");
      }
      await settle(claim.term, id, outcome);
    } catch (error) {
      // It is tried again in a minute, with the same key, unless it is remembered here what became of it.
      log.error({ notice: notice.id, fault: faultOf(error) }, "What became of a notice could not be written down.");
    }
  }

  /** Takes what is owed now, as far as there is room for it; how many notices that was. */
  async function sendSome(term: Term, signal: AbortSignal): Promise<number> {
    const room = atOnce - underWay.size;
    if (room <= 0) {
      return 0;
    }
    const claim = { term, signal, at: clock.elapsed() };
    const claimed = await inTurn(() => memory.outbox.claim(term, time.now(), room));
    if (claimed === "fenced") {
      options.onFenced();
      return 0;
    }
    // Of one that is being sent still nothing was heard for a minute: it is waited for.
    for (const notice of claimed.filter(({ id }) => !underWay.has(id))) {
      const sending = handle(claim, notice).finally(() => {
        underWay.delete(notice.id);
        bell.ring();
      });
      underWay.set(notice.id, sending);
    }
    return claimed.length;
  }

  async function settleFresh(term: Term, notice: Notice): Promise<void> {
    const outcome = { kind: "fresh", staleness: notice.staleness } as const;
    if ((await memory.outbox.settle(term, notice.id, outcome, time.now())) === "fenced") {
      options.onFenced();
    }
  }

  async function settleOld(term: Term): Promise<void> {
    for (const [id, outcome] of unsettled) {
      if (!underWay.has(id)) {
        await settle(term, id, outcome);
      }
    }
  }

  async function sendAll(term: Term, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await options.overview.look();
        await settleOld(term);
        if ((await sendSome(term, signal)) === 0) {
          stale.ring();
          await bell.wait(lookEvery, signal);
        }
      } catch (error) {
        log.error({ fault: faultOf(error) }, "The store failed: what is owed to chats waits.");
        await bell.wait(storePause, signal);
      }
    }
    await Promise.all(underWay.values());
  }

  return async (term, signal) => {
    await Promise.all([sendAll(term, signal), refreshes(term, signal)]);
  };
}
