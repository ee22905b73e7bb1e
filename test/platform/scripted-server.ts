import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  /** The parsed JSON; undefined where there is none. */
  readonly body: unknown;
  readonly bytes: Buffer;
}

export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly json?: unknown;
      readonly text?: string;
    }
  /** The connection is cut without an answer. */
  | "cut"
  /** No answer, until the server is closed. */
  | "hang";

export interface ScriptedServer {
  readonly url: string;
  /** All that arrived, requests for tokens left out. */
  readonly asked: readonly Asked[];
  /** How often a token was asked for. */
  readonly tokens: () => number;
  /** Connections that were made. */
  readonly connections: () => number;
  /** What is answered; `index` counts the requests that are no token's from 0. */
  answer(script: (asked: Asked, index: number) => Reply): void;
  /** What a request for a token is answered; counted from 1. */
  grant(script: (nth: number, asked: Asked) => Reply): void;
  close(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://server");
  const bytes = Buffer.concat(chunks);
  const { method = "", headers } = request;
  const isJson = bytes.length > 0 && headers["content-type"]?.startsWith("multipart/") !== true;
  const body: unknown = isJson ? JSON.parse(bytes.toString()) : undefined;
  return { method, path: pathname, query: Object.fromEntries(searchParams), headers, body, bytes };
}

function write(response: ServerResponse, reply: Reply): void {
  if (reply === "hang") return;
  if (reply === "cut") {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status = 200, headers = {}, json, text } = reply;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(text ?? JSON.stringify(json));
}

export interface Script {
  /** Where tokens are asked for. */
  readonly tokenPath: string;
  readonly answer: (asked: Asked, index: number) => Reply;
  readonly grant: (nth: number, asked: Asked) => Reply;
}

/** An HTTP server on the loopback that answers as a test says. */
export async function createScriptedServer({ tokenPath, ...script }: Script): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  let { answer, grant } = script;
  let tokens = 0;
  let connections = 0;
  const server = createServer(async (request, response) => {
    const one = await read(request);
    if (one.path === tokenPath) {
      tokens += 1;
      write(response, grant(tokens, one));
      return;
    }
    asked.push(one);
    write(response, answer(one, asked.length - 1));
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    tokens: () => tokens,
    connections: () => connections,
    answer(script) {
      answer = script;
    },
    grant(script) {
      grant = script;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
