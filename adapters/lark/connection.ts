import type { HttpInstance } from "@larksuiteoapi/node-sdk";
import { within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import type { Proxies } from "../../src/network/index.ts";
import type { Connection, Ended } from "../../src/platform/index.ts";
import { type Endpoint, readEndpoint, readEndpointFailure } from "./endpoint.ts";
import { type Acknowledgement, acknowledge, createFrameReader, type FrameRefusal } from "./frames.ts";
import { createHandshake } from "./handshake.ts";
import { linkLimits } from "./limits.ts";
import type { LinkRefusal } from "./link-refusal.ts";
import { createSdkClient, type Sdk, type Socket } from "./sdk-client.ts";

/** Milliseconds; see `linkLimits`. */
export interface LinkTimes {
  readonly attempt: number;
  readonly handshake: number;
  readonly ping: number;
  readonly pong: number;
  readonly silence: number;
  readonly answer: number;
  readonly farewell: number;
  readonly goodbye: number;
}

export interface ConnectionOptions {
  readonly sdk: Sdk;
  readonly appId: string;
  readonly appSecret: string;
  /** Base URL. */
  readonly domain: string;
  readonly http: Pick<HttpInstance, "request">;
  readonly proxies: Proxies;
  readonly times: LinkTimes;
  readonly clock: Clock;
  /** The socket is open. */
  readonly onOpen: () => void;
  /** What to tell the platform of an event. Never rejects. */
  readonly answer: (envelope: object) => Promise<Acknowledgement>;
  readonly refuse: (reason: FrameRefusal) => void;
}

type Stage = { readonly kind: "connecting" } | { readonly kind: "open"; readonly socket: Socket };

/** Begins one attempt. Throws when the SDK cannot be used. */
export function connect(options: ConnectionOptions): Connection<LinkRefusal> {
  const { clock, times } = options;
  const over = new AbortController();
  const ended = Promise.withResolvers<Ended<LinkRefusal>>();
  const answering = new Set<Promise<void>>();
  const readFrame = createFrameReader(clock);
  const handshake = createHandshake(options.proxies);
  let stage: Stage = { kind: "connecting" };
  let lastSign = clock.elapsed();
  let fault: Exclude<Endpoint, { kind: "address" }> | undefined;
  let complaint: string | undefined;

  function end(how: Ended<LinkRefusal>): void {
    if (over.signal.aborted) return;
    over.abort(new Error("The connection has ended."));
    handshake.end();
    client.close();
    ended.resolve(how);
  }

  async function locate(asked: Parameters<HttpInstance["request"]>[0]): Promise<unknown> {
    const secure = options.domain.startsWith("https:");
    const endpoint = await options.http
      .request<unknown>(asked)
      .then((answer) => readEndpoint(answer, secure), readEndpointFailure);
    // The client goes on to connect with whatever it gets, even after it was closed.
    if (over.signal.aborted) throw new Error("The attempt was given up.");
    if (endpoint.kind !== "address") {
      fault = endpoint;
      throw new Error("The platform named no address.");
    }
    const pauses = { ReconnectCount: 0, ReconnectInterval: 120, ReconnectNonce: 30 };
    const ClientConfig = { ...pauses, PingInterval: endpoint.pingSeconds };
    return { code: 0, msg: "", data: { URL: endpoint.url, ClientConfig } };
  }

  async function answerFrame(frame: object): Promise<void> {
    const began = clock.elapsed();
    const reading = readFrame(frame);
    if (reading.kind === "refused") options.refuse(reading.reason);
    if (reading.kind !== "event") return;
    const acknowledgement = await options.answer(reading.envelope);
    client.send(acknowledge(frame, acknowledgement, clock.elapsed() - began));
  }

  async function watch(): Promise<void> {
    while (!over.signal.aborted) {
      const open = stage.kind === "open";
      const left = lastSign + (open ? times.silence : times.attempt) - clock.elapsed();
      if (left <= 0) {
        end(
          open ? { kind: "lost", reason: "nothing arrived any more" } : { kind: "failed", reason: "it took too long" },
        );
      } else {
        await clock.sleep(Math.min(left, times.silence), over.signal).catch(() => undefined);
      }
    }
  }

  const client = createSdkClient({
    ...options,
    request: locate as HttpInstance["request"],
    agentFor: handshake.agentFor,
    onOpen(socket) {
      // A socket that opens after the end is thrown away by the client, which was told of the end.
      if (over.signal.aborted) return;
      handshake.end();
      stage = { kind: "open", socket };
      lastSign = clock.elapsed();
      socket.on("message", () => {
        lastSign = clock.elapsed();
      });
      socket.on("close", (code) => {
        end({ kind: "lost", reason: complaint ?? `the platform closed it (${code})` });
      });
      options.onOpen();
    },
    onFrame(frame) {
      const answer = answerFrame(frame).finally(() => answering.delete(answer));
      answering.add(answer);
      return answer;
    },
    onFailed() {
      const reason = complaint ?? "the platform's socket was not reached";
      end(fault ?? handshake.failure() ?? { kind: "failed", reason });
    },
    onComplaint(words) {
      if (/inbound frame|invalid pong/.test(words)) options.refuse("undecodable");
      if (words.includes("handshake timeout")) complaint = "the platform's socket did not answer in time";
      if (words.includes("no pong")) complaint = "a ping was not answered";
    },
  });
  client.start();
  watch();

  return {
    ended: ended.promise,
    async close() {
      if (stage.kind === "connecting") {
        end({ kind: "failed", reason: "it was given up" });
        return;
      }
      await within(clock, times.farewell, Promise.allSettled(answering), undefined);
      stage.socket.close(1_000);
      await within(clock, times.goodbye, ended.promise, undefined);
      end({ kind: "lost", reason: "it was closed here" });
    },
  };
}

/** The times that are used where nothing else is said. */
export const usualTimes: LinkTimes = linkLimits;
