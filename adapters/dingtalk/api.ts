import {
  type Body,
  clip,
  createRefusals,
  type Exchange,
  formBody,
  isFileOf,
  jsonBody,
  randomBoundary,
  uploadTime,
} from "../../src/platform/index.ts";
import { readCreated, readSent, readUpdated, readUploaded } from "./api-answers.ts";
import { apiLimits } from "./api-limits.ts";
import { type Asked, type AskOptions, type Call, createAsk, isOnce } from "./ask.ts";
import type { FailureKind } from "./codes.ts";
import { failureOf } from "./failure.ts";
import type { DingTalkLane } from "./pace.ts";
import {
  type CreateCard,
  createBody,
  isConversation,
  isOutTrack,
  isStaff,
  type MsgKey,
  updateBody,
} from "./requests.ts";

export type { Asked } from "./ask.ts";
export type { FailureKind } from "./codes.ts";
export type { CreateCard, MsgKey } from "./requests.ts";

/** A file that goes to the platform. */
export interface Upload {
  readonly type: "image" | "file";
  /** As people see it. */
  readonly name: string;
  readonly bytes: number;
  readonly content: { readonly path: string } | Uint8Array;
}

/**
 * The calls to DingTalk that this adapter makes. None rejects. What passes within seconds (limits, a platform that fails) is
 * waited for, 18 s in all, more for a large upload. Calls that have no key against doubles (`sendGroup`, `sendUser`,
 * `sendWebhook`) are made again only where the platform surely did not take them: see `maybeSent` of the failure.
 */
export interface Api {
  /**
   * Makes a card and delivers it. One that was made before under the same outTrackId is taken for this one; one that was made
   * and not delivered is a failure, and its outTrackId is used up.
   */
  createCard(request: CreateCard): Promise<Asked<{ readonly outTrackId: string }>>;
  /** Changes variables of a card for everyone; those that are not named stay. */
  updateCard(outTrackId: string, params: Readonly<Record<string, string>>): Promise<Asked<undefined>>;
  /** A message in a group. */
  sendGroup(conversationId: string, key: MsgKey, param: object): Promise<Asked<undefined>>;
  /** A message to one person. */
  sendUser(staffId: string, key: MsgKey, param: object): Promise<Asked<undefined>>;
  /** A message through the session webhook of a chat: without a token, and free. The address is secret. */
  sendWebhook(url: string, body: object): Promise<Asked<undefined>>;
  /** Uploads a picture or a file; resolves with its media id. */
  upload(file: Upload): Promise<Asked<string>>;
}

export interface RunningApi extends Api {
  /** Gives up what is under way, and whatever comes later. */
  stop(): void;
}

export interface ApiOptions extends AskOptions {
  readonly clientId: string;
  /** Empty: the client id. */
  readonly robotCode: string;
  /** Empty: the public template. */
  readonly cardTemplateId: string;
  /** Base URLs of the API and of the older one, without a slash at their ends. */
  readonly apiBase: string;
  readonly oapiBase: string;
}

export function createApi(options: ApiOptions): RunningApi {
  const { apiBase, oapiBase, cardTemplateId, random } = options;
  const robotCode = options.robotCode === "" ? options.clientId : options.robotCode;
  const { ask, stop } = createAsk(options);
  const refuse = createRefusals({
    ...options,
    messages: refusals,
    count: (reason) => options.meter.count("dingtalk_refused", { reason }),
  });

  /** A call to the newer API. */
  function call<Value>(
    lane: DingTalkLane,
    [method, path]: Endpoint,
    body: Body,
    read: (data: unknown) => Asked<Value>,
  ): Promise<Asked<Value>> {
    const url = new URL(`${apiBase}${path}`);
    const exchange = (token: string): Exchange => ({
      ...{ url, method, body, once: isOnce(lane) },
      headers: { accept: "application/json", "x-acs-dingtalk-access-token": token },
    });
    return ask({ lane, dialect: "call", exchange, read });
  }

  /** A robot message. @param receiver whom it is for, in the words of the call */
  async function message(lane: DingTalkLane, endpoint: Endpoint, receiver: object, msgKey: MsgKey, param: object) {
    const msgParam = JSON.stringify(param);
    if (Buffer.byteLength(msgParam) > apiLimits.msgParamBytes) {
      return failed("too-long", "The message is too long for DingTalk.");
    }
    return call(lane, endpoint, jsonBody({ robotCode, ...receiver, msgKey, msgParam }), readSent);
  }

  function noChat(id: string): Asked<never> {
    refuse("chatId", { chat: clip(id, 100) });
    return failed("parameter", "The chat has no id of DingTalk.");
  }

  function noPerson(id: string): Asked<never> {
    refuse("personId", { person: clip(id, 100) });
    return failed("user", "The person has no id by which DingTalk could be asked to write to them.");
  }

  return {
    async createCard(request) {
      const { outTrackId, to } = request;
      if (!isOutTrack(outTrackId)) return failed("parameter", "The card has no id that DingTalk would take.");
      if (to.kind === "group" && !isConversation(to.conversationId)) return noChat(to.conversationId);
      if (to.kind === "single" && !isStaff(to.staffId)) return noPerson(to.staffId);
      const lane = { api: "create", key: to.kind === "group" ? to.conversationId : to.staffId } as const;
      const body = jsonBody(createBody(request, { robotCode, cardTemplateId }));
      const asked = await call(lane, endpoints.create, body, readCreated);
      return asked.ok || asked.failure.kind === "exists" ? { ok: true, value: { outTrackId } } : asked;
    },
    async updateCard(outTrackId, params) {
      if (!isOutTrack(outTrackId)) return failed("missing-card", "DingTalk has no card of this id.");
      const lane = { api: "update", key: outTrackId } as const;
      return call(lane, endpoints.update, jsonBody(updateBody(outTrackId, params)), readUpdated);
    },
    async sendGroup(conversationId, key, param) {
      if (!isConversation(conversationId)) return noChat(conversationId);
      const receiver = { openConversationId: conversationId };
      return message({ api: "group", key: conversationId }, endpoints.group, receiver, key, param);
    },
    async sendUser(staffId, key, param) {
      if (!isStaff(staffId)) return noPerson(staffId);
      return message({ api: "user", key: staffId }, endpoints.user, { userIds: [staffId] }, key, param);
    },
    async sendWebhook(address, content) {
      const body = jsonBody(content);
      if (body.bytes > apiLimits.webhookBytes) return failed("too-long", "The message is too long for DingTalk.");
      if (!URL.canParse(address)) return failed("parameter", "The session of the chat has no address.");
      return ask(webhookCall(new URL(address), body));
    },
    async upload(file) {
      return (await unfit(file)) ?? ask(uploadCall(file, oapiBase, random));
    },
    stop,
  };
}

const refusals = {
  chatId: "DingTalk cannot be asked to write to a chat of this id: only its session webhook is used.",
  personId: "DingTalk cannot be asked to write to a person of this id: only their session webhook is used.",
} as const;

type Endpoint = readonly [method: string, path: string];

const endpoints = {
  create: ["POST", "/v1.0/card/instances/createAndDeliver"],
  update: ["PUT", "/v1.0/card/instances"],
  group: ["POST", "/v1.0/robot/groupMessages/send"],
  user: ["POST", "/v1.0/robot/oToMessages/batchSend"],
} as const satisfies Readonly<Record<string, Endpoint>>;

function webhookCall(url: URL, body: Body): Call<undefined> {
  return {
    lane: { api: "webhook", key: url.href },
    dialect: "old",
    free: true,
    exchange: () => ({ url, method: "POST", headers: { accept: "application/json" }, body, once: true }),
    read: () => ({ ok: true, value: undefined }),
  };
}

function uploadCall(file: Upload, oapiBase: string, random: () => number): Call<string> {
  const { type, name, bytes, content } = file;
  const part = {
    ...{ field: "media", name, bytes, content },
    type: type === "image" ? "image/png" : "application/octet-stream",
  };
  return {
    // Of no chat: one picture can be shown in many.
    lane: { api: "upload", key: `${type} ${name}` },
    dialect: "old",
    time: uploadTime(bytes),
    exchange(token) {
      const url = new URL(`${oapiBase}/media/upload`);
      url.searchParams.set("access_token", token);
      url.searchParams.set("type", type);
      return { url, method: "POST", body: formBody({}, part, randomBoundary(random)) };
    },
    read: readUploaded,
  };
}

/** Why a file cannot be uploaded, whatever the platform says; undefined when it can be. */
async function unfit({ bytes, content }: Upload): Promise<Asked<never> | undefined> {
  if (bytes > apiLimits.fileBytes) {
    return failed("too-long", `The file is larger than the ${apiLimits.fileBytes} bytes that DingTalk takes.`);
  }
  if (bytes === 0) {
    return failed("parameter", "The file is empty.");
  }
  const asSaid = content instanceof Uint8Array ? content.length === bytes : await isFileOf(content.path, bytes);
  return asSaid ? undefined : failed("parameter", "The file is gone, or has changed since it was written.");
}

function failed(kind: FailureKind, words: string): Asked<never> {
  return { ok: false, failure: failureOf(kind, words) };
}
