// The least that answers a message with Hubot: its robot as `hubot` makes it, one listener, and a small adapter over
// Lark's SDK, as there is none that is kept. The card is ready-made; Hubot's strings carry it as it is.
import { readFileSync } from "node:fs";
import * as lark from "@larksuiteoapi/node-sdk";
import { Adapter, Robot, TextMessage } from "hubot";

const [domain = "", appId = "", appSecret = "", cardFile = ""] = process.argv.slice(2);
const card = readFileSync(cardFile, "utf8");
const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
const common = { appId, appSecret, domain, logger: quiet };

class LarkAdapter extends Adapter {
  client = new lark.Client({ ...common, cache: new lark.DefaultCache() });

  async reply({ message }, content) {
    await this.client.im.v1.message.reply({
      path: { message_id: message.id },
      data: { msg_type: "interactive", content, uuid: message.id.slice(-50) },
    });
  }

  async run() {
    const eventDispatcher = new lark.EventDispatcher({ logger: quiet }).register({
      "im.message.receive_v1": async ({ sender, message }) => {
        const user = this.robot.brain.userForId(sender.sender_id.open_id, { room: message.chat_id });
        // Not awaited: the event is acknowledged at once, as it should be.
        void this.receive(new TextMessage(user, JSON.parse(message.content).text, message.message_id));
      },
    });
    const socket = new lark.WSClient({
      ...common,
      onReady: () => {
        this.emit("connected");
        console.log("ready");
      },
    });
    socket.start({ eventDispatcher });
  }
}

// Its HTTP server is on unless it is turned off, on a port of its own.
process.env.EXPRESS_PORT = "0";
process.env.EXPRESS_BIND_ADDRESS = "127.0.0.1";
process.env.HUBOT_LOG_LEVEL = "error";
const robot = new Robot({ use: async (robot) => new LarkAdapter(robot) }, true, "hubot");
await robot.loadAdapter();
robot.hear(/^\/runtimes/, async (response) => response.reply(card));
process.on("SIGTERM", () => process.exit(0));
await robot.run();
