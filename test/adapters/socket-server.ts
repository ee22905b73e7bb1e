import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

/** How a handshake is answered: as usual, never, or with a status. */
export type Handshake =
  | "open"
  | "silent"
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> | undefined };

/** A platform's end of a link: HTTP, where the address of the socket is asked for, and the socket. */
export interface SocketServer {
  readonly url: string;
  /** Sockets of handshakes and connections that are open now, and the most that ever were. */
  open(): number;
  mostOpen(): number;
  stop(): Promise<void>;
}

export interface SocketServerOptions {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly handshake: (request: IncomingMessage) => Handshake;
  /** What is sent here leaves in one piece with the end of the handshake. */
  readonly opened: (ws: WebSocket) => void;
}

/** Listens on a free port of this machine. */
export async function startSocketServer({ answer, handshake, opened }: SocketServerOptions): Promise<SocketServer> {
  const sockets = new Set<Duplex>();
  let most = 0;

  const http = createServer(answer);
  const upgrades = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    const how = handshake(request);
    if (how === "silent") {
      socket.on("end", () => socket.end());
      socket.resume();
      return;
    }
    if (how !== "open") {
      const lines = Object.entries(how.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${how.status} No\r\n${lines.join("")}content-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    socket.cork();
    upgrades.handleUpgrade(request, socket, head, opened);
    socket.uncork();
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    open: () => sockets.size,
    mostOpen: () => most,
    async stop() {
      for (const socket of sockets) socket.destroy();
      upgrades.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** The end of one socket. */
export interface SocketEnd {
  /** Breaks the connection without a word. */
  cut(): void;
  /** The code with which it was closed; undefined while it is open. */
  closed(): number | undefined;
}

export function endOf(ws: WebSocket): SocketEnd {
  let closed: number | undefined;
  ws.on("error", () => undefined);
  ws.on("close", (code) => {
    closed = code;
  });
  return { cut: () => ws.terminate(), closed: () => closed };
}
