import type { Fault } from "../doctor/index.ts";
import type { Clock, Fleet, FleetFailure } from "../fleet/index.ts";
import type { Proxies } from "../network/index.ts";
import type { Meter, Tracer } from "../telemetry/index.ts";

/** Where the key comes from. */
export type Credentials =
  /** The SDK's own chain: environment, OIDC role, profile files, ECS RAM role, credentials URI. */
  | { readonly type: "default" }
  /** A key that is configured. The values are asked for when a client is built, and again when a token is over. */
  | {
      readonly type: "access-key";
      readonly accessKeyId: () => string;
      readonly accessKeySecret: () => string;
      /** For a temporary key. */
      readonly securityToken?: (() => string) | undefined;
    };

/** What is needed of a log; a pino logger is one. Objects and messages are free of credentials, addresses and queries. */
export interface Log {
  debug(object: object, message: string): void;
  info(object: object, message: string): void;
  warn(object: object, message: string): void;
}

/** A failure in words, free of secrets as the failure is. */
export type Say = (failure: FleetFailure) => Fault;

export interface AppStreamOptions {
  /** `cn-shanghai` or `ap-southeast-1`: where the API is, not where the runtimes are. */
  readonly region: string;
  /** `host` or `host:port`; empty is the region's own host. */
  readonly endpoint: string;
  readonly protocol: "https" | "http";
  readonly credentials: Credentials;
  /** Milliseconds that one attempt may take, from its turn to its last byte. */
  readonly timeout: number;
  /** All tries of one page, at least 1. */
  readonly attempts: number;
  /** To the API, over all callers; > 0, fractions allowed. Throttling halves it for a while. */
  readonly requestsPerSecond: number;
  /** Rows that a scan asks for at once, 1 to 100. */
  readonly pageSize: number;
  /** Milliseconds that a page may answer the same question again; 5,000 unless said otherwise, 0 is never. */
  readonly reuse?: number | undefined;
  readonly clock: Clock;
  /** From 0 to below 1, as Math.random. */
  readonly random: () => number;
  readonly log: Log;
  /** Says a failure in the log in the words that people read on cards; unless given, the log has only its fields. */
  readonly say?: Say | undefined;
  /** What connections to the API take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  readonly meter?: Meter | undefined;
  readonly tracer?: Tracer | undefined;
}

/** Counts since the start. */
export interface AppStreamStats {
  /** Requests that went to the SDK. */
  readonly calls: number;
  /** Those of them that repeated a failed one. */
  readonly retries: number;
  /** Answers that said "too many requests". */
  readonly throttled: number;
  /** Requests that went on in the background when nobody waited for them any more. */
  readonly abandoned: number;
  /** Questions answered by a request that was under way for somebody else. */
  readonly shared: number;
  /** Questions answered by a page of a few seconds ago. */
  readonly reused: number;
}

/** The same counts, while they are counted. */
export type Counters = { -readonly [Name in keyof AppStreamStats]: AppStreamStats[Name] };

/** A fleet behind Alibaba Cloud's App Streaming API. */
export interface AppStream extends Fleet {
  /**
   * Loads the SDK (about 60 ms and 20 MiB) and looks for credentials for at most two seconds. Resolves also when there
   * are none: the calls then say so. Not needed before a call, which otherwise pays for it.
   */
  start(): Promise<void>;
  /**
   * Gives up every call that waits, with `stopped`, and refuses further ones. What is on the wire cannot be called
   * back: it ends by itself within one and a half times `timeout` plus half a second, and its result is dropped.
   */
  stop(): Promise<void>;
  stats(): AppStreamStats;
  /** Which provider of the default chain gave the credentials (`default/env`); undefined until one did. */
  credentialProvider(): string | undefined;
}
