import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";
import type { FakeLark } from "./fake-lark.ts";
import { runLoad } from "./load.ts";

/** Lets another process make people write and press, and read what came of it. Loopback only. */
export interface Control {
  /** Resolves to the base URL. */
  start(port: number): Promise<string>;
  stop(): Promise<void>;
}

const chatType = z.enum(["p2p", "group", "topic_group"]).optional();
const writing = z.strictObject({
  chat: z.string(),
  chatType,
  user: z.string(),
  text: z.string(),
  mentions: z.array(z.literal(["bot", "all"])).optional(),
});
const press = z.strictObject({
  message: z.string(),
  user: z.string(),
  label: z.string().optional(),
  option: z.string().optional(),
  element: z.number().optional(),
});
const membership = z.strictObject({ chat: z.string(), user: z.string() });
const load = z.strictObject({
  messages: z.int().positive(),
  text: z.string(),
  chats: z.int().positive().optional(),
  outstanding: z.int().positive().optional(),
  perSecond: z.number().positive().optional(),
});

const bodyLimit = 1024 * 1024;

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > bodyLimit) throw new Error("the body is too long");
    chunks.push(bytes);
  }
  return size === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

/** POST /write, /press, /admit, /expel, /load with a JSON body; GET /sent, /state. */
export function createControl(fake: FakeLark): Control {
  const orders: Readonly<Record<string, (body: unknown) => unknown>> = {
    "POST /write": (body) => fake.write(writing.parse(body)),
    "POST /press": (body) => fake.press(press.parse(body)),
    "POST /admit": (body) => ({ eventId: fake.admit(membership.parse(body)) }),
    "POST /expel": (body) => ({ eventId: fake.expel(membership.parse(body)) }),
    "POST /load": (body) => runLoad(fake, load.parse(body)),
    "GET /sent": () => fake.sent,
    "GET /state": () => ({
      connections: fake.connections.length,
      sent: fake.sent.length,
      underWay: fake.underWay,
      lost: fake.lost,
      complaints: fake.complaints(),
    }),
  };
  const server = createServer(async (request, response) => {
    let status = 200;
    let body: unknown;
    try {
      const order = orders[`${request.method} ${request.url}`];
      if (order === undefined) throw new Error("there is no such order");
      body = await order(await readJson(request));
    } catch (error) {
      status = 400;
      body = { error: error instanceof Error ? error.message : "unknown" };
    }
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  return {
    start: (port) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          const address = server.address();
          resolve(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`);
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
