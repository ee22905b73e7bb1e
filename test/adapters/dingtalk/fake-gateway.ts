import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { WebSocket } from "ws";
import { endOf, type Handshake, type SocketEnd, type SocketServer, startSocketServer } from "../socket-server.ts";

/** What the tests know as secrets: they may turn up nowhere. */
export const secret = "s3cret-of-the-app";
/** With everything in it that an address would break at. */
export const ticket = "t1cket+of/the=socket&ticket=x#y %25 é";

export const messageTopic = "/v1.0/im/bot/messages/get";
export const cardTopic = "/v1.0/card/instances/callback";

/** A question to the gateway. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** What the platform got on a socket: an acknowledgement, its `data` parsed. */
export interface Ack {
  readonly code: unknown;
  readonly message: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/** The platform's end of one socket. */
export interface FakeConnection extends SocketEnd {
  /** A frame of type CALLBACK with `data` as JSON text. */
  callback(topic: string, data: object, messageId?: string): void;
  system(topic: string, data: object): void;
  /** As it is, bytes as a binary frame. */
  raw(frame: string | Uint8Array): void;
  readonly acks: readonly Ack[];
  /** Pings so far. */
  pings(): number;
  /** Reads nothing any more, so that pings go unanswered. */
  freeze(): void;
  close(code: number): void;
}

type Answer =
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> }
  /** Never, until the fake stops. */
  | "hang";

/** How the fake behaves; tests change it while it runs. */
export interface Behaviour {
  /** What the gateway answers; undefined: an address. */
  answer: Answer | undefined;
  handshake: Handshake;
  /** Called as a socket opens: what it sends leaves in one piece with the end of the handshake. */
  greet: ((connection: FakeConnection) => void) | undefined;
}

export interface FakeGateway extends Behaviour, SocketServer {
  readonly asked: readonly Asked[];
  /** The tickets with which sockets were asked for. */
  readonly tickets: readonly (readonly string[])[];
  readonly connections: readonly FakeConnection[];
}

/** The gateway and its socket, on a free port of this machine. */
export async function startFakeGateway(): Promise<FakeGateway> {
  const asked: Asked[] = [];
  const tickets: (readonly string[])[] = [];
  const connections: FakeConnection[] = [];

  const server = await startSocketServer({
    async answer(request, response) {
      const one = await read(request);
      asked.push(one);
      answer(one, response, fake);
    },
    handshake({ url }) {
      tickets.push(new URL(url ?? "/", "http://fake").searchParams.getAll("ticket"));
      return fake.handshake;
    },
    opened(ws) {
      const connection = createConnection(ws);
      connections.push(connection);
      fake.greet?.(connection);
    },
  });

  const fake: FakeGateway = {
    ...server,
    answer: undefined,
    handshake: "open",
    greet: undefined,
    asked,
    tickets,
    connections,
  };
  return fake;
}

async function read(request: IncomingMessage): Promise<Asked> {
  let text = "";
  for await (const chunk of request) text += chunk;
  const { method = "", url = "", headers } = request;
  return { method, path: url, headers, body: JSON.parse(text) };
}

function answer({ body }: Asked, response: ServerResponse, fake: FakeGateway): void {
  if (fake.answer === "hang") return;
  if (fake.answer !== undefined) {
    response.writeHead(fake.answer.status, { "content-type": "application/json", ...fake.answer.headers });
    response.end(fake.answer.text);
    return;
  }
  const known = typeof body === "object" && body !== null && "clientSecret" in body && body.clientSecret === secret;
  const granted = { endpoint: `${fake.url.replace("http", "ws")}/connect`, ticket };
  const refused = { requestid: "R1", code: "authFailed", message: "鉴权失败" };
  response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
  response.end(JSON.stringify(known ? granted : refused));
}

function createConnection(ws: WebSocket): FakeConnection {
  const acks: Ack[] = [];
  let pings = 0;
  const end = endOf(ws);
  ws.on("ping", () => {
    pings += 1;
  });
  ws.on("message", (bytes: Buffer) => {
    const { data, ...rest } = JSON.parse(bytes.toString());
    acks.push({ ...rest, data: JSON.parse(data) });
  });
  const frame = (type: string, topic: string, data: object, messageId: string): void => {
    const headers = { appId: "a", connectionId: "c", contentType: "application/json", messageId, time: "1", topic };
    ws.send(JSON.stringify({ specVersion: "1.0", type, headers, data: JSON.stringify(data) }));
  };

  return {
    ...end,
    callback: (topic, data, messageId = "m-1") => frame("CALLBACK", topic, data, messageId),
    system: (topic, data) => frame("SYSTEM", topic, data, "s-1"),
    raw: (content) => ws.send(content),
    acks,
    pings: () => pings,
    freeze: () => ws.pause(),
    close: (code) => ws.close(code),
  };
}
