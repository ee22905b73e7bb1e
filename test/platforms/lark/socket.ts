import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { append } from "../append.ts";
import { sameSecret } from "../secret.ts";
import type { ApiAnswer } from "../server.ts";
import type { Timers } from "../timers.ts";
import type { Carrier, Delivered } from "./carrier.ts";
import { type Connection, createConnection, disturbing, type Owner } from "./connection.ts";
import type { Envelope } from "./events.ts";
import type { Pong } from "./faults.ts";
import { type Frame, type Header, headerOf } from "./frames.ts";
import type { Settings } from "./options.ts";
import type { Records } from "./record.ts";

/** The long connections of the app. */
export interface Sockets extends Carrier {
  /** POST /callback/ws/endpoint. */
  endpoint(body: unknown): ApiAnswer;
  /** A request to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly connections: readonly Connection[];
  stop(): void;
}

interface Pending {
  readonly connection: Connection;
  readonly type: string;
  readonly resolve: (delivered: Delivered) => void;
  readonly settled: () => boolean;
}

const endpointBody = z.object({ AppID: z.string(), AppSecret: z.string() });
const acknowledgement = z.object({ code: z.number(), data: z.string().optional() });

/** Milliseconds for each second of the ping interval until a connection without any sign of life is dropped. */
const deadAfter = 2500;

/** Tickets that were given out and not used yet, at most. */
const ticketLimit = 1000;

export function createSockets(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly timers: Timers;
  readonly ids: (prefix: string) => string;
  readonly random: () => number;
  readonly host: () => string;
  readonly faults: { readonly pong: Pong; readonly reverseFragments: boolean };
  readonly changed: () => void;
}): Sockets {
  const { settings, records, timers, ids } = options;
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const tickets: string[] = [];
  const connections: Connection[] = [];
  const pending = new Map<string, Pending>();
  // Never the same twice, and unlike any other number here.
  let services = 33_554_000;
  let sequence = 0n;

  function pong(connection: Connection, ping: Frame): void {
    const payloads: Readonly<Record<Exclude<Pong, "withhold">, string>> = {
      answer: JSON.stringify(settings.clientConfig),
      rubbish: "\u0000\u0001 no json",
      "no-config": "{}",
    };
    const how = options.faults.pong;
    if (how === "withhold") return;
    const headers = [{ key: "type", value: "pong" }];
    connection.send({ ...ping, headers, payload: Buffer.from(payloads[how]) });
  }

  function readAnswer(frame: Frame, complain: (sentence: string) => void): { code: number; body: unknown } {
    try {
      const { code, data } = acknowledgement.parse(JSON.parse(Buffer.from(frame.payload ?? []).toString()));
      const body = data === undefined ? undefined : JSON.parse(Buffer.from(data, "base64").toString());
      return { code, body };
    } catch {
      complain("an acknowledgement whose payload is not { code, data? }");
      return { code: 500, body: undefined };
    }
  }

  function acknowledged(connection: Connection, frame: Frame): void {
    const id = headerOf(frame, "message_id") ?? "";
    if (id.startsWith(disturbing)) return;
    const waiting = pending.get(id);
    if (waiting === undefined) {
      records.complain(`an acknowledgement of the message ${id}, which was not delivered or was acknowledged before`);
      return;
    }
    if (waiting.connection !== connection)
      records.complain("an acknowledgement on another connection than the event's");
    if (headerOf(frame, "type") !== waiting.type)
      records.complain("an acknowledgement of another type than the event's");
    if (headerOf(frame, "biz_rt") === undefined) records.complain("an acknowledgement without biz_rt");
    pending.delete(id);
    const answer = readAnswer(frame, records.complain);
    // What comes too late was given up already: the platform has noted that, and so has the record.
    if (!waiting.settled()) waiting.resolve({ kind: "answered", ...answer, ms: 0 });
    options.changed();
  }

  const owner: Owner = {
    ping(connection, frame) {
      pong(connection, frame);
      options.changed();
    },
    data: acknowledged,
    // The platform too notices at last that nobody is there.
    dead: (connection) =>
      void timers.after(settings.clientConfig.PingInterval * deadAfter, () => connection.drop("reset")),
    complain: (sentence) => records.complain(`long connection: ${sentence}`),
    closed(connection) {
      connections.splice(connections.indexOf(connection), 1);
      for (const [id, waiting] of pending) {
        if (waiting.connection !== connection) continue;
        pending.delete(id);
        if (!waiting.settled()) waiting.resolve({ kind: "unreachable", reason: "the connection closed", ms: 0 });
      }
      options.changed();
    },
  };

  function framesOf(connection: Connection, messageId: string, type: string, payload: Buffer): readonly Frame[] {
    const size = settings.fragmentBytes > 0 ? settings.fragmentBytes : Math.max(payload.length, 1);
    const sum = Math.max(1, Math.ceil(payload.length / size));
    const trace = ids("");
    return Array.from({ length: sum }, (_, seq) => {
      sequence += 1n;
      const headers: readonly Header[] = [
        { key: "timestamp", value: String(settings.now()) },
        { key: "type", value: type },
        { key: "message_id", value: messageId },
        { key: "sum", value: String(sum) },
        { key: "seq", value: String(seq) },
        { key: "trace_id", value: trace },
        { key: "instance_id", value: "standin" },
      ];
      const part = payload.subarray(seq * size, (seq + 1) * size);
      return {
        seqId: sequence,
        logId: 7_000_000_000_000_000_000n + sequence,
        service: connection.serviceId,
        method: 1,
        headers,
        payload: part,
      };
    });
  }

  function post(connection: Connection, envelope: Envelope): Promise<Delivered> {
    const messageId = ids("");
    const type = envelope.header.event_type === "card.action.trigger" ? settings.cardFrameType : "event";
    const frames = framesOf(connection, messageId, type, Buffer.from(JSON.stringify(envelope)));
    const began = performance.now();
    return new Promise((resolve) => {
      let settled = false;
      const end = (delivered: Delivered): void => {
        settled = true;
        cancel();
        resolve({ ...delivered, ms: performance.now() - began });
      };
      const cancel = timers.after(settings.answerWithin, () => end({ kind: "silent", ms: 0 }));
      pending.set(messageId, { connection, type, resolve: end, settled: () => settled });
      if (pending.size > settings.keep) pending.delete(pending.keys().next().value ?? "");
      for (const frame of options.faults.reverseFragments ? frames.toReversed() : frames) connection.send(frame);
    });
  }

  /** Ends a handshake the way the platform does: its reasons stand in headers (constants of the SDK). */
  function refuse(socket: Duplex, status: number, headers: Readonly<Record<string, string>>): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.end(
      [
        "HTTP/1.1 403 Forbidden",
        "connection: close",
        "content-length: 0",
        `Handshake-Status: ${status}`,
        ...lines,
        "",
        "",
      ].join("\r\n"),
    );
  }

  return {
    connections,
    endpoint(body) {
      const told = (code: number, msg: string, blame?: string): ApiAnswer => ({
        status: 200,
        body: { code, msg, data: {} },
        blame: blame === undefined ? undefined : `endpoint: ${blame}`,
      });
      const read = endpointBody.safeParse(body);
      if (!read.success) return told(514, "auth failed", "the body is not { AppID, AppSecret }");
      const { AppID, AppSecret } = read.data;
      if (AppID !== settings.appId || !sameSecret(AppSecret, settings.appSecret)) return told(514, "auth failed");
      const { connections: limit } = settings.limits;
      if (limit > 0 && connections.length >= limit)
        return told(1000040343, "the number of connections exceeded the limit");
      const ticket = ids("");
      append(tickets, ticket, ticketLimit);
      services += 1;
      const query = new URLSearchParams({
        fpid: "493",
        aid: "552564",
        device_id: ids("").slice(12),
        access_key: ids(""),
        service_id: String(services),
        ticket,
      });
      return {
        status: 200,
        body: {
          code: 0,
          msg: "",
          data: { URL: `ws://${options.host()}/ws/v2?${query}`, ClientConfig: settings.clientConfig },
        },
      };
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? "/", "ws://standin");
      const ticket = url.searchParams.get("ticket") ?? "";
      const place = tickets.indexOf(ticket);
      if (url.pathname !== "/ws/v2" || place < 0) {
        records.complain(`long connection: ${url.pathname} with a ticket that was not given out, or was used before`);
        return refuse(socket, 514, { "Handshake-Msg": "auth failed", "Handshake-Autherrcode": "1000040346" });
      }
      tickets.splice(place, 1);
      const { connections: limit } = settings.limits;
      if (limit > 0 && connections.length >= limit) {
        return refuse(socket, 514, {
          "Handshake-Msg": "exceed connection limit",
          "Handshake-Autherrcode": "1000040350",
        });
      }
      server.handleUpgrade(request, socket, head, (client: WebSocket) => {
        connections.push(createConnection(client, url.searchParams, settings.now(), owner));
        options.changed();
      });
    },
    deliver(envelope) {
      const open = connections.filter((connection) => connection.open);
      const connection = open[Math.floor(options.random() * open.length)];
      if (connection === undefined) {
        return Promise.resolve({ kind: "unreachable", reason: "there is no connection", ms: 0 });
      }
      return post(connection, envelope);
    },
    stop() {
      for (const client of server.clients) client.terminate();
      server.close();
      for (const waiting of pending.values()) {
        if (!waiting.settled()) waiting.resolve({ kind: "unreachable", reason: "the stand-in was stopped", ms: 0 });
      }
      pending.clear();
    },
  };
}
