import type { IncomingMessage, ServerResponse } from "node:http";
import type { WebSocket } from "ws";
import { endOf, type Handshake, type SocketEnd, type SocketServer, startSocketServer } from "../socket-server.ts";
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
export interface FakeConnection extends SocketEnd {
  sendEvent(envelope: object, options?: EventOptions): void;
  sendFrame(headers: Readonly<Record<string, string>>, payload: string | Uint8Array, method?: number): void;
  sendRaw(bytes: Uint8Array | string): void;
  /** Acknowledgements so far. */
  readonly acks: readonly Ack[];
  /** Moments of the pings so far (`performance.now`). */
  readonly pings: readonly number[];
}

/** How the fake behaves; tests change it while it runs. */
export interface Behaviour {
  /** What the endpoint answers; undefined: an address. */
  answer: { readonly status: number; readonly body: unknown } | undefined;
  clientConfig: unknown;
  /** What a ping is answered with; undefined: with nothing. */
  pong: string | undefined;
  handshake: Handshake;
  /** Called as a socket opens: what it sends leaves in one piece with the end of the handshake. */
  greet: ((connection: FakeConnection) => void) | undefined;
}

export interface FakeSocket extends Behaviour, SocketServer {
  /** Questions to the endpoint so far. */
  asked(): number;
  readonly connections: readonly FakeConnection[];
}

/** The endpoint of the long connection and its socket, on a free port of this machine. */
export async function startFakeSocket(): Promise<FakeSocket> {
  const connections: FakeConnection[] = [];
  let asked = 0;

  const server = await startSocketServer({
    answer(request, response) {
      asked += 1;
      answerEndpoint(request, response, fake);
    },
    handshake: () => fake.handshake,
    opened(ws) {
      const connection = createConnection(ws, fake);
      connections.push(connection);
      fake.greet?.(connection);
    },
  });

  const fake: FakeSocket = {
    ...server,
    answer: undefined,
    clientConfig: { ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30, PingInterval: 120 },
    pong: JSON.stringify({ PingInterval: 120, ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30 }),
    handshake: "open",
    greet: undefined,
    asked: () => asked,
    connections,
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
  const numbers = [3n, 2n ** 52n + 5n, 7n] as const;
  const sendFrame: FakeConnection["sendFrame"] = (headers, payload, method = 1) =>
    ws.send(encodeFrame({ method, headers, payload: Buffer.from(payload), numbers }));
  const end = endOf(ws);
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
    ...end,
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
  };
}
