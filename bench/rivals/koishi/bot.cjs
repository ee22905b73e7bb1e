// The least that answers a message with Koishi and its own adapter for Lark, over the long connection: a middleware
// before all others, no database, no commands, no console. The card is ready-made, and Koishi's elements cannot carry
// one as it is, so it goes through the adapter's own client of the platform, which is also its shortest way.
// CommonJS, since the adapter is: as a module this would load the core of Koishi twice.
const { readFileSync } = require("node:fs");
const { HTTP } = require("@koishijs/plugin-http");
const { LarkBot } = require("@satorijs/adapter-lark");
const { Context, Logger } = require("koishi");

const [url = "", appId = "", appSecret = "", cardFile = ""] = process.argv.slice(2);
const content = readFileSync(cardFile, "utf8");

// Quiet as the other bots: by default the adapter prints each event.
Logger.levels.base = Logger.ERROR;

const app = new Context();
app.plugin(HTTP);
app.plugin(LarkBot, { platform: "lark", protocol: "ws", appId, appSecret, endpoint: `${url}/open-apis` });
app.middleware(async ({ bot, messageId }) => {
  await bot.internal.im.message.reply(messageId, { msg_type: "interactive", content });
}, true);
app.start();

// The adapter is "online" from its first token on, but listens only when it has read who it is.
const look = setInterval(() => {
  if (app.bots[0]?.selfId) {
    clearInterval(look);
    setImmediate(() => console.log("ready"));
  }
}, 10);

process.on("SIGTERM", () => process.exit(0));
