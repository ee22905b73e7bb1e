import { type RawData, WebSocket } from "ws";
import { decodeFrame, encodeFrame, type Frame, type Header, headerOf } from "./frames.ts";

/** Bytes that a client should survive. */
export type Disturbance =
  | "rubbish"
  | "empty"
  | "text"
  | "truncated"
  | "no-headers"
  | "unknown-method"
  | "unknown-type"
  | "wrong-sum"
  | "wrong-seq"
  | "huge-sum"
  | "not-json";

/** One connection of a client. */
export interface Connection {
  readonly deviceId: string;
  readonly serviceId: number;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  readonly pings: number;
  readonly open: boolean;
  send(frame: Frame): void;
  disturb(how: Disturbance): void;
  /** Closes in order, cuts the connection, or leaves it there and neither reads nor writes any more. */
  drop(how: "close" | "reset" | "half-open"): void;
}

/** Message ids of frames that were made to disturb: what is said to them counts for nothing. */
export const disturbing = "disturbance-";

function dataFrame(serviceId: number, headers: readonly Header[], payload: string): Frame {
  return { seqId: 1n, logId: 1n, service: serviceId, method: 1, headers, payload: Buffer.from(payload) };
}

function fragment(serviceId: number, part: { type?: string; sum: string; seq: string }, payload = '{"half":'): Frame {
  const headers = [
    { key: "type", value: part.type ?? "event" },
    { key: "message_id", value: `${disturbing}${part.sum}-${part.seq}` },
    { key: "sum", value: part.sum },
    { key: "seq", value: part.seq },
    { key: "trace_id", value: "trace" },
  ];
  return dataFrame(serviceId, headers, payload);
}

function disturbance(how: Exclude<Disturbance, "text">, serviceId: number): Buffer {
  switch (how) {
    case "rubbish":
      return Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x80, 0x80, 0x07]);
    case "empty":
      return Buffer.alloc(0);
    case "truncated":
      return encodeFrame(fragment(serviceId, { sum: "1", seq: "0" })).subarray(0, 40);
    case "no-headers":
      return encodeFrame(dataFrame(serviceId, [], "{}"));
    case "unknown-method":
      return encodeFrame({ ...dataFrame(serviceId, [], "{}"), method: 7 });
    case "unknown-type":
      return encodeFrame(fragment(serviceId, { type: "weather", sum: "1", seq: "0" }));
    case "wrong-sum":
      return encodeFrame(fragment(serviceId, { sum: "0", seq: "0" }));
    case "wrong-seq":
      return encodeFrame(fragment(serviceId, { sum: "2", seq: "5" }));
    case "huge-sum":
      // The longest array that there can be: a client that believes it loses its memory.
      return encodeFrame(fragment(serviceId, { sum: "4294967295", seq: "0" }));
    case "not-json":
      return encodeFrame(fragment(serviceId, { sum: "1", seq: "0" }, "<html>"));
  }
}

/** What the owner of a connection is told. */
export interface Owner {
  /** A ping, which the owner answers. */
  ping(connection: Connection, frame: Frame): void;
  /** A data frame: an acknowledgement. */
  data(connection: Connection, frame: Frame): void;
  /** It is there and neither reads nor writes. */
  dead(connection: Connection): void;
  closed(connection: Connection): void;
  complain(sentence: string): void;
}

/** Reads frames of a client and tells the owner. `query` is that of the address the client came to. */
export function createConnection(socket: WebSocket, query: URLSearchParams, now: number, owner: Owner): Connection {
  let pings = 0;
  let silent = false;
  const serviceId = Number(query.get("service_id"));

  const connection: Connection = {
    deviceId: query.get("device_id") ?? "",
    serviceId,
    openedAt: now,
    get pings() {
      return pings;
    },
    get open() {
      return socket.readyState === WebSocket.OPEN;
    },
    send(frame) {
      if (!silent && socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(frame));
    },
    disturb(how) {
      socket.send(how === "text" ? "hello" : disturbance(how, serviceId));
    },
    drop(how) {
      if (how === "close") {
        socket.close(1001, "going away");
      } else if (how === "reset") {
        socket.terminate();
      } else {
        silent = true;
        socket.pause();
        owner.dead(connection);
      }
    },
  };

  function control(frame: Frame): void {
    if (headerOf(frame, "type") !== "ping") {
      owner.complain(`a control frame of type ${headerOf(frame, "type")}: clients send ping alone`);
      return;
    }
    pings += 1;
    owner.ping(connection, frame);
  }

  function read(data: Buffer): void {
    let frame: Frame;
    try {
      frame = decodeFrame(data);
    } catch (error) {
      owner.complain(`a frame that cannot be read: ${error instanceof Error ? error.message : "unknown"}`);
      return;
    }
    if (frame.service !== serviceId) owner.complain(`a frame for service ${frame.service} and not ${serviceId}`);
    if (frame.method === 0) control(frame);
    else if (frame.method === 1) owner.data(connection, frame);
    else owner.complain(`a frame with method ${frame.method}`);
  }

  socket.on("message", (data: RawData, isBinary) => {
    if (silent) return;
    if (isBinary && Buffer.isBuffer(data)) read(data);
    else owner.complain("a message that is text and no frame");
  });
  // The end of a connection is told by its close.
  socket.on("error", () => {});
  socket.on("close", () => owner.closed(connection));
  return connection;
}
