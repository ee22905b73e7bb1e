import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Service } from "./service.ts";

/** Where the server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The wire of the simulator. */
export interface Server {
  /** Rejects with the operating system's error, EADDRINUSE for one. */
  start(): Promise<Address>;
  /** Closes every connection at once, also those with an answer under way. */
  stop(): Promise<void>;
}

/** Bytes of a body: the API's requests have none. */
const bodyLimit = 64 * 1024;
/** Bytes of request line and headers: a hundred long names fit. */
const headerLimit = 128 * 1024;

const limits = {
  maxHeaderSize: headerLimit,
  requestTimeout: 30_000,
  // Longer than a client pauses: a connection that closes under its next request would look like a fault.
  keepAliveTimeout: 65_000,
} as const;

/** A server of the service on a loopback address. `latency` gives milliseconds before each answer. */
export function createServer(options: {
  readonly service: Service;
  readonly host: string;
  readonly port: number;
  readonly latency: () => number;
}): Server {
  const timers = new Set<NodeJS.Timeout>();
  const http = createHttpServer(limits, (request, response) => {
    // A client that goes away in the middle is its own business.
    request.on("error", () => response.destroy());
    response.on("error", () => response.destroy());
    readBody(request, (body) => {
      const latency = options.latency();
      if (latency <= 0) return answer(request, response, body);
      const timer = setTimeout(() => {
        timers.delete(timer);
        answer(request, response, body);
      }, latency).unref();
      timers.add(timer);
    });
  });
  http.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    else socket.destroy();
  });

  function answer(request: IncomingMessage, response: ServerResponse, body: Uint8Array | undefined): void {
    if (response.destroyed) return;
    const reply = options.service.handle({
      method: request.method ?? "",
      target: request.url ?? "",
      headers: readHeaders(request),
      body,
    });
    switch (reply.kind) {
      case "hang":
        return;
      case "reset":
        request.socket.resetAndDestroy();
        return;
      case "response":
        // What is left of a body that was too large would be read as the next request.
        if (body === undefined) response.setHeader("connection", "close");
        response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
        response.end(reply.body);
    }
  }

  return {
    start: () =>
      new Promise((resolve, reject) => {
        http.once("error", reject);
        http.listen(options.port, options.host, () => {
          http.off("error", reject);
          const address = http.address();
          const port = typeof address === "object" && address !== null ? address.port : options.port;
          resolve({ host: options.host, port });
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer);
        timers.clear();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

/** Hands over the body, or undefined as soon as it is too large. */
function readBody(request: IncomingMessage, done: (body: Uint8Array | undefined) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    const before = size;
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
    else if (before <= bodyLimit) done(undefined);
  });
  request.on("end", () => {
    if (size <= bodyLimit) done(Buffer.concat(chunks));
  });
}

function readHeaders(request: IncomingMessage): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, typeof value === "string" ? value : value.join(", "));
  }
  return headers;
}
