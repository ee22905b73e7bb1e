import { describe, expect, test } from "vitest";
import { isSecretKey } from "../../src/config/schema.ts";
import { isSecret } from "../../src/config/secret.ts";
import { configOf, problemsOf } from "./read.ts";

const secret = expect.objectContaining({});

const defaults = {
  locale: "auto",
  timeZone: "auto",
  fleet: {
    source: "simulator",
    providers: ["OpenClaw", "HermesAgent"],
    simulator: { runtimes: 240, seed: 7, riskRate: 0.05, tick: 10_000 },
    alibabaCloud: {
      region: "cn-shanghai",
      endpoint: "",
      protocol: "https",
      credentials: { type: "default" },
      timeout: 8_000,
      attempts: 4,
      requestsPerSecond: 1,
      pageSize: 100,
    },
  },
  channels: {
    playground: { enabled: true },
    lark: {
      enabled: false,
      appId: "",
      appSecret: secret,
      domain: "feishu",
      events: "websocket",
      encryptKey: secret,
      verificationToken: secret,
    },
    dingtalk: {
      enabled: false,
      clientId: "",
      clientSecret: secret,
      robotCode: "",
      cardTemplateId: "",
      apiBase: "https://api.dingtalk.com",
      oapiBase: "https://oapi.dingtalk.com",
      monthlyCalls: 5_000,
    },
  },
  access: { default: "deny", rules: [] },
  alerts: {
    ...{ interval: 60_000, hold: 0, repeat: 86_400_000, resolved: true, groupLimit: 10 },
    watches: [],
    budget: { calls: 0, pushes: 0 },
  },
  digests: { late: 7_200_000 },
  audit: { keep: 7_776_000_000 },
  people: [],
  store: { url: { kind: "file", directory: "./data" } },
  http: { host: "127.0.0.1", port: 8080 },
  log: { level: "info", format: "pretty" },
};

/** `fleet.simulator.tick` and a value as the one line of YAML that sets it. */
function setting(key: string, value: string): string {
  const steps = key.split(".");
  const open = steps.map((step) => `{ ${step}: `).join("");
  return `${open}${value}${" }".repeat(steps.length)}`;
}

describe("without a word", () => {
  test.each(["", "{}", "# only a comment\n", "---\n", "fleet: {}\nchannels: { lark: {} }\nhttp: {}\n"])(
    "the configuration %j is complete",
    (text) => {
      expect(configOf(text)).toEqual(defaults);
    },
  );

  test("every secret is there, and empty", () => {
    const { lark, dingtalk } = configOf("").channels;
    const texts = [lark.appSecret, lark.encryptKey, lark.verificationToken, dingtalk.clientSecret].map((one) =>
      one.reveal(),
    );
    expect(texts).toEqual(["", "", "", ""]);
  });

  test("nobody may do anything", () => {
    expect(configOf("").access).toEqual({ default: "deny", rules: [] });
  });
});

const accepted: readonly (readonly [string, string])[] = [
  ["locale", "zh"],
  ["timeZone", "auto"],
  ["timeZone", "Asia/Shanghai"],
  ["timeZone", "asia/shanghai"],
  ["timeZone", "UTC"],
  ["timeZone", "US/Eastern"],
  ["timeZone", "Etc/GMT-8"],
  ["fleet.source", "alibaba-cloud"],
  ["fleet.providers", "[One, 'Two words']"],
  ["fleet.simulator.runtimes", "0"],
  ["fleet.simulator.runtimes", "200000"],
  ["fleet.simulator.seed", "0"],
  ["fleet.simulator.seed", "4294967295"],
  ["fleet.simulator.riskRate", "0"],
  ["fleet.simulator.riskRate", "1"],
  ["fleet.simulator.tick", "0"],
  ["fleet.simulator.tick", "100ms"],
  ["fleet.simulator.tick", "1h"],
  ["fleet.alibabaCloud.region", "ap-southeast-1"],
  ["fleet.alibabaCloud.endpoint", "127.0.0.1:8081"],
  ["fleet.alibabaCloud.protocol", "https"],
  ["fleet.alibabaCloud.credentials", "{ type: default }"],
  ["fleet.alibabaCloud.credentials", "{ type: access-key, accessKeyId: a, accessKeySecret: b }"],
  ["fleet.alibabaCloud.credentials", "{ type: access-key, accessKeyId: a, accessKeySecret: b, securityToken: c }"],
  ["fleet.alibabaCloud.timeout", "100ms"],
  ["fleet.alibabaCloud.timeout", "60s"],
  ["fleet.alibabaCloud.attempts", "1"],
  ["fleet.alibabaCloud.attempts", "10"],
  ["fleet.alibabaCloud.requestsPerSecond", "0.1"],
  ["fleet.alibabaCloud.requestsPerSecond", "100"],
  ["fleet.alibabaCloud.pageSize", "1"],
  ["fleet.alibabaCloud.pageSize", "100"],
  ["channels.playground.enabled", "false"],
  ["channels.lark.appId", "cli_a"],
  ["channels.lark.appSecret", "s"],
  ["channels.lark.domain", "lark"],
  ["channels.lark.domain", "http://127.0.0.1:9000"],
  ["channels.lark.events", "webhook"],
  ["channels.lark.encryptKey", "s"],
  ["channels.lark.verificationToken", "s"],
  ["channels.dingtalk.clientId", "ding"],
  ["channels.dingtalk.clientSecret", "s"],
  ["channels.dingtalk.robotCode", "r"],
  ["channels.dingtalk.cardTemplateId", "t.schema"],
  ["channels.dingtalk.apiBase", "http://localhost:1"],
  ["channels.dingtalk.oapiBase", "https://example.com"],
  ["channels.dingtalk.monthlyCalls", "0"],
  ["channels.dingtalk.monthlyCalls", "100000000"],
  ["access.default", "allow"],
  ["access.rules", "[]"],
  ["access.rules", "[{ channel: '*', allow: [] }]"],
  ["access.rules", "[{ channel: lark, chats: ['*'], users: ['ou_1', 'ou_2'], allow: [query, admin] }]"],
  ["access.rules", "[{ channel: lark, users: ['ou_aB', 'ou_ab', 'ou_a-b'], allow: [query] }]"],
  ["access.rules", "[{ channel: lark, allow: [query], scope: 'group=rg-x', show: { users: hidden } }]"],
  ["access.rules", "[{ channel: lark, allow: [query], show: { mention: true } }]"],
  ["alerts.interval", "100ms"],
  ["alerts.interval", "24h"],
  ["alerts.hold", "7d"],
  ["alerts.repeat", "0"],
  ["alerts.repeat", "30d"],
  ["alerts.resolved", "false"],
  ["alerts.groupLimit", "1"],
  ["alerts.groupLimit", "100"],
  ["alerts.watches", "[]"],
  ["alerts.watches", "[{ channel: playground, chat: c }]"],
  ["alerts.watches", "[{ channel: playground, chat: c, filter: '', locale: auto }]"],
  ["alerts.watches", "[{ channel: playground, chat: c, filter: 'risk=model-modified', locale: zh }]"],
  ["alerts.budget", "{}"],
  ["alerts.budget.calls", "100000000"],
  ["alerts.budget.pushes", "1"],
  ["digests.late", "0"],
  ["digests.late", "1m"],
  ["digests.late", "24h"],
  ["audit.keep", "0"],
  ["audit.keep", "1d"],
  ["audit.keep", "400d"],
  ["people", "[]"],
  ["people", "[{ user: li.na, lark: ou_1, dingtalk: '01' }, { user: wang.wei, dingtalk: '01' }]"],
  ["store.url", "'memory:'"],
  ["store.url", "file:/var/lib/deskhand"],
  ["http.host", "0.0.0.0"],
  ["http.host", "'::1'"],
  ["http.port", "0"],
  ["http.port", "65535"],
  ["log.level", "silent"],
  ["log.format", "json"],
];

test.each(accepted)("%s can be %s", (key, value) => {
  expect(problemsOf(setting(key, value))).toEqual([]);
});

const refused: readonly (readonly [string, string])[] = [
  ["locale", "de"],
  ["locale", "[en]"],
  ["timeZone", "''"],
  ["timeZone", "Mars/Olympus"],
  ["timeZone", "'+08:00'"],
  ["timeZone", "8"],
  ["fleet", "simulator"],
  ["fleet.source", "Simulator"],
  ["fleet.providers", "OpenClaw"],
  ["fleet.providers", "[]"],
  ["fleet.simulator.runtimes", "-1"],
  ["fleet.simulator.runtimes", "200001"],
  ["fleet.simulator.runtimes", "1.5"],
  ["fleet.simulator.seed", "-1"],
  ["fleet.simulator.riskRate", "1.01"],
  ["fleet.simulator.riskRate", "-0.1"],
  ["fleet.simulator.riskRate", ".nan"],
  ["fleet.simulator.tick", "99ms"],
  ["fleet.simulator.tick", "61m"],
  ["fleet.alibabaCloud.region", "cn-hangzhou"],
  ["fleet.alibabaCloud.endpoint", "https://example.com"],
  ["fleet.alibabaCloud.endpoint", "example.com/path"],
  ["fleet.alibabaCloud.protocol", "HTTP"],
  ["fleet.alibabaCloud.credentials", "default"],
  ["fleet.alibabaCloud.timeout", "0"],
  ["fleet.alibabaCloud.timeout", "61s"],
  ["fleet.alibabaCloud.attempts", "0"],
  ["fleet.alibabaCloud.attempts", "11"],
  ["fleet.alibabaCloud.requestsPerSecond", "0"],
  ["fleet.alibabaCloud.requestsPerSecond", "100.5"],
  ["fleet.alibabaCloud.requestsPerSecond", ".inf"],
  ["fleet.alibabaCloud.pageSize", "0"],
  ["fleet.alibabaCloud.pageSize", "101"],
  ["channels.playground", "true"],
  ["channels.playground.enabled", "yes"],
  ["channels.lark.appId", "1"],
  ["channels.lark.appSecret", "' s'"],
  ["channels.lark.domain", "http://example.com"],
  ["channels.lark.domain", "''"],
  ["channels.lark.events", "socket"],
  ["channels.dingtalk.apiBase", "api.dingtalk.com"],
  ["channels.dingtalk.oapiBase", "https://u:p@example.com"],
  ["channels.dingtalk.monthlyCalls", "-1"],
  ["channels.dingtalk.monthlyCalls", "100000001"],
  ["channels.dingtalk.monthlyCalls", "1.5"],
  ["access.default", "true"],
  ["access.rules", "{}"],
  ["alerts.interval", "0"],
  ["alerts.interval", "25h"],
  ["alerts.hold", "8d"],
  ["alerts.repeat", "999ms"],
  ["alerts.resolved", "1"],
  ["alerts.groupLimit", "0"],
  ["alerts.groupLimit", "101"],
  ["alerts.watches", "{}"],
  ["alerts.budget", "100"],
  ["alerts.budget.calls", "-1"],
  ["alerts.budget.pushes", "1.5"],
  ["digests.late", "59s"],
  ["digests.late", "25h"],
  ["audit.keep", "23h"],
  ["audit.keep", "401d"],
  ["people", "{}"],
  ["store.url", "./data"],
  ["http.host", "127.0.0.1:80"],
  ["http.host", "''"],
  ["http.port", "-1"],
  ["http.port", "65536"],
  ["log.level", "verbose"],
  ["log.format", "text"],
];

test.each(refused)("%s cannot be %s, and it is said once, of that key", (key, value) => {
  expect(problemsOf(setting(key, value)).map((problem) => problem.key)).toEqual([key]);
});

const badRules: readonly (readonly [string, readonly string[]])[] = [
  ["{ allow: [query] }", ["channel"]],
  ["{ channel: lark }", ["allow"]],
  ["{ channel: slack, allow: [query] }", ["channel"]],
  ["{ channel: lark, allow: query }", ["allow"]],
  ["{ channel: lark, allow: [read, query] }", ["allow[0]"]],
  ["{ channel: lark, allow: [query, query] }", ["allow[1]"]],
  ["{ channel: lark, allow: [query], chats: [] }", ["chats"]],
  ["{ channel: lark, allow: [query], chats: ['a', 'b', 'a'] }", ["chats[2]"]],
  ["{ channel: lark, allow: [query], users: }", ["users"]],
  ["{ channel: lark, allow: [query], users: ['a', 1] }", ["users[1]"]],
  ["{ channel: lark, allow: [query], scope: '' }", ["scope"]],
  ["{ channel: lark, allow: [query], scope: 'nonsense=1' }", ["scope"]],
  ["{ channel: lark, allow: [query], show: masked }", ["show"]],
  ["{ channel: lark, allow: [query], show: { users: no } }", ["show.users"]],
  ["{ channel: lark, allow: [query], show: { mention: yes } }", ["show.mention"]],
];

test.each(badRules)("a rule cannot be %s", (rule, keys) => {
  const found = problemsOf(`access: { rules: [${rule}] }`).map((problem) => problem.key);
  expect(found).toEqual(keys.map((key) => `access.rules[0].${key}`));
});

const badPeople: readonly (readonly [string, readonly string[]])[] = [
  ["{ lark: ou_1 }", ["people[0].user"]],
  ["{ user: a }", ["people[0]"]],
  ["{ user: '', lark: ou_1 }", ["people[0].user"]],
  ["{ user: a, lark: '' }", ["people[0].lark"]],
  ["{ user: a, dingtalk: 1 }", ["people[0].dingtalk"]],
  ["{ user: a, lark: ou_1 }, { user: a, lark: ou_2 }", ["people[1].user"]],
];

test.each(badPeople)("people cannot be %s", (people, keys) => {
  expect(problemsOf(`people: [${people}]`).map(({ key }) => key)).toEqual(keys);
});

test("as many people as there may be are read, and one more is refused", () => {
  const people = (many: number) =>
    Array.from({ length: many }, (_, index) => `  - { user: u${index}, lark: ou_${index}, dingtalk: "${index}" }\n`);
  expect(configOf(`people:\n${people(5_000).join("")}`).people).toHaveLength(5_000);
  expect(problemsOf(`people:\n${people(5_001).join("")}`).map(({ key }) => key)).toEqual(["people"]);
});

test("a provider that is there twice is refused, however it is spelled", () => {
  const problems = problemsOf("fleet: { providers: [OpenClaw, Hermes, open-claw] }");
  expect(problems.map(({ key, message }) => `${key} ${message}`)).toEqual([
    "fleet.providers[2] is in the list already",
  ]);
});

test("a base URL loses the slash at its end", () => {
  expect(configOf("channels: { lark: { domain: 'https://example.com/open//' } }").channels.lark.domain).toBe(
    "https://example.com/open",
  );
});

test("a rule keeps its scope as it was written", () => {
  const { rules } = configOf(
    "access: { rules: [{ channel: lark, allow: [query], scope: 'Status = Running' }] }",
  ).access;
  expect(rules[0]).toEqual({
    channel: "lark",
    allow: ["query"],
    scope: "Status = Running",
    show: { users: "full", mention: false },
  });
});

test("whatever is kept as a secret is under a key that messages do not show", () => {
  const config = configOf(
    "fleet: { alibabaCloud: { credentials: { type: access-key, accessKeyId: a, accessKeySecret: b, securityToken: c } } }",
  );
  const keys: string[] = [];
  const walk = (value: object) => {
    for (const [key, inner] of Object.entries(value)) {
      if (isSecret(inner)) {
        keys.push(key);
      } else if (typeof inner === "object") {
        walk(inner);
      }
    }
  };
  walk(config);
  expect(keys).toHaveLength(6);
  expect(keys.filter((key) => !isSecretKey(key))).toEqual([]);
});
