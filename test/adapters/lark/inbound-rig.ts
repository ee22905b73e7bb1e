import { createInbound, type Handle } from "../../../adapters/lark/inbound.ts";
import type { Bot, Click, ClickReply, Joined, Message } from "../../../src/bot/index.ts";
import type { Card } from "../../../src/cards/index.ts";
import { createCountingMeter } from "../../counting-meter.ts";

export const botId = "ou_bot";
export const writtenAt = Date.UTC(2026, 5, 1, 9);

/** A log and a counter that keep what they are told. */
export function createEars() {
  const lines: { readonly fields: object; readonly message: string }[] = [];
  const { meter, counted } = createCountingMeter();
  const write = (fields: object, message: string) => {
    lines.push({ fields, message });
  };
  return {
    lines,
    counted,
    log: { debug: write, info: write, warn: write, error: write },
    meter,
  };
}

/** The way in, with a bot at its edge that keeps what it is given. */
export function createInboundRig(about: { readonly botOpenId?: string | undefined } = { botOpenId: botId }) {
  const ears = createEars();
  const rig = {
    ...ears,
    messages: [] as Message[],
    clicks: [] as Click[],
    joined: [] as Joined[],
    left: [] as object[],
    accepts: true,
    reply: { kind: "toast", text: "Done.", colour: "green" } as ClickReply,
    fails: false,
    time: 0,
  };
  const take = <Item>(items: Item[], item: Item): boolean => {
    if (rig.fails) throw new Error("The bot fails.");
    items.push(item);
    return rig.accepts;
  };
  const bot: Bot = {
    receive: async (message) => take(rig.messages, message),
    click: async (click) => {
      take(rig.clicks, click);
      return rig.reply;
    },
    joined: async (joined) => take(rig.joined, joined),
    left: async (left) => take(rig.left, left),
  };
  const handle: Handle = createInbound({
    bot,
    channel: "lark",
    appId: "cli_0123456789abcdef",
    botOpenId: () => about.botOpenId,
    localeOf: (text) => (/\p{Script=Han}/u.test(text) ? "zh" : "en"),
    render: (card: Card) => ({ rendered: card.header.title }),
    clock: { elapsed: () => rig.time },
    log: ears.log,
    meter: ears.meter,
  });
  return Object.assign(rig, { handle });
}

export function envelopeOf(type: string, event: unknown, header: object = {}) {
  return {
    schema: "2.0",
    header: {
      event_id: "ev-1",
      event_type: type,
      create_time: String(writtenAt),
      token: "the-token",
      app_id: "cli_0123456789abcdef",
      tenant_key: "t1",
      ...header,
    },
    event,
  };
}

export interface Written {
  readonly message?: object;
  readonly sender?: object;
}

/** A text that somebody wrote, in a 1:1 chat unless a test says otherwise. */
export function messageOf(text: string, { message = {}, sender = {} }: Written = {}) {
  return envelopeOf("im.message.receive_v1", {
    sender: { sender_id: { open_id: "ou_writer" }, sender_type: "user", tenant_key: "t1", ...sender },
    message: {
      message_id: "om_1",
      create_time: String(writtenAt),
      chat_id: "oc_1",
      chat_type: "p2p",
      message_type: "text",
      content: JSON.stringify({ text }),
      ...message,
    },
  });
}

export function mentionOf(number: number, openId: string, name: string, about: object = {}) {
  return { key: `@_user_${number}`, id: { open_id: openId }, name, tenant_key: "t1", ...about };
}

/** A press on a button that carries what a test gives. */
export function clickOf(action: object, about: object = {}) {
  return envelopeOf(
    "card.action.trigger",
    {
      operator: { open_id: "ou_presser", union_id: "on_1" },
      token: "c-secret",
      action: { tag: "button", ...action },
      host: "im_message",
      context: { open_message_id: "om_card", open_chat_id: "oc_1" },
      ...about,
    },
    { event_id: "ev-click", create_time: String(writtenAt * 1_000) },
  );
}
