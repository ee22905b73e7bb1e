import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import type { WireFault } from "./faults.ts";
import type { Timers } from "./timers.ts";

/** A request whose body has been read. */
export interface Call {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a platform answers to one request. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What the client did wrong, when it was the client: it becomes a complaint. */
  readonly blame?: string | undefined;
}

/** The wire of a stand-in. */
export interface Server {
  /** Resolves to the port. Rejects with the operating system's error. */
  start(port: number): Promise<number>;
  /** Closes every connection at once. */
  stop(): Promise<void>;
}

type Held = Extract<WireFault, { kind: "held" }>;

/** Bytes of a body: the largest file and what its form adds. */
const bodyLimit = 32 * 1024 * 1024;

/** Hands over the body, or undefined when it was too long or its sender went. */
function readBody(request: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  });
  request.on("end", () => done(size <= bodyLimit ? Buffer.concat(chunks) : undefined));
  // A client that goes in the middle is its own business.
  request.on("error", () => {});
}

function callOf(request: IncomingMessage, body: Buffer): Call {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: request.method ?? "",
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)),
    headers: request.headers,
    body,
  };
}

/** Serves HTTP on the loopback, with whatever is to go wrong. */
export function createServer(options: {
  readonly timers: Timers;
  /** The right answer, with everything done that it says. */
  readonly work: (call: Call) => ApiAnswer;
  /** What goes wrong with a request; it is asked once for each. */
  readonly fault: (call: Call) => WireFault | undefined;
  /** Told of each request when its answer goes out; undefined when none does. */
  readonly note: (call: Call, answer: ApiAnswer | undefined) => void;
  /** Headers of every answer. */
  readonly headers?: (() => Readonly<Record<string, string>>) | undefined;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}): Server {
  const { timers, note, work } = options;

  function send(call: Call, response: ServerResponse, answer: ApiAnswer, truncated = false): void {
    const isText = typeof answer.body === "string";
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    note(call, answer);
    if (response.destroyed) return;
    response.writeHead(answer.status, {
      "content-type": isText ? "text/plain" : "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      ...options.headers?.(),
      ...answer.headers,
    });
    if (truncated) response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
    else response.end(text);
  }

  function fail(call: Call, response: ServerResponse, fault: WireFault): void {
    switch (fault.kind) {
      case "answer":
        send(call, response, { status: fault.status, body: fault.body ?? "", headers: fault.headers });
        break;
      case "hang":
        note(call, undefined);
        break;
      case "reset":
        note(call, undefined);
        response.socket?.resetAndDestroy();
        break;
      case "cut":
        work(call);
        note(call, undefined);
        response.socket?.destroy();
        break;
      case "truncated":
        send(call, response, work(call), true);
        break;
      case "delay":
        timers.after(fault.ms, () => send(call, response, work(call)));
        break;
      case "held":
        void hold(call, response, fault);
    }
  }

  async function hold(call: Call, response: ServerResponse, { gate, done }: Held): Promise<void> {
    const answer = done ? work(call) : undefined;
    await gate.pass();
    if (answer !== undefined || !response.destroyed) send(call, response, answer ?? work(call));
  }

  // Longer than a client pauses: a connection that closes under its next request would look like a fault.
  const http = createHttpServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    response.on("error", () => {});
    readBody(request, (body) => {
      const call = callOf(request, body ?? Buffer.alloc(0));
      if (body === undefined) return send(call, response, { status: 413, body: "" });
      const fault = options.fault(call);
      if (fault === undefined) send(call, response, work(call));
      else fail(call, response, fault);
    });
  });
  http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => {});
    options.upgrade(request, socket, head);
  });

  return {
    start: (port) =>
      new Promise((resolve, reject) => {
        http.once("error", reject);
        http.listen(port, "127.0.0.1", () => {
          http.off("error", reject);
          const address = http.address();
          resolve(typeof address === "object" && address !== null ? address.port : port);
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
