import { type RawData, WebSocket } from "ws";
import { z } from "zod";
import { parseJson } from "../json.ts";
import type { Timers } from "../timers.ts";
import type { Faults } from "./faults.ts";
import { type Disturbance, disturbance, type Frame, frameText } from "./frames.ts";
import type { Settings } from "./options.ts";

/** One socket of a client. */
export interface Connection {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** The topics that its client subscribed to. */
  readonly topics: readonly string[];
  /** Pings of the WebSocket itself that the client sent. */
  readonly pings: number;
  /** SYSTEM pings that the client answered. */
  readonly pongs: number;
  readonly open: boolean;
  /** Whether it was told to disconnect: nothing more comes on it. */
  readonly leaving: boolean;
  send(frame: Frame): void;
  /** Sends any text. */
  raw(text: string): void;
  disturb(how: Disturbance): void;
  /** A SYSTEM ping, now. */
  ping(): void;
  /** The frame `disconnect`; the socket is closed `disconnectAfter` later. */
  disconnect(reason?: string): void;
  /** Closes in order, cuts the connection, or leaves it there and neither reads nor writes any more. */
  drop(how: "close" | "reset" | "half-open"): void;
}

/** An answer of a client: to a ping, or an acknowledgement. */
export interface Reply {
  readonly messageId: string;
  readonly code: number;
  /** JSON text. */
  readonly data: string | undefined;
}

/** What the owner of a connection is told. */
export interface Owner {
  reply(connection: Connection, reply: Reply): void;
  closed(connection: Connection): void;
  /** A ping of the WebSocket itself. */
  pinged(): void;
  complain(sentence: string): void;
}

const replyText = z.object({
  code: z.number(),
  message: z.string().optional(),
  headers: z.object({ messageId: z.string(), contentType: z.string().optional() }),
  data: z.string().optional(),
});

export function createConnection(options: {
  readonly socket: WebSocket;
  readonly settings: Settings;
  readonly timers: Timers;
  readonly ids: (prefix: string) => string;
  readonly topics: readonly string[];
  readonly owner: Owner;
  readonly faults: Pick<Faults, "delayReplies">;
}): Connection {
  const { socket, settings, timers, ids, owner, faults } = options;
  const id = ids("conn");
  let pings = 0;
  let pongs = 0;
  let asked: { readonly messageId: string; readonly data: string } | undefined;
  let silent = false;
  let leaving = false;
  let stopPinging = (): void => {};

  function write(text: string | Buffer): void {
    if (!silent && socket.readyState === WebSocket.OPEN) socket.send(text);
  }

  const send = (frame: Frame): void =>
    write(frameText(frame, { appId: settings.clientId, connectionId: id, time: settings.now() }));

  function ping(): void {
    const data = JSON.stringify({ opaque: ids("") });
    asked = { messageId: ids("ping"), data };
    send({ type: "SYSTEM", topic: "ping", ...asked });
  }

  function pingOften(): void {
    if (settings.pingEvery === 0) return;
    stopPinging = timers.after(settings.pingEvery, () => {
      if (asked !== undefined) {
        if (!silent && !leaving) owner.complain("a ping of the platform was not answered");
        return socket.terminate();
      }
      ping();
      pingOften();
    });
  }

  const connection: Connection = {
    id,
    openedAt: settings.now(),
    topics: options.topics,
    get pings() {
      return pings;
    },
    get pongs() {
      return pongs;
    },
    get open() {
      return socket.readyState === WebSocket.OPEN;
    },
    get leaving() {
      return leaving;
    },
    send,
    raw: write,
    disturb: (how) => write(disturbance(how)),
    ping,
    disconnect(reason = "persistent connection is going to be closed") {
      send({ type: "SYSTEM", topic: "disconnect", messageId: ids("bye"), data: JSON.stringify({ reason }) });
      leaving = true;
      timers.after(settings.disconnectAfter, () => socket.close(1000));
    },
    drop(how) {
      if (how === "close") socket.close(1001, "going away");
      else if (how === "reset") socket.terminate();
      else {
        silent = true;
        socket.pause();
      }
    },
  };

  function pong({ code, data }: Reply): void {
    if (code !== 200 || data !== asked?.data) owner.complain("a ping was not answered with 200 and its own data");
    asked = undefined;
    pongs += 1;
  }

  function read(text: string): void {
    const parsed = replyText.safeParse(parseJson(text));
    if (!parsed.success) {
      owner.complain("a frame that is not { code, message, headers: { messageId }, data }");
      return;
    }
    const { code, headers, data } = parsed.data;
    const reply: Reply = { messageId: headers.messageId, code, data };
    if (reply.messageId === asked?.messageId) pong(reply);
    owner.reply(connection, reply);
  }

  /** In the order in which it was said. */
  function arrive(task: () => void): void {
    if (faults.delayReplies > 0) timers.after(faults.delayReplies, task);
    else task();
  }

  socket.on("message", (data: RawData, isBinary) =>
    arrive(() => {
      if (silent) return;
      if (isBinary) owner.complain("a binary frame");
      else read(data.toString());
    }),
  );
  socket.on("ping", () => {
    pings += 1;
    owner.pinged();
  });
  // The end of a connection is told by its close.
  socket.on("error", () => {});
  socket.on("close", () =>
    arrive(() => {
      stopPinging();
      owner.closed(connection);
    }),
  );
  pingOften();
  return connection;
}
