import { DWClient, type DWClientDownStream } from "dingtalk-stream";
import { z } from "zod";
import { cardTopic, messageTopic } from "./frames.ts";
import type { FakeDingTalk } from "./index.ts";

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
