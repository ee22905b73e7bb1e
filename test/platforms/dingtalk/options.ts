/** Limits of the platform. 0 is no limit. Tests may change them at any time. */
export interface Limits {
  /** Calls a second of one API. */
  apiPerSecond: number;
  /** Calls of all APIs in a month, of the whole organisation; tokens, the gateway and session webhooks cost none. */
  monthlyCalls: number;
}

/** The figures of the document "API call frequency and limits" for the free edition. */
export const documentedLimits: Readonly<Limits> = { apiPerSecond: 20, monthlyCalls: 5000 };

/** The id of the public template with markdown and buttons. */
export const publicTemplate = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema";

export interface FakeDingTalkOptions {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** The client id unless given, as with most apps. */
  readonly robotCode?: string | undefined;
  /** 0: a free one. */
  readonly port?: number | undefined;
  /** What the limits are at the start: none unless said otherwise. */
  readonly limits?: Partial<Limits> | undefined;
  /** Permissions of the app: all that it needs unless given. */
  readonly scopes?: readonly string[] | undefined;
  /** Seconds that an access token lives. */
  readonly tokenSeconds?: number | undefined;
  /** HTTP status of a token that is refused: both are seen in the wild. */
  readonly tokenStatus?: 400 | 401 | undefined;
  /** Milliseconds until a robot message without acknowledgement comes again, each time; then it is lost. */
  readonly redelivery?: readonly number[] | undefined;
  /** Milliseconds until a person sees a press fail. */
  readonly answerWithin?: number | undefined;
  /** Seconds that a ticket of the gateway is good for. */
  readonly ticketSeconds?: number | undefined;
  /** Milliseconds between the pings that a socket gets; 0: none. */
  readonly pingEvery?: number | undefined;
  /** Milliseconds from the frame `disconnect` to the close. */
  readonly disconnectAfter?: number | undefined;
  /** Seconds that a session webhook is good for. */
  readonly sessionSeconds?: number | undefined;
  /** What a card with an outTrackId that is there already gets: success without a second card, or 400. */
  readonly again?: "accept" | "refuse" | undefined;
  /** What is wrong with a card's variables; the rules beside this unless given. `() => []` for speed. */
  readonly checkCard?: ((params: Readonly<Record<string, unknown>>) => readonly string[]) | undefined;
  /** Decides ids and secrets. */
  readonly seed?: number | undefined;
  /** How many messages, requests and so on are remembered. */
  readonly keep?: number | undefined;
  /** Epoch milliseconds. A test that passes its own can let days go by; waiting itself is by real timers. */
  readonly now?: (() => number) | undefined;
}

/** The options with what was left out. */
export interface Settings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly corpId: string;
  readonly port: number;
  readonly limits: Limits;
  readonly scopes: Set<string>;
  readonly tokenSeconds: number;
  readonly tokenStatus: 400 | 401;
  readonly redelivery: readonly number[];
  readonly answerWithin: number;
  readonly ticketSeconds: number;
  readonly pingEvery: number;
  readonly disconnectAfter: number;
  readonly sessionSeconds: number;
  readonly again: "accept" | "refuse";
  readonly checkCard: (params: Readonly<Record<string, unknown>>) => readonly string[];
  readonly seed: number;
  readonly keep: number;
  readonly now: () => number;
}

/** Names of permissions, as the developer console has them. */
export const cardScope = "Card.Instance.Write";
export const robotScope = "qyapi_robot_sendmsg";

type Check = Settings["checkCard"];

/** Verdicts on cards that are remembered. */
const verdictLimit = 200;

/** The same check, at little cost for a card that was seen lately: under load most of them are alike. */
function remembering(check: Check): Check {
  const verdicts = new Map<string, readonly string[]>();
  return (params) => {
    const key = JSON.stringify(params);
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = check(params);
    verdicts.set(key, verdict);
    if (verdicts.size > verdictLimit) verdicts.delete(verdicts.keys().next().value ?? "");
    return verdict;
  };
}

/** Fills in what was left out, with what the real platform does. */
export function settle(options: FakeDingTalkOptions, checkCard: Check): Settings {
  const clientId = options.clientId ?? "dingstandin0123456789";
  return {
    clientId,
    clientSecret: options.clientSecret ?? "secret-of-the-stand-in",
    robotCode: options.robotCode ?? clientId,
    corpId: "dingcorp00000000",
    port: options.port ?? 0,
    limits: { apiPerSecond: 0, monthlyCalls: 0, ...options.limits },
    scopes: new Set(options.scopes ?? [cardScope, robotScope]),
    tokenSeconds: options.tokenSeconds ?? 7200,
    tokenStatus: options.tokenStatus ?? 400,
    // "Not answered for a time (60 s), it is pushed again": a comment of the SDK. How often is not documented.
    redelivery: options.redelivery ?? [60_000, 60_000, 60_000],
    answerWithin: options.answerWithin ?? 2000,
    ticketSeconds: options.ticketSeconds ?? 90,
    pingEvery: options.pingEvery ?? 60_000,
    disconnectAfter: options.disconnectAfter ?? 10_000,
    sessionSeconds: options.sessionSeconds ?? 5400,
    again: options.again ?? "accept",
    checkCard: options.checkCard ?? remembering(checkCard),
    seed: options.seed ?? 1,
    keep: options.keep ?? 50_000,
    now: options.now ?? Date.now,
  };
}
