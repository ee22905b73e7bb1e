// The least that answers a message with Bolt over Socket Mode, set up as its own guide does: one listener, which says a
// ready-made message in the thread of the one it heard.
import { readFileSync } from "node:fs";
import { App, LogLevel } from "@slack/bolt";

const [url = "", appToken = "", token = "", cardFile = ""] = process.argv.slice(2);
const { text, blocks } = JSON.parse(readFileSync(cardFile, "utf8"));

const app = new App({
  appToken,
  token,
  socketMode: true,
  // Quiet as the other bots.
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: `${url}/api/` },
});
app.message(/^\/runtimes/, async ({ message, say }) => {
  await say({ text, blocks, thread_ts: message.ts });
});
process.on("SIGTERM", () => process.exit(0));
await app.start();
console.log("ready");
