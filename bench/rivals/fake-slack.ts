import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { append } from "../../test/platforms/append.ts";
import { createRandom } from "../../test/platforms/random.ts";
import { type ApiAnswer, type Call, createServer } from "../../test/platforms/server.ts";
import { createTimers } from "../../test/platforms/timers.ts";

/** As much of Slack as a bot over Socket Mode needs to hear a message and to answer in its thread. */
export interface FakeSlack {
  start(): Promise<void>;
  /** Closes every connection at once. */
  stop(): Promise<void>;
  /** Base URL, without a slash at the end. Known from `start` on. */
  readonly url: string;
  readonly appToken: string;
  readonly botToken: string;
  /** Open connections. */
  readonly connections: number;
  /** Somebody writes; gives the id of the message. */
  write(writing: { readonly chat: string; readonly user: string; readonly text: string }): string;
  /** Called at once with the message that each message of the bot answers. */
  watch(listener: (answered: string) => void): void;
}

/** A message of the bot. */
const posting = z.object({
  channel: z.string(),
  blocks: z.string(),
  thread_ts: z.string(),
  token: z.string().optional(),
});
const acknowledgement = z.object({ envelope_id: z.string() });

const team = "T0123456789";
const app = "A0123456789";
const bot = { user: "U0123456789", id: "B0123456789" };

/** Messages that are remembered. */
const keep = 100_000;

export function createFakeSlack(): FakeSlack {
  const [appToken, botToken] = ["xapp-of-the-benchmark", "xoxb-of-the-benchmark"];
  const timers = createTimers();
  const random = createRandom(1);
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const open: WebSocket[] = [];
  const pending = new Set<string>();
  const sent: object[] = [];
  const listeners: ((answered: string) => void)[] = [];
  let port = 0;
  let count = 0;

  function nextTime(): string {
    count += 1;
    return `${Math.floor(Date.now() / 1_000)}.${String(count).padStart(6, "0")}`;
  }

  function post(call: Call): ApiAnswer {
    const { channel, blocks, thread_ts } = posting.parse(Object.fromEntries(new URLSearchParams(call.body.toString())));
    const message = {
      type: "message",
      ts: nextTime(),
      thread_ts,
      user: bot.user,
      bot_id: bot.id,
      blocks: JSON.parse(blocks),
    };
    append(sent, message, keep);
    for (const listener of listeners) listener(thread_ts);
    return answer({ channel, ts: message.ts, message });
  }

  const answer = (body: object): ApiAnswer => ({ status: 200, body: { ok: true, ...body } });

  const server = createServer({
    timers,
    fault: () => undefined,
    note: () => undefined,
    work(call) {
      switch (call.path) {
        case "/api/auth.test":
          return answer({
            url: "https://example.slack.com/",
            team,
            user: "bot",
            team_id: team,
            user_id: bot.user,
            bot_id: bot.id,
          });
        case "/api/apps.connections.open":
          return answer({ url: `ws://127.0.0.1:${port}/link` });
        case "/api/chat.postMessage":
          return post(call);
        default:
          return { status: 200, body: { ok: false, error: "unknown_method" } };
      }
    },
    upgrade(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (client) => {
        open.push(client);
        client.on("message", (data) => pending.delete(acknowledgement.parse(JSON.parse(data.toString())).envelope_id));
        client.on("error", () => {});
        client.on("close", () => open.splice(open.indexOf(client), 1));
        client.send(JSON.stringify({ type: "hello", num_connections: open.length, connection_info: { app_id: app } }));
      });
    },
  });

  return {
    ...{ appToken, botToken },
    async start() {
      port = await server.start(0);
    },
    stop() {
      timers.stop();
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      return server.stop();
    },
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get connections() {
      return open.length;
    },
    write({ chat, user, text }) {
      const ts = nextTime();
      const envelope = envelopeOf(
        { type: "message", channel_type: "channel", channel: chat, user, text, ts, team },
        ts,
      );
      pending.add(envelope.envelope_id);
      open[Math.floor(random() * open.length)]?.send(JSON.stringify(envelope));
      return ts;
    },
    watch: (listener) => void listeners.push(listener),
  };
}

function envelopeOf(event: object, ts: string) {
  const authorization = {
    enterprise_id: null,
    team_id: team,
    user_id: bot.user,
    is_bot: true,
    is_enterprise_install: false,
  };
  return {
    envelope_id: `envelope-${ts}`,
    type: "events_api",
    accepts_response_payload: false,
    retry_attempt: 0,
    retry_reason: "",
    payload: {
      type: "event_callback",
      team_id: team,
      api_app_id: app,
      event: { ...event, event_ts: ts },
      event_id: `Ev${ts}`,
      event_time: Math.floor(Number(ts)),
      authorizations: [authorization],
      is_ext_shared_channel: false,
    },
  };
}
