import { LRUCache } from "lru-cache";
import type { ChatFile, Log, SendOptions, Sent } from "../../src/bot/index.ts";
import type { Card } from "../../src/cards/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import type { Api, CreateCard } from "./api.ts";
import type { Calls } from "./calls.ts";
import type { Cards } from "./cards.ts";
import type { FailureKind } from "./codes.ts";
import type { Conversation, Conversations } from "./conversations.ts";
import { createDraw } from "./draw.ts";
import type { Failure } from "./failure.ts";
import { createFallback, type Letter } from "./fallback.ts";
import { createOutage } from "./outage.ts";
import type { Pictures } from "./pictures.ts";
import type { Rendered } from "./render.ts";
import { createSendFile } from "./send-file.ts";
import { sendLimits } from "./send-limits.ts";
import { closed, spared, unsent } from "./sent.ts";
import { createUpdates, type Update } from "./updates.ts";

/** Sends cards and files, and changes cards. Each resolves within the patience of its calls. */
export interface Sender {
  /**
   * The card is known to the platform by the key, so that the same key never shows two. Where cards cannot be delivered, the
   * same answer goes as a message of markdown, which cannot be changed.
   */
  send(chat: string, card: Card, options: SendOptions): Promise<Sent>;
  /** Changes a card for everyone, once no callback of it is open. Of several changes the latest wins. */
  readonly update: Update;
  /** Has no key against doubles: one of which is not known whether it arrived is not sent again. */
  sendFile(chat: string, file: ChatFile, options: SendOptions): Promise<Sent>;
  /** Sends nothing any more, and ends what waits. */
  stop(): void;
}

export interface SenderOptions {
  readonly api: Api;
  readonly calls: Pick<Calls, "sparing">;
  readonly conversations: Pick<Conversations, "find" | "expired">;
  readonly cards: Cards;
  readonly pictures: Pictures;
  readonly rendering: (card: Card) => Rendered;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
}

export function createSender(options: SenderOptions): Sender {
  const { api, calls, conversations, cards, rendering, clock } = options;
  const ending = new AbortController();
  const outage = createOutage(clock);
  const fallback = createFallback(options);
  /** Cards that the platform did not deliver: some of them are there, unseen, and would be taken for delivered now. */
  const undelivered = new LRUCache<string, NotSent>({ max: sendLimits.onceCount });
  const draw = createDraw(options);

  async function send(chat: string, card: Card, about: SendOptions): Promise<Sent> {
    const { key, passing } = about;
    const started = clock.elapsed();
    const inTime = () => clock.elapsed() - started < sendLimits.anotherWay;
    if (passing === true && (calls.sparing() || outage.lasts("create"))) {
      return spared;
    }
    const letter: Letter = { chat, card, key, conversation: await conversations.find(chat) };
    const noticed = isNotice(card, about, rendering(card)) ? await fallback.notice(letter) : undefined;
    if (noticed !== undefined) {
      return noticed;
    }
    const failed = await sendCard(letter);
    if (failed === undefined) {
      return { ok: true, message: key };
    }
    const { failure } = failed;
    if (failure !== undefined && (failure.maybeSent || !elsewhere.has(failure.kind))) {
      return unsent(failure, "keyed");
    }
    return passing === true ? spared : fallback.send(letter, { ...failed, inTime });
  }

  /** Undefined when it is sent. */
  async function sendCard({ chat, card, key, conversation }: Letter): Promise<NotSent | undefined> {
    const to = addresseeOf(chat, conversation);
    const earlier = undelivered.get(key);
    if (to === undefined || earlier !== undefined) {
      return earlier ?? { kind: "user", failure: undefined };
    }
    const { params, buttons, summary } = await draw(card);
    const stopped = outage.stops("create");
    if (stopped !== undefined) {
      return { kind: stopped, failure: undefined };
    }
    const created = cards.creating(key, { chat, params, buttons });
    const asked = await api.createCard({ outTrackId: key, params, to, summary });
    if (!asked.ok) {
      const { failure } = asked;
      outage.failed("create", failure.kind);
      if (!failure.maybeSent && (elsewhere.has(failure.kind) || failure.kind === "gone")) {
        undelivered.set(key, { kind: failure.kind === "gone" ? "refused" : failure.kind, failure: undefined });
      }
      return { kind: failure.kind, failure };
    }
    outage.took("create");
    created();
    return undefined;
  }

  const sendFile = createSendFile(options);

  return {
    // What went as a message has no other than this process to know that it did.
    send: async (chat, card, about) =>
      ending.signal.aborted ? closed : (fallback.known(about.key) ?? send(chat, card, about)),
    update: createUpdates({ ...options, draw, outage, ending: ending.signal }),
    sendFile: async (chat, file, about) => (ending.signal.aborted ? closed : sendFile(chat, file, about)),
    stop: () => ending.abort("closed"),
  };
}

interface NotSent {
  readonly kind: FailureKind;
  /** Undefined where no call was made, as it would have been of no use. */
  readonly failure: Failure | undefined;
}

/** Failures of a card that the same answer as a message of markdown may be spared. */
const elsewhere: ReadonlySet<FailureKind> = new Set([
  "scope",
  "denied",
  "quota",
  "user",
  "template",
  "missing-card",
  "too-long",
  "refused",
  "parameter",
  "unknown",
]);

/**
 * Whether a card only says something to who wrote, once, such as that it came too late: nobody can press it and nothing
 * changes it, so that it need not be a card, which costs a call. What nobody asked for goes as a card all the same: those have
 * a key against doubles.
 */
function isNotice({ command }: Card, { replyTo, passing }: SendOptions, { buttons, picture }: Rendered): boolean {
  const isAnswer = replyTo !== undefined && passing !== true;
  return isAnswer && command === undefined && buttons.length === 0 && picture.length === 0;
}

/** Undefined for people outside of the organisation: they have no id by which a card could be delivered. */
function addresseeOf(chat: string, { kind, staffId }: Conversation): CreateCard["to"] | undefined {
  if (kind === "group") {
    return { kind, conversationId: chat };
  }
  return staffId === undefined ? undefined : { kind, staffId };
}
