/** How the platform hands over events: by the long connection, or by requests to a URL of the bot. */
export type Mode = "websocket" | WebhookMode;

export interface WebhookMode {
  readonly webhook: string;
  /** Empty: bodies are neither encrypted nor signed. */
  readonly encryptKey: string;
  readonly verificationToken: string;
}

/** What a client of the long connection is told, in seconds, as the platform's JSON names it. */
export interface ClientConfig {
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
  readonly PingInterval: number;
}

/** Limits of the platform. 0 is no limit. Tests may change them at any time. */
export interface Limits {
  /** Messages a second in one chat. */
  chatPerSecond: number;
  /** Calls a second, and a minute, of one API. */
  apiPerSecond: number;
  apiPerMinute: number;
  /** Updates a second of one message. */
  updatesPerSecond: number;
  /** Bytes of a request with a card, and with a text. */
  cardBytes: number;
  textBytes: number;
  /** Days in which a message can be changed. */
  updateDays: number;
  connections: number;
}

/** The figures of the documents. */
export const documentedLimits: Readonly<Limits> = {
  chatPerSecond: 5,
  apiPerSecond: 50,
  apiPerMinute: 1000,
  updatesPerSecond: 5,
  cardBytes: 30 * 1024,
  textBytes: 150 * 1024,
  updateDays: 14,
  connections: 50,
};

/** The same without any limit on how often something happens. */
const unpacedLimits: Readonly<Limits> = {
  ...documentedLimits,
  chatPerSecond: 0,
  apiPerSecond: 0,
  apiPerMinute: 0,
  updatesPerSecond: 0,
};

export interface FakeLarkOptions {
  /** `cli_` and 16 hex digits, which some paths of the SDK check. */
  readonly appId?: string | undefined;
  readonly appSecret?: string | undefined;
  readonly botOpenId?: string | undefined;
  readonly mode?: Mode | undefined;
  /** 0: a free one. */
  readonly port?: number | undefined;
  readonly clientConfig?: Partial<ClientConfig> | undefined;
  /** What the limits are at the start: none on how often unless said otherwise. */
  readonly limits?: Partial<Limits> | undefined;
  /** HTTP status of an answer "too often". */
  readonly rateStatus?: 429 | 400 | undefined;
  /** Milliseconds until an event without acknowledgement counts as not delivered, and a person sees a click fail. */
  readonly answerWithin?: number | undefined;
  /** Milliseconds before each further delivery of an event. */
  readonly redelivery?: readonly number[] | undefined;
  /** Bytes of payload a frame; 0: an event is one frame. */
  readonly fragmentBytes?: number | undefined;
  /** The `type` of frames that bring card callbacks. The SDK drops "card". */
  readonly cardFrameType?: "event" | "card" | undefined;
  /** Permissions of the app; all of them unless given. */
  readonly scopes?: readonly string[] | undefined;
  /** Permissions that the app asked for and the organisation has not agreed to. */
  readonly waitingScopes?: readonly string[] | undefined;
  /** What the bot's info says of the app: 2, in use, unless given; 0 is not installed. */
  readonly activateStatus?: number | undefined;
  /** Seconds that a tenant token lives. */
  readonly tokenSeconds?: number | undefined;
  /** What is wrong with a card; the rules of card JSON 2.0 unless given. */
  readonly checkCard?: ((content: string) => readonly string[]) | undefined;
  /** Decides which connection an event goes to, and ids. */
  readonly seed?: number | undefined;
  /** How many messages, requests and so on are remembered. */
  readonly keep?: number | undefined;
  /** Epoch milliseconds. A test that passes its own can let days go by; waiting itself is by real timers. */
  readonly now?: (() => number) | undefined;
}

/** The options with what was left out. */
export interface Settings {
  readonly appId: string;
  readonly appSecret: string;
  readonly botOpenId: string;
  readonly tenantKey: string;
  readonly port: number;
  readonly clientConfig: ClientConfig;
  readonly limits: Limits;
  readonly rateStatus: 429 | 400;
  readonly answerWithin: number;
  readonly redelivery: readonly number[];
  readonly fragmentBytes: number;
  readonly cardFrameType: "event" | "card";
  readonly scopes: readonly string[] | undefined;
  readonly waitingScopes: readonly string[];
  readonly activateStatus: number;
  readonly tokenSeconds: number;
  readonly checkCard: (content: string) => readonly string[];
  readonly seed: number;
  readonly keep: number;
  readonly now: () => number;
}

/** Verdicts on cards that are remembered. */
const verdictLimit = 200;

/** The same check, at no cost for a card that was seen lately: under load most of them are alike. */
function remembering(check: (content: string) => readonly string[]): (content: string) => readonly string[] {
  const verdicts = new Map<string, readonly string[]>();
  return (content) => {
    const known = verdicts.get(content);
    if (known !== undefined) return known;
    const verdict = check(content);
    verdicts.set(content, verdict);
    if (verdicts.size > verdictLimit) verdicts.delete(verdicts.keys().next().value ?? "");
    return verdict;
  };
}

/** Fills in what was left out, with what the real platform does. */
export function settle(options: FakeLarkOptions, checkCard: (content: string) => readonly string[]): Settings {
  return {
    appId: options.appId ?? "cli_0123456789abcdef",
    appSecret: options.appSecret ?? "secret-of-the-stand-in",
    botOpenId: options.botOpenId ?? "ou_b07b07b07b07b07b07b07b07b07b07b0",
    tenantKey: "tenant0000000000",
    port: options.port ?? 0,
    clientConfig: {
      ReconnectCount: -1,
      ReconnectInterval: 120,
      ReconnectNonce: 30,
      PingInterval: 120,
      ...options.clientConfig,
    },
    limits: { ...unpacedLimits, ...options.limits },
    rateStatus: options.rateStatus ?? 429,
    // "Handle it within 3 seconds", and 15 s, 5 min, 1 h, 6 h: document "Receive events through a long connection".
    answerWithin: options.answerWithin ?? 3000,
    redelivery: options.redelivery ?? [15_000, 300_000, 3_600_000, 21_600_000],
    fragmentBytes: options.fragmentBytes ?? 0,
    cardFrameType: options.cardFrameType ?? "event",
    scopes: options.scopes,
    waitingScopes: options.waitingScopes ?? [],
    activateStatus: options.activateStatus ?? 2,
    tokenSeconds: options.tokenSeconds ?? 7200,
    checkCard: remembering(options.checkCard ?? checkCard),
    seed: options.seed ?? 1,
    keep: options.keep ?? 50_000,
    now: options.now ?? Date.now,
  };
}
