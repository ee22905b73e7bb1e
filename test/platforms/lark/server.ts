import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ApiAnswer } from "./answers.ts";
import { refusal } from "./answers.ts";
import type { ApiFault, FaultPlan } from "./faults.ts";
import type { Call } from "./open-api.ts";
import type { Records } from "./record.ts";
import type { Timers } from "./timers.ts";

/** The wire of the stand-in. */
export interface Server {
  /** Resolves to the port. Rejects with the operating system's error. */
  start(port: number): Promise<number>;
  /** Closes every connection at once. */
  stop(): Promise<void>;
}

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
    authorization: request.headers.authorization,
    contentType: request.headers["content-type"] ?? "",
    body,
  };
}

function codeOf(body: object | string): number | undefined {
  return typeof body === "object" && "code" in body && typeof body.code === "number" ? body.code : undefined;
}

/** Serves HTTP on the loopback, with whatever is to go wrong. */
export function createServer(options: {
  readonly faults: FaultPlan;
  readonly records: Records;
  readonly timers: Timers;
  readonly now: () => number;
  readonly answer: (call: Call) => ApiAnswer;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}): Server {
  const { records, timers } = options;
  let requests = 0;

  function note(call: Call, status: number, code: number | undefined): void {
    records.request({ method: call.method, path: call.path, status, code, at: options.now() });
  }

  function send(call: Call, response: ServerResponse, answer: ApiAnswer, truncated = false): void {
    const isText = typeof answer.body === "string";
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    requests += 1;
    note(call, answer.status, codeOf(answer.body));
    if (response.destroyed) return;
    response.writeHead(answer.status, {
      "content-type": isText ? "text/plain" : "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      "x-tt-logid": `2026060109000000${requests.toString(16).padStart(16, "0").toUpperCase()}`,
      ...answer.headers,
    });
    if (truncated) response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
    else response.end(text);
  }

  function work(call: Call): ApiAnswer {
    const answer = options.answer(call);
    if (answer.blame !== undefined) records.complain(`${call.method} ${call.path}: ${answer.blame}`);
    return answer;
  }

  function fail(call: Call, response: ServerResponse, fault: ApiFault): void {
    switch (fault.kind) {
      case "answer":
        send(call, response, { status: fault.status, body: fault.body ?? "", headers: fault.headers });
        break;
      case "refuse":
        send(call, response, refusal(fault.code, fault.ext));
        break;
      case "hang":
        note(call, 0, undefined);
        break;
      case "reset":
        note(call, 0, undefined);
        response.socket?.resetAndDestroy();
        break;
      case "cut":
        work(call);
        note(call, 0, undefined);
        response.socket?.destroy();
        break;
      case "truncated":
        send(call, response, work(call), true);
        break;
      case "delay":
        timers.after(fault.ms, () => send(call, response, work(call)));
    }
  }

  // Longer than a client pauses: a connection that closes under its next request would look like a fault.
  const http = createHttpServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    response.on("error", () => {});
    readBody(request, (body) => {
      const call = callOf(request, body ?? Buffer.alloc(0));
      if (body === undefined) return send(call, response, { status: 413, body: "", blame: "the body is too long" });
      const fault = options.faults.next(call.method, call.path);
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
