import type { Agent } from "node:http";
import type * as Lark from "@larksuiteoapi/node-sdk";

/** The SDK as it is imported, once it is needed. */
export type Sdk = Pick<typeof Lark, "EventDispatcher" | "LoggerLevel" | "WSClient">;

/** What of a WebSocket (package ws) is used here. */
export interface Socket {
  on(event: "message", listener: () => void): unknown;
  on(event: "close", listener: (code: number) => void): unknown;
  close(code: number): void;
}

export interface SdkClientOptions {
  readonly sdk: Sdk;
  readonly appId: string;
  readonly appSecret: string;
  /** Base URL. */
  readonly domain: string;
  /** Milliseconds. */
  readonly times: { readonly handshake: number; readonly ping: number; readonly pong: number };
  /** Answers the question where to connect to. */
  readonly request: Lark.HttpInstance["request"];
  /** Makes the connection to an address. */
  readonly agentFor: (url: string) => Agent;
  /** The socket is open, and nothing that arrived on it has been read yet. */
  readonly onOpen: (socket: Socket) => void;
  /** A data frame. */
  readonly onFrame: (frame: object) => Promise<void>;
  /** There will be no socket. */
  readonly onFailed: () => void;
  /** What the SDK has to say; it may hold foreign text, so that it is to be recognised and not repeated. */
  readonly onComplaint: (words: string) => void;
}

/** One attempt of the SDK to connect, and the connection that comes of it. */
export interface SdkClient {
  start(): void;
  /** Sends a frame, if the socket is open. */
  send(frame: object): void;
  /** Ends the connection without a word, and all timers of the client. */
  close(): void;
}

/** The inner life of the SDK's client, version 1.74, as far as it is reached into: its types call that private. */
interface Inside {
  agent: Agent | undefined;
  readonly wsConfig: {
    getWS(key: "connectUrl"): string;
    setWSInstance(socket: Socket | null): void;
    updateWs(changes: object): void;
  };
  connect(): Promise<boolean>;
  communicate(): void;
  handleEventData(frame: object): Promise<void>;
  sendMessage(frame: object): void;
}

/** Creates a client for one connection. Throws when the SDK has another inside than expected. */
export function createSdkClient(options: SdkClientOptions): SdkClient {
  const { sdk, times } = options;
  const logger = loggerTo(options.onComplaint);
  const client = new sdk.WSClient({
    appId: options.appId,
    appSecret: options.appSecret,
    domain: options.domain,
    httpInstance: { request: options.request } as Lark.HttpInstance,
    logger,
    loggerLevel: sdk.LoggerLevel.warn,
    autoReconnect: false,
    handshakeTimeoutMs: times.handshake,
    wsConfig: { pingTimeout: times.pong / 1_000 },
    onError: options.onFailed,
  });
  // The only place that reaches into the SDK.
  const inside = client as unknown as Inside;
  try {
    rearrange(inside, options);
  } catch (error) {
    client.close({ force: true });
    throw error;
  }

  return {
    start() {
      // Never asked for anything: frames go to `onFrame`. But the client does not start without one.
      const eventDispatcher = new sdk.EventDispatcher({ logger, loggerLevel: sdk.LoggerLevel.warn });
      client.start({ eventDispatcher }).catch(options.onFailed);
    },
    send: (frame) => inside.sendMessage(frame),
    close: () => client.close({ force: true }),
  };
}

function rearrange(inside: Inside, { times, agentFor, onOpen, onFrame }: SdkClientOptions): void {
  const { wsConfig } = inside;
  // Without these nothing would fail, but no event arrive or none be acknowledged.
  if (typeof inside.handleEventData !== "function" || typeof inside.sendMessage !== "function") {
    throw new TypeError("The client of the SDK is made otherwise than in version 1.74.");
  }
  const connect = inside.connect.bind(inside);
  const communicate = inside.communicate.bind(inside);
  const setWSInstance = wsConfig.setWSInstance.bind(wsConfig);
  const updateWs = wsConfig.updateWs.bind(wsConfig);

  inside.connect = () => {
    inside.agent = agentFor(wsConfig.getWS("connectUrl"));
    return connect();
  };
  // The client begins to listen some turns after its socket is open; what came with the handshake would be lost.
  wsConfig.setWSInstance = (socket) => {
    setWSInstance(socket);
    if (socket !== null) {
      onOpen(socket);
      communicate();
    }
  };
  inside.communicate = () => undefined;
  // The platform sets the time between pings, also while connected. Without a number the client would ping without a pause.
  wsConfig.updateWs = (changes) => {
    updateWs(
      "pingInterval" in changes ? { ...changes, pingInterval: pingOf(changes.pingInterval, times.ping) } : changes,
    );
  };
  inside.handleEventData = onFrame;
}

/** Between a second and the longest time that is allowed. */
function pingOf(wanted: unknown, longest: number): number {
  return typeof wanted === "number" && wanted > 0 ? Math.min(Math.max(wanted, 1_000), longest) : longest;
}

/** The SDK's own logger prints addresses with tickets. */
function loggerTo(onComplaint: (words: string) => void): Lark.Logger {
  const pass = (...words: unknown[]): void => onComplaint(words.flat().filter(isText).join(" "));
  const drop = (): void => undefined;
  return { error: pass, warn: pass, info: drop, debug: drop, trace: drop };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
