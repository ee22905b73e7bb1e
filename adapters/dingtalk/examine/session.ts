import type { Log, Tallies } from "../../../src/bot/index.ts";
import type { Locale } from "../../../src/cards/index.ts";
import type { Clock } from "../../../src/fleet/index.ts";
import type { Proxies } from "../../../src/network/index.ts";
import type { Http, Tokens } from "../../../src/platform/index.ts";
import type { Api } from "../api.ts";
import type { Failure } from "../failure.ts";

export interface DingTalkExamination {
  readonly clientId: string;
  readonly clientSecret: () => string;
  /** Empty: the client id. */
  readonly robotCode: string;
  /** Empty: the public template of markdown and buttons. */
  readonly cardTemplateId: string;
  /** Base URLs of the API and of the older one, without a slash at their ends. */
  readonly apiBase: string;
  readonly oapiBase: string;
  /** API calls that the organisation has in a month; 0: no limit. */
  readonly monthlyCalls: number;
  /** What connections to the platform take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  readonly locale: "auto" | Locale;
  /** What the store has counted; undefined where it is in the memory of another process. */
  readonly counted?: Tallies["count"] | undefined;
  /** A group, or a person by their staff id, that is sent a card; undefined: nothing is sent to anybody. */
  readonly chat?: string | undefined;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** What one check asks with. It is closed when the check is over, or at its deadline. */
export interface Session {
  readonly http: Http;
  readonly tokens: Tokens<Failure>;
  /** Each call is made once. */
  readonly api: Api;
  /** Calls of the month that the check has cost so far. */
  readonly spent: () => number;
}

/** What is examined says what is wrong: a log would say it twice. */
export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
