import type { Client, Logger } from "@larksuiteoapi/node-sdk";
import { z } from "zod";
import type { ChatFile, Log } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { randomBoundary, type Tokens } from "../../src/platform/index.ts";
import { conclude, type Meter, noTracer, type Tracer } from "../../src/telemetry/index.ts";
import { type Failure, failureOf, failureOfBody, failureOfThrown } from "./failure.ts";
import type { SdkHttp } from "./http.ts";
import { loadSdk, type Sdk } from "./sdk.ts";
import { unfit, uploadOf } from "./upload.ts";

export type Called =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly failure: Failure };

export type Uploaded =
  /** The key by which a message can hold the file. */
  { readonly ok: true; readonly file: string } | { readonly ok: false; readonly failure: Failure };

/** What a message holds: a card, as its JSON text, or an uploaded file. */
export type Content = string | { readonly file: string };

/**
 * The calls of Lark's open platform that this adapter makes. None rejects. Each asks once, and once more when the access
 * token turned out to be stale.
 */
export interface Api {
  /** A message in a chat. `uuid`: the same one within an hour gives the first message again ("Send message"). */
  create(chat: string, content: Content, uuid: string): Promise<Called>;
  /** A message that answers another one, in its thread when `inThread`. */
  reply(message: string, content: Content, uuid: string, inThread: boolean): Promise<Called>;
  /** Another card in the place of one that this app sent. */
  patch(message: string, content: string): Promise<Called>;
  /** Brings a file to the platform; nobody sees it before a message holds it. */
  upload(file: ChatFile): Promise<Uploaded>;
  /** The bot's own open id; undefined, with a line in the log, when it cannot be had. */
  botOpenId(): Promise<string | undefined>;
}

export interface ApiOptions {
  readonly appId: string;
  /** Base URL of the platform, without a slash at its end. */
  readonly domain: string;
  readonly http: SdkHttp;
  readonly tokens: Tokens<Failure>;
  readonly clock: Pick<Clock, "elapsed">;
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer?: Tracer | undefined;
}

type Authorized = ReturnType<Sdk["withTenantToken"]>;
type Word = "create" | "reply" | "patch" | "upload" | "bot";

type Asked = { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly failure: Failure };

// The SDK puts ids into paths as they are.
const chatId = /^oc_[A-Za-z0-9_-]{1,200}$/;
const messageId = /^om_[A-Za-z0-9_-]{1,200}$/;

const sentSchema = z.object({ data: z.object({ message_id: z.string().regex(messageId) }) });
const uploadedSchema = z.object({ data: z.object({ file_key: z.string().regex(/^[\w-]{1,200}$/) }) });
const botSchema = z.object({ bot: z.object({ open_id: z.string().regex(/^ou_[A-Za-z0-9_-]{1,200}$/) }) });

/** The SDK logs whole requests with what they carry; what failed is told by our own lines. */
const silent: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
};

export function createApi(options: ApiOptions): Api {
  const { appId, domain, http, tokens, clock, random, log, meter, tracer = noTracer } = options;
  const host = new URL(domain).host;

  let opening: Promise<{ readonly sdk: Sdk; readonly client: Client }> | undefined;

  /** Loads the SDK with the first call: that costs time and memory which only a running channel should pay. */
  async function open() {
    const sdk = loadSdk();
    const client = new sdk.Client({
      appId,
      // The SDK wants one, and needs none: it is given a token with each call, and does not look after tokens itself.
      appSecret: "not-used",
      disableTokenCache: true,
      cache: new sdk.DefaultCache(),
      domain,
      httpInstance: http,
      logger: silent,
      // The lowest level, fatal, is 0, which the SDK takes for "none given".
      loggerLevel: sdk.LoggerLevel.error,
    });
    return { sdk, client };
  }

  async function once(word: Word, call: (token: string) => Promise<unknown>): Promise<Asked> {
    const token = await tokens.get();
    if (!token.ok) {
      return token;
    }
    const began = clock.elapsed();
    const about = { "deskhand.call": word, "server.address": host } as const;
    const asked = await tracer.span("lark.call", about, async (span) => {
      const answer = await answerOf(() => call(token.token));
      conclude(span, answer.ok ? undefined : answer.failure.kind);
      return answer;
    });
    meter.observe("lark_call_duration_seconds", (clock.elapsed() - began) / 1_000, { call: word });
    meter.count("lark_calls", { call: word, outcome: asked.ok ? "ok" : asked.failure.kind });
    if (!asked.ok && asked.failure.kind === "token") {
      tokens.drop(token.token);
    }
    return asked;
  }

  async function insist(word: Word, call: (token: string) => Promise<unknown>): Promise<Asked> {
    const asked = await once(word, call);
    const again = !asked.ok && asked.failure.kind === "token" ? await once(word, call) : asked;
    if (!again.ok && again.failure.kind === "refused") {
      const { code, logId, sentence } = again.failure;
      log.error({ call: word, code, logId, reason: sentence }, "Lark refused a card.");
    }
    return again;
  }

  function ask(word: Word, call: (client: Client, authorized: Authorized) => Promise<unknown>): Promise<Asked> {
    return insist(word, async (token) => {
      opening ??= open();
      const { sdk, client } = await opening;
      return call(client, sdk.withTenantToken(token));
    });
  }

  return {
    async create(chat, content, uuid) {
      if (!chatId.test(chat)) {
        return { ok: false, failure: failureOf("parameter", "The chat has no id of Lark.") };
      }
      const data = { receive_id: chat, ...bodyOf(content), uuid };
      const params = { receive_id_type: "chat_id" as const };
      return sentOf(await ask("create", ({ im }, options) => im.v1.message.create({ params, data }, options)));
    },
    async reply(message, content, uuid, inThread) {
      if (!messageId.test(message)) {
        return { ok: false, failure: failureOf("parameter", "The message that is answered has no id of Lark.") };
      }
      const data = { ...bodyOf(content), uuid, ...(inThread ? { reply_in_thread: true } : {}) };
      const path = { message_id: message };
      return sentOf(await ask("reply", ({ im }, options) => im.v1.message.reply({ path, data }, options)));
    },
    async patch(message, content) {
      if (!messageId.test(message)) {
        return { ok: false, failure: failureOf("parameter", "The message that is changed has no id of Lark.") };
      }
      const payload = { path: { message_id: message }, data: { content } };
      const asked = await ask("patch", ({ im }, options) => im.v1.message.patch(payload, options));
      return asked.ok ? { ok: true, message } : asked;
    },
    async upload(file) {
      const failure = await unfit(file);
      if (failure !== undefined) {
        return { ok: false, failure };
      }
      const asked = await insist("upload", (token) => http.ask(uploadOf(file, domain, token, randomBoundary(random))));
      if (!asked.ok) {
        return asked;
      }
      const uploaded = uploadedSchema.safeParse(asked.body);
      return uploaded.success
        ? { ok: true, file: uploaded.data.data.file_key }
        : { ok: false, failure: failureOf("unavailable", "The platform did not say how it calls the file.") };
    },
    async botOpenId() {
      const request = { method: "GET", url: "/open-apis/bot/v3/info" };
      const asked = await ask("bot", (client, options) => client.request(request, options));
      const parsed = asked.ok ? botSchema.safeParse(asked.body) : undefined;
      if (parsed?.success === true) {
        return parsed.data.bot.open_id;
      }
      // That the app is refused was told when a token was asked for.
      if (asked.ok || asked.failure.kind !== "credentials") {
        const reason = asked.ok ? "The answer holds no open id." : asked.failure.sentence;
        log.warn({ reason }, "Lark does not say who the bot is; it is asked again until it does.");
      }
      return undefined;
    },
  };
}

async function answerOf(call: () => Promise<unknown>): Promise<Asked> {
  try {
    const body = await call();
    const failure = failureOfBody(body);
    return failure === undefined ? { ok: true, body } : { ok: false, failure };
  } catch (error) {
    return { ok: false, failure: failureOfThrown(error) };
  }
}

function bodyOf(content: Content): { readonly msg_type: "interactive" | "file"; readonly content: string } {
  return typeof content === "string"
    ? { msg_type: "interactive", content }
    : { msg_type: "file", content: JSON.stringify({ file_key: content.file }) };
}

function sentOf(asked: Asked): Called {
  if (!asked.ok) {
    return asked;
  }
  const sent = sentSchema.safeParse(asked.body);
  return sent.success
    ? { ok: true, message: sent.data.data.message_id }
    : { ok: false, failure: failureOf("unavailable", "The platform did not say which message it sent.") };
}
