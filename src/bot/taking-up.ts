import { toCard } from "../cards/index.ts";
import { type Access, grantOf } from "./access.ts";
import type { ArrivalCall } from "./arrivals.ts";
import type { Auditing } from "./auditing.ts";
import type { Channel, Joined } from "./channel.ts";
import type { Clicks } from "./clicks.ts";
import { type Delivery, sendKey } from "./deliver.ts";
import { type Arrival, whereOf } from "./memory.ts";
import type { AnswerMessage } from "./messages.ts";
import type { Presence } from "./presence.ts";
import type { Speaking } from "./speaking.ts";

export interface TakingUpOptions {
  readonly channelOf: (name: string) => Channel | undefined;
  readonly access: Access;
  readonly answerMessage: AnswerMessage;
  readonly auditing: Auditing;
  readonly clicks: Clicks;
  readonly delivery: Delivery;
  readonly presence: Presence;
  readonly speaking: Speaking;
}

/** Does what an arrival that was accepted asks for. Gives whether it is done with, now and for later processes. */
export type TakeUp = (arrival: Arrival, call: ArrivalCall) => Promise<boolean>;

export function createTakingUp(options: TakingUpOptions): TakeUp {
  const { channelOf, access, answerMessage, auditing, clicks, delivery, presence, speaking } = options;

  async function hello(channel: Channel, joined: Joined): Promise<boolean> {
    await presence.joined(joined);
    const { chat, user, id, locale } = joined;
    const allowed = grantOf(access, joined).rights.has("query");
    const card = toCard({ kind: "hello", allowed, where: { chat, user } }, locale);
    const sent = await delivery.send(channel, chat, card, { key: sendKey(channel.name, chat, id) });
    return sent.ok || !sent.recoverable;
  }

  return async (arrival, call) => {
    const channel = channelOf(whereOf(arrival).channel);
    if (channel === undefined) {
      return true;
    }
    switch (arrival.kind) {
      case "message":
        presence.seen(arrival.message);
        return answerMessage(channel, await speaking(arrival.message), { ...call, at: arrival.at });
      case "click":
        return clicks.resume(channel, { ...arrival, click: await speaking(arrival.click) }, call.ending);
      case "joined":
        auditing.moved(arrival.joined, "joined", arrival.at);
        return hello(channel, await speaking(arrival.joined));
      case "left":
        auditing.moved(arrival.left, "left", arrival.at);
        await presence.gone(arrival.left, "The bot was taken out of the chat.");
        return true;
    }
  };
}
