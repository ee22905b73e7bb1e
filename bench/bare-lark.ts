// The least that answers a message over Lark's SDK, to compare with: no parsing, no fleet, no store, one ready-made card.
import { readFileSync } from "node:fs";
import * as lark from "@larksuiteoapi/node-sdk";

const [domain = "", appId = "", appSecret = "", cardFile = ""] = process.argv.slice(2);
const content = readFileSync(cardFile, "utf8");
const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
const common = { appId, appSecret, domain, logger: quiet };
const client = new lark.Client({ ...common, cache: new lark.DefaultCache() });

const eventDispatcher = new lark.EventDispatcher({ logger: quiet }).register({
  "im.message.receive_v1": async ({ message }) => {
    // Not awaited: the event is acknowledged at once, as it should be.
    void client.im.v1.message.reply({
      path: { message_id: message.message_id },
      data: { msg_type: "interactive", content, uuid: message.message_id.slice(-50) },
    });
  },
});

new lark.WSClient({ ...common, onReady: () => console.log("ready") }).start({ eventDispatcher });
process.on("SIGTERM", () => process.exit(0));
