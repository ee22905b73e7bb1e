import type { Log } from "../../../src/bot/index.ts";
import type { Locale } from "../../../src/cards/index.ts";
import type { Clock } from "../../../src/fleet/index.ts";
import type { Proxies } from "../../../src/network/index.ts";
import type { Tokens } from "../../../src/platform/index.ts";
import type { Failure } from "../failure.ts";
import type { SdkHttp } from "../http.ts";

export interface LarkExamination {
  readonly appId: string;
  readonly appSecret: () => string;
  /** feishu, lark, or the base URL of another cloud. */
  readonly domain: string;
  readonly events: "websocket" | "webhook";
  readonly encryptKey: () => string;
  readonly verificationToken: () => string;
  /** What connections to the platform take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  readonly locale: "auto" | Locale;
  /** A chat that is sent a card; undefined: nothing is sent to anybody. */
  readonly chat?: string | undefined;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** What one check asks with. It is closed when the check is over, or at its deadline. */
export interface Session {
  /** Base URL of the platform, without a slash at its end. */
  readonly domain: string;
  readonly http: SdkHttp;
  readonly tokens: Tokens<Failure>;
}

/** What is examined says what is wrong: a log would say it twice. */
export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
