import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { decodeFrame, encodeFrame } from "./pb-frame.ts";

/** What the tests know as secrets: they may turn up nowhere. */
export const secret = "s3cret-of-the-app";
export const ticket = "t1cket-of-the-socket";

/** An acknowledgement, as the platform reads it. */
export interface Ack {
  readonly headers: Readonly<Record<string, string>>;
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly code: number;
  /** The answer of the handler, decoded. */
  readonly data: unknown;
}

export interface EventOptions {
  readonly type?: string;
  readonly id?: string;
  readonly parts?: number;
  /** The order in which the parts are sent. */
  readonly order?: readonly number[];
}

/** The platform's end of one socket. */
export interface FakeConnection {
  sendEvent(envelope: object, options?: EventOptions): void;
  sendFrame(headers: Readonly<Record<string, string>>, payload: string | Uint8Array, method?: number): void;
  sendRaw(bytes: Uint8Array | string): void;
  /** Acknowledgements so far. */
  readonly acks: readonly Ack[];
  /** Moments of the pings so far (`performance.now`). */
  readonly pings: readonly number[];
  /** Breaks the connection without a word. */
  cut(): void;
  /** The code with which it was closed; undefined while it is open. */
  closed(): number | undefined;
}

/** How the fake behaves; tests change it while it runs. */
export interface Behaviour {
  /** What the endpoint answers; undefined: an address. */
  answer: { readonly status: number; readonly body: unknown } | undefined;
  clientConfig: unknown;
  /** What a ping is answered with; undefined: with nothing. */
  pong: string | undefined;
  /** How the handshake is answered: as usual, with a refusal, or never. */
  handshake: "open" | "silent" | { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  /** Called as a socket opens: what it sends leaves in one piece with the end of the handshake. */
  greet: ((connection: FakeConnection) => void) | undefined;
}

export interface FakeSocket extends Behaviour {
  readonly url: string;
  /** Questions to the endpoint so far. */
  asked(): number;
  readonly connections: readonly FakeConnection[];
  /** Sockets of handshakes and connections that are open now, and the most that ever were. */
  open(): number;
  mostOpen(): number;
  stop(): Promise<void>;
}

/** The endpoint of the long connection and its socket, on a free port of this machine. */
export async function startFakeSocket(): Promise<FakeSocket> {
  const connections: FakeConnection[] = [];
  const sockets = new Set<Duplex>();
  let asked = 0;
  let most = 0;

  const http = createServer((request, response) => {
    asked += 1;
    answerEndpoint(request, response, fake);
  });
  const upgrades = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    const { handshake } = fake;
    if (handshake === "silent") {
      socket.on("end", () => socket.end());
      socket.resume();
      return;
    }
    if (typeof handshake === "object") {
      const lines = Object.entries(handshake.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${handshake.status} No\r\n${lines.join("")}content-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    socket.cork();
    upgrades.handleUpgrade(request, socket, head, (ws) => {
      const connection = createConnection(ws, fake);
      connections.push(connection);
      fake.greet?.(connection);
    });
    socket.uncork();
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;

  const fake: FakeSocket = {
    url: `http://127.0.0.1:${port}`,
    answer: undefined,
    clientConfig: { ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30, PingInterval: 120 },
    pong: JSON.stringify({ PingInterval: 120, ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30 }),
    handshake: "open",
    greet: undefined,
    asked: () => asked,
    connections,
    open: () => sockets.size,
    mostOpen: () => most,
    async stop() {
      for (const socket of sockets) socket.destroy();
      upgrades.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return fake;
}

function answerEndpoint(request: IncomingMessage, response: ServerResponse, fake: FakeSocket): void {
  let text = "";
  request.on("data", (chunk) => {
    text += chunk;
  });
  request.on("end", () => {
    const body = request.url === "/callback/ws/endpoint" ? JSON.parse(text) : {};
    const wanted = fake.answer ?? {
      status: 200,
      body: body.AppSecret === secret ? granted(fake) : { code: 514, msg: "no" },
    };
    response.writeHead(wanted.status, { "content-type": "application/json" });
    response.end(JSON.stringify(wanted.body));
  });
}

function granted({ url, clientConfig }: FakeSocket): object {
  const address = `${url.replace("http", "ws")}/ws/v2?device_id=1&service_id=7&ticket=${ticket}`;
  return { code: 0, msg: "", data: { URL: address, ClientConfig: clientConfig } };
}

function createConnection(ws: WebSocket, behaviour: Behaviour): FakeConnection {
  const acks: Ack[] = [];
  const pings: number[] = [];
  let closed: number | undefined;
  const numbers = [3n, 2n ** 52n + 5n, 7n] as const;
  const sendFrame: FakeConnection["sendFrame"] = (headers, payload, method = 1) =>
    ws.send(encodeFrame({ method, headers, payload: Buffer.from(payload), numbers }));
  ws.on("error", () => undefined);
  ws.on("close", (code) => {
    closed = code;
  });
  ws.on("message", (bytes: Buffer) => {
    const frame = decodeFrame(bytes);
    if (frame.method === 0) {
      pings.push(performance.now());
      if (behaviour.pong !== undefined) sendFrame({ type: "pong" }, behaviour.pong, 0);
      return;
    }
    const { code, data } = JSON.parse(Buffer.from(frame.payload).toString());
    const decoded = data === undefined ? undefined : JSON.parse(Buffer.from(data, "base64").toString());
    acks.push({ headers: frame.headers, numbers: frame.numbers, code, data: decoded });
  });

  return {
    sendFrame,
    sendEvent(envelope, { type = "event", id = "m-1", parts = 1, order } = {}) {
      const bytes = Buffer.from(JSON.stringify(envelope));
      const size = Math.ceil(bytes.length / parts);
      for (const seq of order ?? Array.from({ length: parts }, (_, at) => at)) {
        const headers = { type, message_id: id, sum: String(parts), seq: String(seq), trace_id: "trace" };
        sendFrame(headers, bytes.subarray(seq * size, (seq + 1) * size));
      }
    },
    sendRaw: (bytes) => ws.send(bytes),
    acks,
    pings,
    cut: () => ws.terminate(),
    closed: () => closed,
  };
}

/** Waits until a condition holds, or what it gives is there; at most 5 s. */
export function until<Value>(condition: () => Value): Promise<NonNullable<Value>> {
  return vi.waitFor(
    () => {
      const value = condition();
      if (value === undefined || value === null || value === false) throw new Error(`still waiting: ${condition}`);
      return value;
    },
    { timeout: 5_000, interval: 3 },
  );
}
