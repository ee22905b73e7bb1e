import { createRequire } from "node:module";
import type * as Stream from "dingtalk-stream";
import { z } from "zod";
import { createAgents, type Proxies, proxyFaultOf, proxyFor } from "../../src/network/index.ts";
import { subscriptions } from "./frames.ts";
import { linkLimits } from "./link-limits.ts";

/** What of DingTalk's SDK is used. */
export type Sdk = Pick<typeof Stream, "DWClient">;

/**
 * Loads the SDK when it is needed: it costs time and memory that only a running channel should pay. Its CommonJS build:
 * under Node 24 that takes 68 ms and 30 MiB, the one of ES modules 85 ms and 34 MiB, mostly for axios, which is never used.
 */
export function loadSdk(): Sdk {
  return createRequire(import.meta.url)("dingtalk-stream");
}

/** What of a WebSocket (package ws) is used here. */
interface Socket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  on(event: "open", listener: () => void): unknown;
  on(event: "close", listener: (code: number) => void): unknown;
  on(event: "error", listener: (error: unknown) => void): unknown;
  on(event: "unexpected-response", listener: (request: unknown, response: unknown) => void): unknown;
  removeAllListeners(event: string): unknown;
  send(text: string): void;
  ping(): void;
  close(code: number): void;
  terminate(): void;
}

export interface StreamClientOptions {
  readonly sdk: Sdk;
  /** Neither may be empty. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** The address of the socket; undefined when there will be none. Never rejects. */
  readonly locate: () => Promise<string | undefined>;
  readonly onOpen: () => void;
  /** A frame came. Must not throw. */
  readonly onFrame: (bytes: Uint8Array) => void;
  /** A ping was answered. */
  readonly onPong: () => void;
  readonly proxies: Proxies;
  /** The socket has not opened, or is closed. `reason` is for the log, and `todo` says what to do where that is known. */
  readonly onOver: (reason: string, todo?: string) => void;
}

/** One attempt of the SDK to connect, and the socket that comes of it. */
export interface StreamClient {
  start(): void;
  /** Hands a frame to the socket; false when it is not open. */
  send(text: string): boolean;
  ping(): void;
  /** Bytes that wait for the platform to take them. */
  backlog(): number;
  /** Takes leave: `onOver` follows when the platform does the same. */
  close(): void;
  /** Ends the socket without a word. */
  terminate(): void;
}

/** The inner life of the SDK's client, version 2.1.5, as far as it is reached into: its types call that private. */
interface Inside {
  socket: Socket | undefined;
  dw_url: string;
  sslopts: object;
}

/** Of a WebSocket (document of the interface, readyState). */
const openState = 1;

/**
 * Creates the SDK's client for one connection. It is told of everything in place of the console, which the SDK writes to
 * from the events of its socket, addresses with tickets among it; and the SDK's own ways to connect again, to ping, and to
 * read frames without a guard are not taken.
 */
export function createStreamClient(options: StreamClientOptions): StreamClient {
  // They keep no connection: each is the socket's from its beginning to its end.
  const agents = createAgents({ proxies: options.proxies });
  let proxied = false;
  let terminated = false;

  class Client extends options.sdk.DWClient {
    override async getEndpoint(): Promise<this> {
      const url = await options.locate();
      // The SDK's `connect` swallows this, and connects to nothing.
      if (url === undefined) throw new Error("There is no address.");
      const inside = insideOf(this);
      inside.dw_url = url;
      inside.sslopts = { ...inside.sslopts, agent: agents.for(new URL(url)) };
      proxied = proxyFor(options.proxies, new URL(url)) !== undefined;
      return this;
    }

    override async _connect(): Promise<void> {
      if (terminated) return;
      // What this promises would be kept by the two listeners that are replaced.
      super._connect().catch(() => undefined);
      const { socket } = insideOf(this);
      if (socket === undefined) return options.onOver("the SDK made no socket");
      socket.removeAllListeners("open");
      socket.removeAllListeners("error");
      listen(socket, { ...options, proxied });
    }

    override onDownStream(data: unknown): void {
      options.onFrame(data instanceof Uint8Array ? data : Buffer.from(String(data)));
    }

    override heartbeat(): void {
      options.onPong();
    }

    override printDebug(): void {
      // The SDK prints the secret.
    }
  }

  const { clientId, clientSecret } = options;
  const client = new Client({ clientId, clientSecret, keepAlive: false, debug: false });
  // The list of the defaults is one for all clients: it is replaced, and not changed.
  Object.assign(client.config, { autoReconnect: false, subscriptions });
  const inside = insideOf(client);
  inside.sslopts = {
    ...inside.sslopts,
    perMessageDeflate: false,
    maxPayload: linkLimits.longestFrame,
    // It is the reader of frames that refuses what is not UTF-8: the socket would close itself for it.
    skipUTF8Validation: true,
  };
  const open = (): Socket | undefined => (inside.socket?.readyState === openState ? inside.socket : undefined);

  return {
    start() {
      // Never rejects: it swallows what goes wrong.
      void client.connect();
    },
    send(text) {
      const socket = open();
      socket?.send(text);
      return socket !== undefined;
    },
    ping: () => open()?.ping(),
    backlog: () => inside.socket?.bufferedAmount ?? 0,
    close: () => open()?.close(1_000),
    terminate() {
      terminated = true;
      inside.socket?.terminate();
    },
  };
}

/** The only place that reaches into the SDK. */
function insideOf(client: object): Inside {
  return client as Inside;
}

const responseSchema = z.object({ statusCode: z.int() });
const errorSchema = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/) });

/** What the SDK hears of its socket beside this is its frames, its pongs and its close. */
function listen(
  socket: Socket,
  { onOpen, onOver, proxied }: StreamClientOptions & { readonly proxied: boolean },
): void {
  let opened = false;
  let complaint: string | undefined;
  let todo: string | undefined;

  socket.on("open", () => {
    opened = true;
    onOpen();
  });
  socket.on("unexpected-response", (_, response) => {
    complaint = `the platform's socket answered with HTTP ${responseSchema.safeParse(response).data?.statusCode ?? "?"}`;
    socket.terminate();
  });
  socket.on("error", (error) => {
    const code = errorSchema.safeParse(error).data?.code ?? "no reason given";
    const fault = opened || complaint !== undefined ? undefined : proxyFaultOf(error, proxied);
    todo = fault?.todo;
    complaint ??= fault?.reason;
    complaint ??= `${opened ? "the socket broke" : "the platform's socket was not reached"} (${code})`;
    socket.terminate();
  });
  socket.on("close", (code) => {
    onOver(complaint ?? (opened ? `the platform closed it (${code})` : "the platform's socket was not reached"), todo);
  });
}
