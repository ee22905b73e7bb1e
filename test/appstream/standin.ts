import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A request as it arrived. */
export interface Captured {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface Text {
  readonly kind: "text";
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export type Reply =
  | Text
  /** The connection ends in the middle of the body. */
  | { readonly kind: "cut"; readonly text: string }
  | { readonly kind: "reset" }
  /** Nothing, until the stand-in is told to let go. */
  | { readonly kind: "hang" };

export interface StandIn {
  readonly endpoint: string;
  readonly requests: readonly Captured[];
  /** What is answered from now on; `index` counts the requests from 0. */
  answer(reply: (request: Captured, index: number) => Reply): void;
  /** Resolves when so many requests have arrived in all. */
  arrived(count: number): Promise<void>;
  /** Ends the requests that hang, with an empty list. */
  letGo(): void;
  close(): Promise<void>;
}

function json(status: number, body: unknown): Text {
  return { kind: "text", status, type: "application/json;charset=utf-8", text: JSON.stringify(body) };
}

/** A page of rows with these ids. */
export function page(ids: readonly string[], total = ids.length, size = 20, more: object = {}): Text {
  const rows = ids.map((id) => ({ DesktopId: id, DesktopName: `name of ${id}` }));
  return json(200, {
    RequestId: "1CBAFFAB-0000-4000-8000-000000000001",
    TotalCount: total,
    PageSize: size,
    Data: rows,
    ...more,
  });
}

export function failure(status: number, code: string, message = "words of the API", more: object = {}): Text {
  return json(status, {
    RequestId: "1CBAFFAB-0000-4000-8000-0000000000EE",
    HostId: "host",
    Code: code,
    Message: message,
    ...more,
  });
}

export function html(status: number): Text {
  return { kind: "text", status, type: "text/html", text: "<html><body>Bad Gateway</body></html>" };
}

async function capture(request: IncomingMessage): Promise<Captured> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? "/", "http://standin");
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

function send(response: ServerResponse, reply: Exclude<Reply, { kind: "hang" }>): void {
  if (reply.kind === "reset") {
    response.socket?.resetAndDestroy();
  } else if (reply.kind === "cut") {
    response.writeHead(200, { "content-type": "application/json", "content-length": reply.text.length + 100 });
    response.write(reply.text, () => response.socket?.destroy());
  } else {
    response.writeHead(reply.status, { "content-type": reply.type });
    response.end(reply.text);
  }
}

/** A server on the loopback that answers what a test says, whatever the signature. */
export async function createStandIn(): Promise<StandIn> {
  const requests: Captured[] = [];
  const hanging = new Set<ServerResponse>();
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  let reply: (request: Captured, index: number) => Reply = () => page([]);

  const server = createServer(async (request, response) => {
    const captured = await capture(request);
    const chosen = reply(captured, requests.length);
    requests.push(captured);
    if (chosen.kind === "hang") hanging.add(response);
    else send(response, chosen);
    for (const waiter of waiting) {
      if (requests.length >= waiter.count) waiter.resolve();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  return {
    endpoint: `127.0.0.1:${port}`,
    requests,
    answer(next) {
      reply = next;
    },
    arrived(count) {
      if (requests.length >= count) return Promise.resolve();
      return new Promise((resolve) => waiting.add({ count, resolve }));
    },
    letGo() {
      for (const response of hanging) send(response, page([]));
      hanging.clear();
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
