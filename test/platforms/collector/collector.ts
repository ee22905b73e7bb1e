import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { decode, type ReceivedSpan } from "./decode.ts";

export type { ReceivedSpan } from "./decode.ts";

/** A collector of traces that speaks OTLP over HTTP with protobuf. */
export interface Collector {
  /** Without a path. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** Every byte of every body. */
  bytes(): string;
  /** What is answered from now on; 200 unless said otherwise. */
  answer(status: number, body?: string): void;
  stop(): Promise<void>;
}

export async function createCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  const bodies: Buffer[] = [];
  let reply = { status: 200, body: "" };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    bodies.push(body);
    requests.push({ path: request.url ?? "", headers: request.headers });
    if (reply.status === 200) {
      spans.push(...decode(body));
    }
    response.writeHead(reply.status, { "content-type": "application/x-protobuf" }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    requests,
    bytes: () => Buffer.concat(bodies).toString("latin1"),
    answer(status, body = "") {
      reply = { status, body };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
