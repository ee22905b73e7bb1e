import { z } from "zod";
import { foldWord } from "../commands/index.ts";
import { alerts, digests, people } from "./alerts-schema.ts";
import {
  baseUrl,
  choice,
  decimalNumber,
  distinct,
  duration,
  endpoint,
  flag,
  listenHost,
  secret,
  section,
  text,
  wholeNumber,
  word,
} from "./fields.ts";
import type { Secret } from "./secret.ts";
import { storeUrl } from "./store-url.ts";
import { timeZone } from "./time-zone.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const simulator = section({
  runtimes: wholeNumber(0, 200_000).default(240).describe("How many runtimes the simulated fleet has."),
  seed: wholeNumber(0, 4_294_967_295).default(7).describe("The same seed gives the same fleet."),
  riskRate: decimalNumber(1, { positive: false }).default(0.05).describe("The share of runtimes at risk, 0 to 1."),
  tick: duration({ least: 100, most: hour, zero: true })
    .prefault("10s")
    .describe("How often the simulated fleet changes. 0: never."),
});

const credentials = z.discriminatedUnion(
  "type",
  [
    section({
      type: z.literal("default").describe("The chain of Alibaba Cloud: environment, profile, RAM role, OIDC."),
    }),
    section({
      type: z.literal("access-key").describe("An AccessKey pair that is written here."),
      accessKeyId: word().describe("AccessKey ID."),
      accessKeySecret: secret().describe("AccessKey secret. Secret: take it from the environment."),
      securityToken: secret().prefault("").describe("STS token of a temporary AccessKey. Secret. Empty: none."),
    }),
  ],
  { error: "must be a section such as { type: default }" },
);

const alibabaCloud = section({
  region: choice(["cn-shanghai", "ap-southeast-1"])
    .default("cn-shanghai")
    .describe("Which of the two endpoints of App Streaming is asked."),
  endpoint: endpoint().default("").describe("host[:port] in place of the region's own endpoint. Empty: the region's."),
  protocol: choice(["https", "http"]).default("https").describe("http is allowed to a loopback endpoint only."),
  credentials: credentials.prefault({ type: "default" }).describe("Who asks the API."),
  timeout: duration({ least: 100, most: minute }).prefault("8s").describe("Limit of one attempt."),
  attempts: wholeNumber(1, 10).default(4).describe("All tries of one page, the first included."),
  requestsPerSecond: decimalNumber(100, { positive: true })
    .default(1)
    .describe("Requests a second to the API, over all chats."),
  pageSize: wholeNumber(1, 100).default(100).describe("Runtimes asked for at once when the whole fleet is read."),
});

const fleet = section({
  source: choice(["simulator", "alibaba-cloud"])
    .default("simulator")
    .describe("Where runtimes come from: a simulated fleet on this machine, or the API."),
  providers: distinct(word(), { least: 1, most: 20, same: foldWord })
    .default(["OpenClaw", "HermesAgent"])
    .describe("The agent providers that are asked when a command names none."),
  simulator: simulator.prefault({}).describe("The simulated fleet."),
  alibabaCloud: alibabaCloud.prefault({}).describe("The App Streaming API of Alibaba Cloud."),
});

const lark = section({
  enabled: flag().default(false).describe("Whether the bot answers in Lark or Feishu."),
  appId: text().default("").describe("App ID (cli_…)."),
  appSecret: secret().prefault("").describe("App secret. Secret: take it from the environment."),
  domain: baseUrl(["feishu", "lark"]).prefault("feishu").describe("feishu, lark, or the base URL of another cloud."),
  events: choice(["websocket", "webhook"])
    .default("websocket")
    .describe("How events arrive: over a connection that the bot opens, or at POST /lark/events."),
  encryptKey: secret().prefault("").describe("Encrypt key of the event subscription. Secret. Wanted for webhook."),
  verificationToken: secret()
    .prefault("")
    .describe("Verification token of the event subscription. Secret. The least that webhook needs."),
});

const dingtalk = section({
  enabled: flag().default(false).describe("Whether the bot answers in DingTalk."),
  clientId: text().default("").describe("Client ID (AppKey)."),
  clientSecret: secret().prefault("").describe("Client secret (AppSecret). Secret: take it from the environment."),
  robotCode: text().default("").describe("Robot code. Empty: the client ID."),
  cardTemplateId: text().default("").describe("Card template. Empty: the public markdown-and-buttons template."),
  apiBase: baseUrl().prefault("https://api.dingtalk.com").describe("Base URL of the API."),
  oapiBase: baseUrl().prefault("https://oapi.dingtalk.com").describe("Base URL of the older API (uploads)."),
  monthlyCalls: wholeNumber(0, 100_000_000)
    .default(5_000)
    .describe(
      "API calls a month that the organisation's edition includes; above four fifths of them what is optional is left out. 0: no limit.",
    ),
});

const channels = section({
  playground: section({ enabled: flag().default(true).describe("Whether GET / shows the playground.") })
    .prefault({})
    .describe("A chat in the browser, for trying commands."),
  lark: lark.prefault({}).describe("Lark and Feishu."),
  dingtalk: dingtalk.prefault({}).describe("DingTalk."),
});

const rule = section({
  channel: choice(["lark", "dingtalk", "playground", "*"]).describe('The channel that the rule is about; "*": any.'),
  chats: distinct(word(), { least: 1, most: 1_000 }).optional().describe('Ids of chats, or "*". Left out: any chat.'),
  users: distinct(word(), { least: 1, most: 1_000 }).optional().describe('Ids of users, or "*". Left out: any user.'),
  allow: distinct(choice(["query", "export", "alerts", "views", "admin"]), { most: 5 }).describe("What is allowed."),
  scope: word().optional().describe("A filter that is added to every query from here, such as group=rg-finance."),
  show: section({
    users: choice(["full", "masked", "hidden"])
      .default("full")
      .describe("How the users of a runtime are shown: as they are, in part, or not at all."),
    mention: flag().default(false).describe("Whether alerts may mention the people of a runtime; see people."),
  })
    .prefault({})
    .describe("What is shown of a runtime."),
});

const access = section({
  default: choice(["allow", "deny"]).default("deny").describe("What happens where no rule fits."),
  rules: z
    .array(rule, { error: "must be a list of rules, each beginning with -" })
    .max(200, { error: "must be at most 200 rules" })
    .default([])
    .describe("Who may do what, where."),
});

/** The whole of `app.yaml`. An empty file is valid: everything has a default. */
export const configSchema = section({
  locale: choice(["auto", "en", "zh"])
    .default("auto")
    .describe("Language of the answers. auto: that of the reader, where the platform tells."),
  timeZone: timeZone()
    .default("auto")
    .describe("Zone in which times are shown, such as Asia/Shanghai. auto: the machine's."),
  fleet: fleet.prefault({}).describe("The runtimes that are asked about."),
  channels: channels.prefault({}).describe("Where people chat with the bot."),
  access: access.prefault({}).describe("Who may do what, where."),
  alerts: alerts.prefault({}).describe("How watches of chats behave."),
  digests: digests.prefault({}).describe("Summaries on a schedule."),
  audit: section({
    keep: duration({ least: day, most: 400 * day, zero: true })
      .prefault("90d")
      .describe("How long it is kept who did what in a chat, for /audit. 0: nothing is written down."),
  })
    .prefault({})
    .describe("Who did what, for /audit."),
  people: people.default([]).describe("Who is who, so that the people of a runtime can be mentioned."),
  store: section({
    url: storeUrl()
      .prefault("file:./data")
      .describe("file:DIR, memory: or postgres://…; secret when it holds a password."),
  })
    .prefault({})
    .describe("Where views, watches and what was told are kept."),
  http: section({
    host: listenHost().default("127.0.0.1").describe("Address that is listened on. 0.0.0.0: every IPv4 address."),
    port: wholeNumber(0, 65_535).default(8080).describe("Port that is listened on. 0: any free one."),
  })
    .prefault({})
    .describe("Playground, health, metrics and webhooks."),
  log: section({
    level: choice(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
      .default("info")
      .describe("The least grave lines that are written."),
    format: choice(["pretty", "json"]).default("pretty").describe("pretty for people, json for collectors."),
  })
    .prefault({})
    .describe("What the bot writes about itself."),
});

type DeepReadonly<Value> = Value extends Secret
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
      : Value;

/** The configuration as the parts take it: complete, durations in milliseconds, secrets wrapped. */
export type Config = DeepReadonly<z.output<typeof configSchema>>;

/** Keys whose values are never printed, wherever they stand; `url` because it may hold a password. */
const secretKeys: ReadonlySet<PropertyKey> = new Set([
  "appSecret",
  "encryptKey",
  "verificationToken",
  "clientSecret",
  "accessKeySecret",
  "securityToken",
  "url",
]);

/** Whether the value of a key must not be shown in a message. */
export function isSecretKey(key: PropertyKey | undefined): boolean {
  return key !== undefined && secretKeys.has(key);
}
