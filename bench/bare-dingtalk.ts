// The least that answers a message over DingTalk's SDK, to compare with: no parsing, no fleet, no store, one ready-made card.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { DWClient, TOPIC_ROBOT } from "dingtalk-stream";

const [apiBase = "", clientId = "", clientSecret = "", cardFile = ""] = process.argv.slice(2);
const card = JSON.parse(readFileSync(cardFile, "utf8"));

async function call(path: string, body: object, headers = {}) {
  const response = await fetch(`${apiBase}${path}`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return response.json();
}

/** The SDK's client knows no other gateway than the public one. */
class Client extends DWClient {
  override async getEndpoint(): Promise<this> {
    const { subscriptions } = this.config;
    const { endpoint, ticket } = await call("/v1.0/gateway/connections/open", {
      clientId,
      clientSecret,
      subscriptions,
    });
    Reflect.set(this, "dw_url", `${endpoint}?ticket=${encodeURIComponent(ticket)}`);
    return this;
  }
}

const token = await call("/v1.0/oauth2/accessToken", { appKey: clientId, appSecret: clientSecret });
const headers = { "x-acs-dingtalk-access-token": token.accessToken };
const client = new Client({ clientId, clientSecret });
client.config.subscriptions = [];
client.registerCallbackListener(TOPIC_ROBOT, (frame) => {
  client.socketCallBackResponse(frame.headers.messageId, {});
  const { conversationId, robotCode } = JSON.parse(frame.data);
  void call(
    "/v1.0/card/instances/createAndDeliver",
    {
      ...card,
      outTrackId: randomUUID(),
      openSpaceId: `dtv1.card//IM_GROUP.${conversationId}`,
      imGroupOpenSpaceModel: { supportForward: false },
      imGroupOpenDeliverModel: { robotCode },
    },
    headers,
  );
});
await client.connect();
process.on("SIGTERM", () => process.exit(0));
