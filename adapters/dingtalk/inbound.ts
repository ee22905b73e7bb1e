import { type Bot, faultOf, type Log } from "../../src/bot/index.ts";
import type { Card, Locale } from "../../src/cards/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createRefusals, type Refuse } from "../../src/platform/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import type { Cards } from "./cards.ts";
import type { Conversations } from "./conversations.ts";
import { inboundTextsOf } from "./inbound-texts.ts";
import type { Delivered, Handle, Handled } from "./link.ts";
import type { Rendered } from "./render.ts";
import { namesOf, saidIn } from "./text.ts";
import type { Params } from "./views.ts";
import { type Callback, callbackSchema, messageSchema, type RobotMessage } from "./wire.ts";

export interface InboundOptions {
  readonly bot: Bot;
  /** The channel's name. */
  readonly channel: string;
  readonly locale: Locale;
  readonly conversations: Conversations;
  readonly cards: Cards;
  readonly rendering: (card: Card) => Rendered;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
}

type Reason = keyof typeof refusals;

const refusals = {
  message: "A message from DingTalk could not be read.",
  callback: "A press on a card could not be read.",
  button: "A button was pressed that is on no card of this bot, or on one that is too old.",
  fault: "What DingTalk delivered could not be handled by a fault of the bot; a message is delivered again.",
} as const;

/** Creates what the stream hands its deliveries to. */
export function createInbound(options: InboundOptions): Handle {
  const refuse = createRefusals({
    ...options,
    messages: refusals,
    count: (reason) => options.meter.count("dingtalk_refused", { reason }),
  });

  return async ({ topic, messageId, data }: Delivered): Promise<Handled> => {
    try {
      return topic === "message"
        ? await takeMessage(data, options, refuse)
        : await takePress(messageId, data, options, refuse);
    } catch (error) {
      refuse("fault", { fault: faultOf(error) });
      return { accepted: false };
    }
  };
}

/** What cannot be read now cannot be read when it is delivered again: it is acknowledged, and nothing more. */
const done: Handled = { accepted: true, body: { response: {} } };

async function takeMessage(data: object, options: InboundOptions, refuse: Refuse<Reason>): Promise<Handled> {
  const parsed = messageSchema.safeParse(data);
  // Who is outside of the organisation is known by an id that holds for this robot alone.
  const user = parsed.data?.senderStaffId ?? parsed.data?.senderId;
  if (!parsed.success || user === undefined) {
    refuse("message");
    return done;
  }
  const { conversationId: chat, msgId: id, createAt } = parsed.data;
  noteConversation(parsed.data, options);
  const said = saidIn(parsed.data);
  const accepted = await options.bot.receive({
    ...{ channel: options.channel, chat, user, id },
    text: said ?? "",
    unread: said === undefined ? true : undefined,
    writtenAt: createAt ?? options.clock.now(),
    locale: options.locale,
  });
  return accepted ? done : { accepted: false };
}

function noteConversation(message: RobotMessage, { conversations }: InboundOptions): void {
  const { conversationId, conversationType, senderStaffId, sessionWebhook, sessionWebhookExpiredTime } = message;
  conversations.heard({
    chat: conversationId,
    kind: conversationType === "1" ? "single" : "group",
    staffId: senderStaffId,
    webhook:
      sessionWebhook === undefined || sessionWebhookExpiredTime === undefined
        ? undefined
        : { url: sessionWebhook, until: sessionWebhookExpiredTime },
    message: message.msgId,
  });
}

async function takePress(id: string, data: object, options: InboundOptions, refuse: Refuse<Reason>): Promise<Handled> {
  const parsed = callbackSchema.safeParse(data);
  if (!parsed.success) {
    refuse("callback");
    return answered(word(inboundTextsOf(options.locale).foreignButton));
  }
  const over = options.cards.opened(parsed.data.outTrackId);
  try {
    return answered(await answerTo(id, parsed.data, options, refuse), over);
  } catch (error) {
    over();
    throw error;
  }
}

/** What who pressed sees from now on. */
async function answerTo(id: string, press: Callback, options: InboundOptions, refuse: Refuse<Reason>): Promise<Params> {
  const { bot, channel, cards, locale } = options;
  const { outTrackId: message, userId: user, spaceId } = press;
  const { chat = groupOf(spaceId), command } = await cards.meaning(message, namesOf(press));
  if (chat === undefined || command === undefined) {
    refuse("button");
    cards.answered(message, undefined, undefined);
    return word(inboundTextsOf(locale).foreignButton);
  }
  const [reply, noted] = await Promise.all([
    bot.click({ channel, chat, user, id, message, text: command, locale }),
    cards.recall(message),
  ]);
  if (reply.kind !== "card") {
    cards.answered(message, noted, undefined);
    return word(reply.text);
  }
  const { params, buttons } = options.rendering(reply.card);
  cards.answered(message, noted, { chat, params, buttons });
  return params;
}

/** The group that a card stands in, where that is told: for cards that were forgotten, whose buttons say what they are for. */
function groupOf(spaceId: string | undefined): string | undefined {
  return /(?:^|\.)(cid[\w+/=-]{1,300})$/.exec(spaceId ?? "")?.[1];
}

/** A word to who pressed: it stands on the card until that changes. */
function word(text: string): Params {
  return { tips: text };
}

/** The answer to a callback changes the card for who pressed (document "Event callback of interactive cards"). */
function answered(cardParamMap: Params, sent?: () => void): Handled {
  const cardUpdateOptions = { updateCardDataByKey: true, updatePrivateDataByKey: true };
  return { accepted: true, body: { response: { cardUpdateOptions, cardData: { cardParamMap } } }, sent };
}
