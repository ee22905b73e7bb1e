import type { Channel, ChannelMemory, Log } from "../../src/bot/index.ts";
import type { Card, Locale } from "../../src/cards/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import type { Proxies } from "../../src/network/index.ts";
import { createHttp } from "../../src/platform/index.ts";
import type { Meter, Tracer } from "../../src/telemetry/index.ts";
import { createApi } from "./api.ts";
import { apiLimits } from "./api-limits.ts";
import { createCalls } from "./calls.ts";
import { createCards } from "./cards.ts";
import { createConversations } from "./conversations.ts";
import { createInbound } from "./inbound.ts";
import { createStreamLink, type Handle } from "./link.ts";
import { createDingTalkRefusals } from "./link-refusal.ts";
import { createDingTalkPace } from "./pace.ts";
import { drawPicture } from "./picture.ts";
import { createPictures } from "./pictures.ts";
import { type Rendered, renderDingTalk, type Template } from "./render.ts";
import { templateOf } from "./requests.ts";
import { createSender } from "./send.ts";
import { sendLimits } from "./send-limits.ts";
import { createDingTalkTokens } from "./token.ts";
import { createWebhookCheck } from "./webhook-address.ts";

export interface DingTalkOptions {
  readonly clientId: string;
  readonly clientSecret: () => string;
  /** Empty: the client id. */
  readonly robotCode: string;
  /** Empty: the public template of markdown and buttons. */
  readonly cardTemplateId: string;
  /** Base URLs of the API and of the older one, without a slash at their ends. */
  readonly apiBase: string;
  readonly oapiBase: string;
  /** API calls that the organisation has in a month; 0: no limit. */
  readonly monthlyCalls: number;
  /** What connections to the platform take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  /** The language of answers; auto: Chinese, as the platform does not tell that of a reader. */
  readonly locale: "auto" | Locale;
  readonly memory: ChannelMemory;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer?: Tracer | undefined;
}

const name = "dingtalk";

/** DingTalk, as a channel like any other. Nothing is asked of it before `start`. */
export function createDingTalk(options: DingTalkOptions): Channel {
  const { memory, proxies, clock, log, meter } = options;
  const locale = options.locale === "auto" ? "zh" : options.locale;
  const { exchange: timeout, answerBytes: longest, connections } = apiLimits;
  const http = createHttp({ clock, timeout, longest, connections, proxies });
  const calls = createCalls({ ...options, quota: options.monthlyCalls, tallies: memory.tallies });
  const refusals = createDingTalkRefusals(log);
  const tokens = createDingTalkTokens({ ...options, http, refusals });
  const pace = createDingTalkPace(options);
  const api = createApi({ ...options, http, tokens, calls, pace });
  const kept = { notes: memory.notes, clock, log };
  const conversations = createConversations({
    ...kept,
    meter,
    allowed: createWebhookCheck([options.apiBase, options.oapiBase]),
  });
  const cards = createCards({ ...kept, random: options.random });
  const pictures = createPictures({ ...kept, api, draw: drawPicture });
  const rendering = createRendering(templateOf(options.cardTemplateId));
  const sender = createSender({ api, calls, conversations, cards, pictures, rendering, clock, log, meter });
  let inbound: Handle | undefined;

  /** What comes while nothing is taken in is left for DingTalk to deliver again. */
  const handle: Handle = async (delivered) => (inbound === undefined ? { accepted: false } : inbound(delivered));
  const link = createStreamLink({ ...options, http, refusals, handle, onPush: () => calls.pushed() });

  return {
    name,
    repliesTo: "presser",
    // A card keeps its outTrackId for as long as it is there.
    keyHolds: Number.POSITIVE_INFINITY,
    // Uploads take neither csv nor text of another kind (document "Upload media files").
    files: { types: ["xlsx", "zip"], bytes: sendLimits.fileBytes },
    connected: () => link.connected(),
    fits: (card) => rendering(card).whole,
    send: (chat, card, about) => sender.send(chat, card, about),
    update: (chat, message, card, about) => sender.update(chat, message, card, about),
    sendFile: (chat, file, about) => sender.sendFile(chat, file, about),
    async start(bot) {
      inbound = createInbound({ bot, channel: name, locale, conversations, cards, rendering, clock, log, meter });
      await calls.start();
      link.start();
    },
    async quiesce() {
      inbound = undefined;
      link.quiesce();
    },
    async stop() {
      await link.stop();
      sender.stop();
      api.stop();
      pace.stop();
      await calls.stop();
      http.stop();
    },
  };
}

/** A card is asked about, and then sent: it is drawn once. */
function createRendering(template: Template): (card: Card) => Rendered {
  const known = new WeakMap<Card, Rendered>();
  return (card) => {
    const rendered = known.get(card) ?? renderDingTalk(card, template);
    known.set(card, rendered);
    return rendered;
  };
}
