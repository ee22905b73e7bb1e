import { DWClient, type DWClientDownStream } from "dingtalk-stream";
import { z } from "zod";
import { cardTopic, messageTopic } from "./frames.ts";
import { type FakeDingTalk, publicTemplate } from "./index.ts";

const opened = z.object({ endpoint: z.string(), ticket: z.string() });

/** The SDK's client, whose gateway is a constant, at a stand-in. */
export class StandinClient extends DWClient {
  readonly #fake: FakeDingTalk;

  constructor(fake: FakeDingTalk, secret = fake.clientSecret) {
    super({ clientId: fake.clientId, clientSecret: secret });
    this.#fake = fake;
    this.config.autoReconnect = false;
    this.config.subscriptions = [];
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, subscriptions } = this.config;
    const response = await fetch(`${this.#fake.url}/v1.0/gateway/connections/open`, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ clientId, clientSecret, ua: "test", subscriptions }),
    });
    const { endpoint, ticket } = opened.parse(await response.json());
    Reflect.set(this, "dw_url", `${endpoint}?ticket=${encodeURIComponent(ticket)}`);
    return this;
  }
}

type Handler = (frame: DWClientDownStream, client: StandinClient) => void;

/** Acknowledges, as a client that has nothing to say. */
export const acknowledge: Handler = ({ headers }, client) => client.socketCallBackResponse(headers.messageId, {});

/** Connects the SDK; what it hears goes to the handlers, which acknowledge by themselves. The caller disconnects it. */
export async function connectSdk(
  fake: FakeDingTalk,
  onMessage: Handler = acknowledge,
  onPress: Handler = acknowledge,
): Promise<StandinClient> {
  const client = new StandinClient(fake);
  client.registerCallbackListener(messageTopic, (frame) => onMessage(frame, client));
  client.registerCallbackListener(cardTopic, (frame) => onPress(frame, client));
  await client.connect();
  if (!client.connected) throw new Error("the SDK did not connect");
  return client;
}

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
