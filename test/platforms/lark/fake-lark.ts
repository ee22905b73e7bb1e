import { createIds, createRandom } from "../random.ts";
import { createRecords } from "../record.ts";
import { type ApiAnswer, type Call, createServer } from "../server.ts";
import { createSignals } from "../signals.ts";
import { patience, type StandIn } from "../stand-in.ts";
import { createTimers } from "../timers.ts";
import { checkCard } from "./card-rules.ts";
import type { Carrier } from "./carrier.ts";
import { type Chats, createChats } from "./chats.ts";
import type { Connection } from "./connection.ts";
import { createDelivery } from "./delivery.ts";
import { createEnvelopes, type Envelope } from "./events.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createMessageApi } from "./message-api.ts";
import { createMessages, type ShownMessage, type Version } from "./messages.ts";
import { createOpenApi } from "./open-api.ts";
import { type FakeLarkOptions, type Limits, type Mode, settle, type WebhookMode } from "./options.ts";
import { createPeople, type People } from "./people.ts";
import { createPresses, type Press, type Pressed } from "./press.ts";
import type { Acknowledgement, Records, RequestRecord } from "./record.ts";
import { createSockets } from "./socket.ts";
import { createTokens } from "./tokens.ts";
import { createUploads, type Upload } from "./upload-api.ts";
import { createWebhookSender, type WebhookSender } from "./webhook-sender.ts";

type Kept = Pick<Records, "requests" | "acknowledgements" | "lost">;

/**
 * The Lark open platform on a loopback port: its Open API, its long connection, its webhooks, and people in chats. Its URL
 * is the `domain` of the SDK.
 */
export interface FakeLark extends StandIn, People, Kept {
  readonly appId: string;
  readonly appSecret: string;
  readonly botOpenId: string;
  /** From now on events are handed over this way. */
  setMode(mode: Mode): void;
  /** Presses on the card that a message shows now, and resolves to what the person saw. Never rejects for an answer. */
  press(press: Press): Promise<Pressed>;
  /** Delivers any event, at least once like the others. */
  deliver(envelope: Envelope): void;
  /** Events that are neither acknowledged nor given up. */
  readonly underWay: number;
  /** Single requests to the webhook, also such as the platform would not make. */
  readonly webhook: Pick<WebhookSender, "post" | "challenge">;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly chats: Chats;
  /** The open long connections, to look at, to drop and to disturb. */
  readonly connections: readonly Connection[];
  readonly tokens: { end(how: "expired" | "revoked"): void; readonly issued: number };
  /** Whether the app's bot capability is on; off, messages are refused with 230006. */
  setBotActive(active: boolean): void;
  /** The bot's messages, oldest first. */
  readonly sent: readonly ShownMessage[];
  message(id: string): ShownMessage | undefined;
  readonly uploads: readonly Upload[];
  /** The file or picture that a message holds. */
  uploadOf(message: ShownMessage): Upload | undefined;
  /** The bot's first answer to a message. Rejects after so many milliseconds (5,000). */
  replyTo(messageId: string, milliseconds?: number): Promise<ShownMessage>;
  /** Called at once for each message and change of the bot; the function that comes back ends that. */
  watch(listener: (message: ShownMessage, version: Version) => void): () => void;
}

const noWebhook: WebhookMode = { webhook: "http://127.0.0.1:1/", encryptKey: "", verificationToken: "" };

function codeOf(body: object | string | undefined): number | undefined {
  return typeof body === "object" && "code" in body && typeof body.code === "number" ? body.code : undefined;
}

/** A stand-in with the behaviour of the real platform; it listens from `start` on. */
export function createFakeLark(options: FakeLarkOptions = {}): FakeLark {
  const settings = settle(options, checkCard);
  const { keep, now } = settings;
  let mode: Mode = options.mode ?? "websocket";
  let port = 0;
  let botActive = true;

  const random = createRandom(settings.seed);
  const ids = createIds(random);
  const timers = createTimers();
  const signals = createSignals(timers);
  const { changed } = signals;
  const records = createRecords<RequestRecord, Acknowledgement>(keep, changed);
  const faults = createFaults();
  const chats = createChats();
  const messages = createMessages({ ids, now, keep, changed });
  const uploads = createUploads(ids, 100);
  const tokens = createTokens({ ids, now, seconds: settings.tokenSeconds });
  const webhookMode = (): WebhookMode => (mode === "websocket" ? noWebhook : mode);
  const envelopes = createEnvelopes({ settings, ids, token: () => webhookMode().verificationToken });

  const host = () => `127.0.0.1:${port}`;
  const sockets = createSockets({ settings, records, timers, ids, random, host, faults: faults.knobs, changed });
  const webhook = createWebhookSender({
    mode: webhookMode,
    random,
    now,
    timers,
    answerWithin: settings.answerWithin,
  });
  const carrier = (): Carrier => (mode === "websocket" ? sockets : webhook);
  const delivery = createDelivery({ settings, records, timers, faults, envelopes, carrier, changed });
  const people = createPeople({ chats, messages, envelopes, deliver: delivery.event });
  const presses = createPresses({ settings, records, messages, envelopes, delivery, ids });
  const messageApi = createMessageApi({ settings, messages, chats, presses, uploads, ids });
  const api = createOpenApi({ settings, tokens, messages: messageApi, chats, uploads, botActive: () => botActive });

  function answer(call: Call): ApiAnswer {
    if (call.method !== "POST" || call.path !== "/callback/ws/endpoint") return api.answer(call);
    try {
      return sockets.endpoint(JSON.parse(call.body.toString()));
    } catch {
      return sockets.endpoint(undefined);
    }
  }
  let requests = 0;
  const server = createServer({
    timers,
    work(call) {
      const given = answer(call);
      if (given.blame !== undefined) records.complain(`${call.method} ${call.path}: ${given.blame}`);
      return given;
    },
    fault: ({ method, path }) => faults.next(method, path),
    note({ method, path }, given) {
      records.request({ method, path, status: given?.status ?? 0, code: codeOf(given?.body), at: now() });
    },
    headers() {
      requests += 1;
      return { "x-tt-logid": `2026060109000000${requests.toString(16).padStart(16, "0").toUpperCase()}` };
    },
    upgrade: sockets.upgrade,
  });

  return {
    ...people,
    async start() {
      port = await server.start(settings.port);
    },
    stop() {
      timers.stop();
      signals.stop();
      sockets.stop();
      webhook.stop();
      return server.stop();
    },
    get url() {
      return `http://${host()}`;
    },
    appId: settings.appId,
    appSecret: settings.appSecret,
    botOpenId: settings.botOpenId,
    setMode(next) {
      mode = next;
    },
    press: presses.press,
    deliver: delivery.event,
    get underWay() {
      return delivery.underWay;
    },
    webhook,
    faults: faults.knobs,
    limits: settings.limits,
    chats,
    connections: sockets.connections,
    tokens,
    setBotActive(active) {
      botActive = active;
    },
    sent: messages.sent,
    message: messages.get,
    uploads: uploads.all,
    uploadOf: ({ content }) => uploads.heldBy(content),
    requests: records.requests,
    acknowledgements: records.acknowledgements,
    lost: records.lost,
    complaints: () => [...records.complaints],
    forget: records.clear,
    until: (condition, milliseconds = patience, what = String(condition)) =>
      signals.until(condition, milliseconds, what),
    async replyTo(messageId, milliseconds = patience) {
      const reply = () => messages.get(messages.get(messageId)?.replies[0] ?? "");
      await signals.until(() => reply() !== undefined, milliseconds, `the bot answers ${messageId}`);
      const found = reply();
      if (found === undefined) throw new Error(`the answer to ${messageId} is forgotten`);
      return found;
    },
    watch: messages.watch,
  };
}
