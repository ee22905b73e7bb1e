import type { Channel, Delivery, Grant, Sent } from "../../bot/index.ts";
import { sendKey } from "../../bot/index.ts";
import { type Answer, type Card, type Locale, toCardThatFits } from "../../cards/index.ts";
import type { Notice } from "../notice.ts";
import type { RenderNotice } from "./render.ts";

/** What is needed to show a notice. */
export interface Addressed {
  readonly notice: Notice;
  readonly channel: Channel;
  readonly grant: Grant;
  readonly locale: Locale;
}

/** How sending a notice went. */
export type Attempt =
  | { readonly kind: "sent"; readonly message: string }
  /** Nothing is left to say. */
  | { readonly kind: "nothing" }
  | { readonly kind: "gone"; readonly reason: string }
  /** It may have arrived: there is no key by which the platform would know it again. */
  | { readonly kind: "maybe"; readonly reason: string }
  /** `final`: the platform would refuse the same again. */
  | { readonly kind: "failed"; readonly reason: string; readonly final: boolean };

export interface SendOptions {
  readonly render: RenderNotice;
  readonly delivery: Delivery;
  /** Wall time. */
  readonly now: () => number;
}

export interface NoticeSender {
  /** Sends a notice, or shows it on the card that it changes. Rejects when the store fails. */
  send(addressed: Addressed, changes: Notice | undefined): Promise<Attempt>;
  /** Shows on a notice's card how things are now. True: it does, or cannot be changed any more. Rejects as `send`. */
  refresh(addressed: Addressed): Promise<boolean>;
}

/** Why a notice is tried again of which it is not known whether it arrived. */
export const mayHaveArrived = "It may have arrived.";

/** So much before a platform forgets a key, a message of that key may be shown a second time, milliseconds. */
const margin = 5 * 60_000;

export function createNoticeSender({ render, delivery, now }: SendOptions): NoticeSender {
  /** Whether an earlier try may stand in the chat, and its key may be forgotten by now or had none. */
  function mayRepeat({ triedAt, attempts, reason }: Notice, channel: Channel): boolean {
    const isForgotten = triedAt !== undefined && now() - triedAt > channel.keyHolds - margin;
    return attempts > 1 && (isForgotten || reason === mayHaveArrived);
  }

  async function cardOf({ notice, channel, grant, locale }: Addressed): Promise<Card | undefined> {
    const answer = await render(notice, { grant, mayRepeat: mayRepeat(notice, channel) });
    return answer && fitting(answer, locale, channel);
  }

  async function refresh(addressed: Addressed): Promise<Sent | undefined> {
    const { notice, channel } = addressed;
    const card = await cardOf(addressed);
    return card === undefined || notice.message === undefined
      ? undefined
      : delivery.update(channel, notice.chat, notice.message, card);
  }

  return {
    async send(addressed, changes) {
      const { notice, channel } = addressed;
      if (changes?.message !== undefined) {
        const changed = await refresh({ ...addressed, notice: { ...notice, message: changes.message } });
        // One that fails for the moment is tried again as a change, so that a new message is not sent beside it.
        if (changed?.ok === true || (changed?.ok === false && (changed.recoverable || changed.gone === true))) {
          return attemptOf(changed);
        }
      }
      const card = await cardOf(addressed);
      if (card === undefined) {
        return { kind: "nothing" };
      }
      const sent = await delivery.send(channel, notice.chat, card, { key: sendKey("notice", notice.id) });
      if (!sent.ok || notice.attempts <= 1 || sent.certain === true) {
        return attemptOf(sent);
      }
      // An earlier try may have shown its card after all, as things were then; then this one, of the same key, was not shown.
      const changed = await delivery.update(channel, notice.chat, sent.message, card);
      return changed.ok || !changed.recoverable ? attemptOf(sent) : attemptOf(changed);
    },
    async refresh(addressed) {
      const changed = await refresh(addressed);
      return changed === undefined || changed.ok || !changed.recoverable;
    },
  };
}

function attemptOf(sent: Sent): Attempt {
  if (sent.ok) {
    return { kind: "sent", message: sent.message };
  }
  const { reason, recoverable } = sent;
  if (sent.gone === true) {
    return { kind: "gone", reason };
  }
  return sent.maybe === true ? { kind: "maybe", reason } : { kind: "failed", reason, final: !recoverable };
}

function fitting(answer: Answer, locale: Locale, channel: Channel): Card {
  return toCardThatFits(answer, locale, (card) => channel.fits(card));
}
