import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";
import type { StandIn } from "./stand-in.ts";

/** Lets another process make people do things at a stand-in, and read what came of it. Loopback only. */
export interface Control {
  /** Resolves to the base URL. */
  start(port: number): Promise<string>;
  stop(): Promise<void>;
}

/** What can be asked for, by method and path: "POST /write". What it gives, or resolves to, is answered as JSON. */
export type Commands = Readonly<Record<string, (body: unknown) => unknown>>;

/** The body of "POST /load" at every stand-in. */
export const loadOrder = z.strictObject({
  messages: z.int().positive(),
  text: z.string(),
  chats: z.int().positive().optional(),
  outstanding: z.int().positive().optional(),
  perSecond: z.number().positive().optional(),
});

/** What stands in the answer to "GET /state" at every stand-in. */
export const stateOf = (
  fake: StandIn & {
    readonly connections: readonly unknown[];
    readonly sent: readonly unknown[];
    readonly underWay: number;
    readonly lost: readonly string[];
  },
) => ({
  connections: fake.connections.length,
  sent: fake.sent.length,
  underWay: fake.underWay,
  lost: fake.lost,
  complaints: fake.complaints(),
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

/** Serves commands over HTTP with JSON bodies; what a command throws becomes a 400 with an `error`. */
export function createControlServer(commands: Commands): Control {
  const server = createServer(async (request, response) => {
    let status = 200;
    let body: unknown;
    try {
      const command = commands[`${request.method} ${request.url}`];
      if (command === undefined) throw new Error("there is no such order");
      body = await command(await readJson(request));
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
