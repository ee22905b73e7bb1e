import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { listenFault } from "./listen-fault.ts";

/** What /readyz says of one part. */
export interface Readiness {
  readonly part: string;
  readonly ready: boolean;
}

export interface HttpOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly readiness: () => readonly Readiness[];
  /** Routes of the channels that have some. */
  readonly routes: readonly Hono[];
}

export type Listening =
  | { readonly ok: true; readonly port: number }
  /** A sentence for the operator: the port is taken, or the address is not this machine's. */
  | { readonly ok: false; readonly reason: string };

export interface HttpServer {
  start(): Promise<Listening>;
  /** Takes no new connection, gives open ones `grace` milliseconds, and closes them. */
  stop(grace: number): Promise<void>;
}

/** Health, readiness and whatever the channels serve. */
export function createHttpServer(options: HttpOptions): HttpServer {
  const app = new Hono();
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/readyz", (context) => {
    const parts = options.readiness();
    const ready = parts.every((part) => part.ready);
    const body = {
      ready,
      parts: Object.fromEntries(parts.map((part) => [part.part, part.ready ? "ready" : "not ready"])),
    };
    return context.json(body, ready ? 200 : 503);
  });
  for (const routes of options.routes) {
    app.route("/", routes);
  }
  app.notFound((context) => context.json({ error: "There is nothing here." }, 404));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;

  return {
    start: () => listen(server, options),
    async stop(grace) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listen(server: Server, { host, port }: HttpOptions): Promise<Listening> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const { says, todo } = listenFault(error, { host, port });
      resolve({ ok: false, reason: `${says} ${todo}` });
    };
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      const address = server.address();
      resolve({ ok: true, port: typeof address === "object" && address !== null ? address.port : port });
    });
  });
}
