import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request as plainRequest, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";

/** What the proxy does with what it is asked for. */
export type Behaviour =
  | "pass"
  /** It never answers. */
  | "silent"
  /** It ends the connection without an answer. */
  | "cut"
  /** It answers with a page of its own. */
  | { readonly status: number };

/** A proxy for HTTP, as it stands at the border of a company's network. */
export interface FakeProxy {
  /** Its address, without user and password. */
  readonly url: string;
  /** What was asked for, let through or not: `CONNECT host:port`, or a method and a whole address. */
  readonly asked: readonly string[];
  behave(how: Behaviour): void;
  /** Connections that are open now. */
  open(): number;
  stop(): Promise<void>;
}

export interface FakeProxyOptions {
  /** The names that only the proxy knows, such as `api.deskhand.test`, and the ports of this machine that answer for them by HTTP. */
  readonly hosts: Readonly<Record<string, number>>;
  /** `user:password`; undefined: it asks for none. */
  readonly credentials?: string | undefined;
}

/** The file with the certificate of every name that ends with `.deskhand.test` and of `sts.aliyuncs.com`; who trusts it can speak TLS with them. */
export const certificateFile = new URL("certificate.pem", import.meta.url);

const realm = { "proxy-authenticate": 'Basic realm="company"' };
const page = "<html><body><h1>The proxy of the company</h1></body></html>";

/** Starts it on a free port. In a tunnel to port 443 it speaks TLS in place of the host. */
export async function startProxy({ hosts, credentials }: FakeProxyOptions): Promise<FakeProxy> {
  const asked: string[] = [];
  const sockets = new Set<Duplex>();
  const tls = {
    isServer: true,
    cert: readFileSync(certificateFile),
    key: readFileSync(new URL("key.pem", import.meta.url)),
  };
  let behaviour: Behaviour = "pass";

  /** The status that is answered in place of the host's; undefined: the request goes on. */
  function refusalOf({ headers }: IncomingMessage, host: string): number | undefined {
    const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
    if (expected !== undefined && headers["proxy-authorization"] !== expected) return 407;
    if (typeof behaviour === "object") return behaviour.status;
    return Object.hasOwn(hosts, host) ? undefined : 502;
  }

  function forward(request: IncomingMessage, response: ServerResponse): void {
    asked.push(`${request.method} ${request.url}`);
    if (behaviour === "silent") return;
    if (behaviour === "cut") return void request.socket.destroy();
    const url = new URL(request.url ?? "");
    const refusal = refusalOf(request, url.hostname);
    if (refusal !== undefined) {
      response.writeHead(refusal, { "content-type": "text/html", ...(refusal === 407 && realm) }).end(page);
      return;
    }
    const { "proxy-authorization": _, "proxy-connection": __, ...headers } = request.headers;
    const path = `${url.pathname}${url.search}`;
    const onward = plainRequest({ port: hosts[url.hostname], method: request.method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  }

  function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [host = "", port = ""] = (request.url ?? "").split(":");
    asked.push(`CONNECT ${request.url}`);
    socket.on("error", () => undefined);
    if (behaviour === "silent") return;
    if (behaviour === "cut") return void socket.destroy();
    const refusal = refusalOf(request, host);
    if (refusal !== undefined) {
      const authenticate = refusal === 407 ? `proxy-authenticate: ${realm["proxy-authenticate"]}\r\n` : "";
      socket.end(
        `HTTP/1.1 ${refusal} No\r\n${authenticate}content-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`,
      );
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    socket.unshift(head);
    const inner = port === "443" ? new TLSSocket(socket, tls) : socket;
    const onward = connect(hosts[host] ?? 0, "127.0.0.1");
    for (const [one, other] of [
      [inner, onward],
      [onward, inner],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
      one.pipe(other);
    }
  }

  const server = createServer(forward);
  server.on("connect", tunnel);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    behave(how) {
      behaviour = how;
    },
    open: () => sockets.size,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
