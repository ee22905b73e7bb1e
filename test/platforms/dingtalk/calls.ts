import { z } from "zod";
import { type FakeDingTalk, publicTemplate } from "./index.ts";

/** What an HTTP interface answered. */
export interface Answered {
  readonly status: number;
  readonly code: unknown;
  readonly body: Readonly<Record<string, unknown>>;
}

async function answered(response: Response): Promise<Answered> {
  const body = z.record(z.string(), z.unknown()).parse(await response.json());
  return { status: response.status, code: body.code ?? body.errcode, body };
}

/** Calls an HTTP interface with a JSON body. */
export async function call(
  fake: FakeDingTalk,
  route: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const [method = "", path = ""] = route.split(" ");
  const url = path.startsWith("http") ? path : `${fake.url}${path}`;
  const all = { "content-type": "application/json", ...headers };
  return answered(await fetch(url, { method, headers: all, body: JSON.stringify(body) }));
}

/** An access token. */
export async function tokenOf(fake: FakeDingTalk): Promise<string> {
  const body = { appKey: fake.clientId, appSecret: fake.clientSecret };
  const answer = await call(fake, "POST /v1.0/oauth2/accessToken", body);
  return z.string().parse(answer.body.accessToken);
}

/** Calls with a token. */
export async function callWithToken(fake: FakeDingTalk, route: string, body: unknown): Promise<Answered> {
  return call(fake, route, body, { "x-acs-dingtalk-access-token": await tokenOf(fake) });
}

/** Uploads a file. */
export async function upload(fake: FakeDingTalk, type: string, name: string, content: string): Promise<Answered> {
  const form = new FormData();
  form.append("media", new Blob([content]), name);
  const url = `${fake.url}/media/upload?access_token=${await tokenOf(fake)}&type=${type}`;
  return answered(await fetch(url, { method: "POST", body: form }));
}

/** Variables of a small card with two buttons. */
export function sampleParams(markdown = "**240** runtimes"): Record<string, string> {
  return {
    title: "Agent runtimes",
    markdown,
    tips: "",
    sys_full_json_obj: JSON.stringify({
      msgButtons: [
        { text: "Next →", color: "blue", id: "c.next", request: true, params: { id: "c.next" } },
        { text: "Refresh", color: "gray", id: "c.refresh", request: true, params: { id: "c.refresh" } },
        { text: "Help", color: "gray", url: "https://example.com/help" },
      ],
    }),
  };
}

/** A body that delivers a card to a group. */
export function sampleDelivery(fake: FakeDingTalk, outTrackId: string, chat: string, more: object = {}): object {
  return {
    outTrackId,
    cardTemplateId: publicTemplate,
    callbackType: "STREAM",
    userIdType: 1,
    openSpaceId: `dtv1.card//IM_GROUP.${chat}`,
    cardData: { cardParamMap: sampleParams() },
    imGroupOpenSpaceModel: { supportForward: false, lastMessageI18n: { ZH_CN: "运行时", EN_US: "runtimes" } },
    imGroupOpenDeliverModel: { robotCode: fake.robotCode },
    ...more,
  };
}

/** Delivers a small card to the group cid1==. */
export const deliver = (fake: FakeDingTalk, more: object = {}, id = "track-1"): Promise<Answered> =>
  callWithToken(fake, "POST /v1.0/card/instances/createAndDeliver", sampleDelivery(fake, id, "cid1==", more));

/** Changes the markdown of the card track-1. */
export const update = (fake: FakeDingTalk, more: object = {}): Promise<Answered> =>
  callWithToken(fake, "PUT /v1.0/card/instances", {
    outTrackId: "track-1",
    cardData: { cardParamMap: { markdown: "changed" } },
    cardUpdateOptions: { updateCardDataByKey: true },
    ...more,
  });

/** Sends a message to the group cid1==. */
export const sendToGroup = (fake: FakeDingTalk, msgKey: string, param: object, more: object = {}): Promise<Answered> =>
  callWithToken(fake, "POST /v1.0/robot/groupMessages/send", {
    robotCode: fake.robotCode,
    openConversationId: "cid1==",
    msgKey,
    msgParam: JSON.stringify(param),
    ...more,
  });

/** Sends a text to people. */
export const sendToPeople = (fake: FakeDingTalk, userIds: readonly string[]): Promise<Answered> =>
  callWithToken(fake, "POST /v1.0/robot/oToMessages/batchSend", {
    robotCode: fake.robotCode,
    userIds,
    msgKey: "sampleText",
    msgParam: JSON.stringify({ content: "hello" }),
  });
