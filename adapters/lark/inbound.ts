import type { Bot, ClickReply, Log } from "../../src/bot/index.ts";
import { faultOf } from "../../src/bot/index.ts";
import type { Card, Locale } from "../../src/cards/index.ts";
import { commandText } from "../../src/commands/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createRefusals, type Refuse } from "../../src/platform/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import { inboundTextsOf } from "./inbound-texts.ts";
import { botMentions, readParts, readSaid } from "./text.ts";
import {
  buttonValueSchema,
  cardActionSchema,
  chatMemberBotSchema,
  envelopeSchema,
  type LarkMessage,
  messageSchema,
  pickedSchema,
} from "./wire.ts";

/** What to answer to the platform. */
export type Handled =
  /** Acknowledge. `body` is `{}`, `{ toast }` or `{ card: { type: "raw", data } }`. */
  | { readonly accepted: true; readonly body: object }
  /** Do not acknowledge: the platform delivers again. */
  | { readonly accepted: false };

/** Takes one event or callback in, `{ schema: "2.0", header, event }`. Never rejects. */
export type Handle = (envelope: unknown) => Promise<Handled>;

export interface InboundOptions {
  readonly bot: Bot;
  /** The channel's name. */
  readonly channel: string;
  readonly appId: string;
  /** The bot's own open_id, once it is known. */
  readonly botOpenId: () => string | undefined;
  /** The language for the writer of a text; of an empty one, for whoever did something else. */
  readonly localeOf: (text: string) => Locale;
  /** The card's data, as a callback's answer carries it. */
  readonly render: (card: Card) => object;
  readonly clock: Pick<Clock, "elapsed">;
  readonly log: Log;
  readonly meter: Meter;
}

type Reason = keyof typeof refusals;

const refusals = {
  envelope: "Something came from Lark that is no event of version 2.0.",
  app: "An event of another app came from Lark: its id is not lark.appId.",
  message: "A message from Lark could not be read.",
  content: "The content of a message from Lark could not be read.",
  callback: "A callback of a card from Lark could not be read.",
  button: "A button was pressed that does not carry a command of this version.",
  added: "Lark's word that the bot was added to a chat could not be read.",
  deleted: "Lark's word that the bot was taken out of a chat could not be read.",
  fault: "An event from Lark could not be handled by a fault of the bot; Lark delivers it again.",
} as const;

/** Acknowledged, and nothing more: what cannot be read now cannot be read when it is delivered again. */
const done: Handled = { accepted: true, body: {} };

/** Creates what both event modes hand their deliveries to. */
export function createInbound(options: InboundOptions): Handle {
  const refuse = createRefusals({
    ...options,
    messages: refusals,
    count: (reason) => options.meter.count("lark_refused", { reason }),
  });

  return async (envelope) => {
    try {
      return await take(envelope, options, refuse);
    } catch (error) {
      refuse("fault", { fault: faultOf(error) });
      return { accepted: false };
    }
  };
}

async function take(delivered: unknown, options: InboundOptions, refuse: Refuse<Reason>): Promise<Handled> {
  const envelope = envelopeSchema.safeParse(delivered);
  if (!envelope.success) return refused(refuse, "envelope");
  const { header, event } = envelope.data;
  if (header.app_id && header.app_id !== options.appId) return refused(refuse, "app");
  switch (header.event_type) {
    case "im.message.receive_v1":
      return await takeMessage(event, options, refuse);
    case "card.action.trigger":
      return await takeClick(header.event_id, event, options, refuse);
    case "im.chat.member.bot.added_v1":
      return await takeMembership("added", header.event_id, event, { options, refuse });
    case "im.chat.member.bot.deleted_v1":
      return await takeMembership("deleted", header.event_id, event, { options, refuse });
    default:
      return ignored(options, "type");
  }
}

async function takeMessage(event: unknown, options: InboundOptions, refuse: Refuse<Reason>): Promise<Handled> {
  const parsed = messageSchema.safeParse(event);
  if (!parsed.success) return refused(refuse, "message");
  const { sender, message } = parsed.data;
  // Apps write as well, this one among them: bots that answer each other do not end.
  if (sender.sender_type !== "user") return ignored(options, "sender");
  if (message.message_type === "system") return ignored(options, "system");
  const user = sender.sender_id?.open_id;
  if (user === undefined) return refused(refuse, "message");
  const text = textForBot(message, options.botOpenId());
  if (text === "unreadable") return refused(refuse, "content");
  if (text === "talk") return ignored(options, "talk");
  return acknowledged(
    await options.bot.receive({
      channel: options.channel,
      chat: message.chat_id,
      user,
      // The same message may come in several events: it is told apart by its own id.
      id: message.message_id,
      text: text.said,
      inThread: message.thread_id !== undefined || message.chat_type === "topic_group",
      writtenAt: message.create_time,
      locale: options.localeOf(text.said),
    }),
  );
}

/** What the bot is told, or that people talk among themselves, or that the content is not what its type says. */
function textForBot(
  message: LarkMessage,
  botOpenId: string | undefined,
): { readonly said: string } | "talk" | "unreadable" {
  const isBot = botMentions(message.mentions, botOpenId);
  const parts = readParts(message);
  if (parts === undefined) return "unreadable";
  const { text, first, mentioned } = readSaid(parts, isBot);
  if (message.chat_type === "p2p" || mentioned || message.mentions.some(isBot)) return { said: text };
  // A lone question mark asks the bot for help in a 1:1 chat; in a group it is talk.
  const isCommand = first === "nobody" && /^[/／]/u.test(commandText(text) ?? "");
  return isCommand ? { said: text } : "talk";
}

async function takeClick(
  id: string,
  event: unknown,
  options: InboundOptions,
  refuse: Refuse<Reason>,
): Promise<Handled> {
  const parsed = cardActionSchema.safeParse(event);
  if (!parsed.success) return refused(refuse, "callback");
  const { operator, action, context } = parsed.data;
  const button = buttonValueSchema.safeParse(action.value);
  const picked = pickedSchema.safeParse(action);
  if (!button.success && !picked.success) {
    refuse("button");
    return toast("warning", inboundTextsOf(options.localeOf("")).foreignButton);
  }
  const text = button.success ? button.data.command : (picked.data?.option ?? "");
  const locale = button.success ? button.data.locale : picked.data?.value.locale;
  const reply = await options.bot.click({
    channel: options.channel,
    chat: context.open_chat_id,
    user: operator.open_id,
    id,
    message: context.open_message_id,
    text,
    locale: locale ?? options.localeOf(""),
  });
  return answerTo(reply, options);
}

function answerTo(reply: ClickReply, options: InboundOptions): Handled {
  switch (reply.kind) {
    case "card":
      return { accepted: true, body: { card: { type: "raw", data: options.render(reply.card) } } };
    case "later":
      return toast("info", reply.text);
    case "toast":
      return toast(toastTypes[reply.colour], reply.text);
  }
}

const toastTypes = { green: "success", orange: "warning", red: "error" } as const;

function toast(type: "info" | "success" | "warning" | "error", content: string): Handled {
  return { accepted: true, body: { toast: { type, content } } };
}

async function takeMembership(
  change: "added" | "deleted",
  id: string,
  event: unknown,
  { options, refuse }: { readonly options: InboundOptions; readonly refuse: Refuse<Reason> },
): Promise<Handled> {
  const { bot, channel, localeOf } = options;
  const parsed = chatMemberBotSchema.safeParse(event);
  if (!parsed.success) return refused(refuse, change);
  // Without the one who added it the bot says hello as to somebody who may do nothing.
  const user = parsed.data.operator_id?.open_id ?? "";
  const told = { channel, chat: parsed.data.chat_id, user, id, locale: localeOf("") };
  return acknowledged(await (change === "added" ? bot.joined(told) : bot.left(told)));
}

function acknowledged(accepted: boolean): Handled {
  return accepted ? done : { accepted: false };
}

function refused(refuse: Refuse<Reason>, reason: Reason): Handled {
  refuse(reason);
  return done;
}

function ignored({ meter }: InboundOptions, reason: "type" | "sender" | "system" | "talk"): Handled {
  meter.count("lark_ignored", { reason });
  return done;
}
