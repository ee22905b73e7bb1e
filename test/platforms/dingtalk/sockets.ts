import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { parseJson } from "../json.ts";
import type { Timers } from "../timers.ts";
import { type Connection, createConnection, type Owner, type Reply } from "./connection.ts";
import type { Faults } from "./faults.ts";
import { disturbing } from "./frames.ts";
import type { Gateway } from "./gateway.ts";
import type { Settings } from "./options.ts";
import type { Records } from "./record.ts";

/** What came of one frame. */
export type Delivered = { readonly messageId: string; readonly connection: string | undefined; readonly ms: number } & (
  | { readonly kind: "answered"; readonly code: number; readonly data: string | undefined }
  /** Nothing came in time. */
  | { readonly kind: "silent" }
  /** There was nobody to deliver to, or the connection went. */
  | { readonly kind: "unreachable"; readonly reason: string }
);
type Outcome =
  | { readonly kind: "answered"; readonly code: number; readonly data: string | undefined }
  | { readonly kind: "silent" }
  | { readonly kind: "unreachable"; readonly reason: string };

/** The sockets of the app; each frame goes to one of them, in turn. */
export interface Sockets {
  /** A request to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly connections: readonly Connection[];
  /** Requests to become a WebSocket that were left hanging and are not given up. */
  readonly hanging: number;
  /** Frames that were pushed, without those of the system. */
  readonly pushes: number;
  /** Sends a callback and waits so many milliseconds for what is said to it. Never rejects. */
  post(topic: string, data: string, within: number): Promise<Delivered>;
  stop(): void;
}

interface Pending {
  readonly connection: Connection;
  /** Does nothing when it has ended already. */
  readonly end: (outcome: Outcome) => void;
  readonly ended: () => boolean;
}

export function createSockets(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly timers: Timers;
  readonly ids: (prefix: string) => string;
  readonly gateway: Gateway;
  readonly faults: Pick<Faults, "sockets" | "delayReplies">;
  readonly changed: () => void;
}): Sockets {
  const { settings, records, timers, ids, changed, faults } = options;
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const connections: Connection[] = [];
  const pending = new Map<string, Pending>();
  const hanging = new Set<Duplex>();
  let turn = 0;
  let pushes = 0;

  function acknowledged(connection: Connection, { messageId, code, data }: Reply): void {
    const waiting = pending.get(messageId);
    if (waiting === undefined) {
      records.complain(`stream: an acknowledgement of ${messageId}, which was not sent or was acknowledged before`);
      return;
    }
    if (waiting.connection !== connection) {
      records.complain("stream: an acknowledgement on another socket than the frame's");
      return;
    }
    if (parseJson(data) === undefined) records.complain("stream: an acknowledgement whose data is no JSON text");
    pending.delete(messageId);
    waiting.end({ kind: "answered", code, data });
  }

  const owner: Owner = {
    reply(connection, reply) {
      const known = reply.messageId.startsWith(disturbing) || reply.messageId.startsWith("ping");
      if (!known) acknowledged(connection, reply);
      changed();
    },
    pinged: changed,
    complain: (sentence) => records.complain(`stream: ${sentence}`),
    closed(connection) {
      connections.splice(connections.indexOf(connection), 1);
      for (const [id, waiting] of pending) {
        if (waiting.connection !== connection) continue;
        pending.delete(id);
        waiting.end({ kind: "unreachable", reason: "the socket closed" });
      }
      changed();
    },
  };

  /** What ended long ago is kept for late acknowledgements, as long as there is room. */
  function prune(): void {
    if (pending.size <= settings.keep) return;
    for (const [id, { ended }] of pending) {
      if (ended()) pending.delete(id);
      if (pending.size <= settings.keep) return;
    }
  }

  function send(connection: Connection, topic: string, data: string, within: number): Promise<Delivered> {
    const messageId = ids("msg");
    const began = performance.now();
    const { promise, resolve } = Promise.withResolvers<Delivered>();
    let ended = false;
    const end = (outcome: Outcome): void => {
      if (ended) return;
      ended = true;
      cancel();
      resolve({ ...outcome, messageId, connection: connection.id, ms: performance.now() - began });
    };
    const cancel = timers.after(within, () => end({ kind: "silent" }));
    pending.set(messageId, { connection, end, ended: () => ended });
    prune();
    pushes += 1;
    connection.send({ type: "CALLBACK", topic, messageId, data });
    changed();
    return promise;
  }

  function refuse(socket: Duplex, status: string): void {
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  }

  return {
    connections,
    get hanging() {
      return hanging.size;
    },
    get pushes() {
      return pushes;
    },
    upgrade(request, socket, head) {
      if (faults.sockets === "refuse") return refuse(socket, "503 Service Unavailable");
      if (faults.sockets === "hang") {
        hanging.add(socket);
        changed();
        socket.once("close", () => {
          hanging.delete(socket);
          changed();
        });
        // Without a reader it would not be seen that the client has gone.
        socket.once("end", () => socket.destroy()).resume();
        return;
      }
      const url = new URL(request.url ?? "/", "ws://standin");
      const topics =
        url.pathname === "/connect" ? options.gateway.take(url.searchParams.get("ticket") ?? "") : undefined;
      if (topics === undefined) {
        records.complain(`stream: ${url.pathname} with a ticket that was not given out, or was used, or is too old`);
        return refuse(socket, "401 Unauthorized");
      }
      server.handleUpgrade(request, socket, head, (client: WebSocket) => {
        connections.push(createConnection({ socket: client, settings, timers, ids, topics, owner, faults }));
        changed();
      });
    },
    post(topic, data, within) {
      const open = connections.filter(
        (connection) => connection.open && !connection.leaving && connection.topics.includes(topic),
      );
      const connection = open[turn % open.length];
      turn += 1;
      if (connection !== undefined) return send(connection, topic, data, within);
      const reason = "there is no socket";
      return Promise.resolve({ kind: "unreachable", reason, messageId: "", connection: undefined, ms: 0 });
    },
    stop() {
      for (const client of server.clients) client.terminate();
      for (const socket of hanging) socket.destroy();
      server.close();
      for (const { end } of pending.values()) end({ kind: "unreachable", reason: "the stand-in was stopped" });
      pending.clear();
    },
  };
}
