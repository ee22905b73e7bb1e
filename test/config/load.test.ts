// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatProblem, loadConfig, parseConfig } from "../../src/config/index.ts";
import { configOf, linesOf, problemsOf } from "./read.ts";

const example = `
locale: auto                     # auto | en | zh
fleet:
  source: simulator              # simulator | alibaba-cloud
  providers: [OpenClaw, HermesAgent]
  simulator: { runtimes: 240, seed: 7, riskRate: 0.05, tick: 10s }
  alibabaCloud:
    region: cn-shanghai          # cn-shanghai | ap-southeast-1
    endpoint: ""                 # host[:port]; empty: the region's own
    protocol: https              # https | http (http only to a loopback address)
    credentials: { type: default }
    timeout: 8s                  # one attempt
    attempts: 4                  # all tries of one page
    requestsPerSecond: 1         # to the API, over all chats
    pageSize: 100                # of scans
channels:
  playground: { enabled: true }
  lark:
    enabled: false
    appId: \${LARK_APP_ID:-}
    appSecret: \${LARK_APP_SECRET:-}
    domain: feishu               # feishu | lark | a base URL
    events: websocket            # websocket | webhook
    encryptKey: \${LARK_ENCRYPT_KEY:-}
    verificationToken: \${LARK_VERIFICATION_TOKEN:-}
  dingtalk:
    enabled: false
    clientId: \${DINGTALK_CLIENT_ID:-}
    clientSecret: \${DINGTALK_CLIENT_SECRET:-}
    robotCode: ""                # empty: the client id
    cardTemplateId: ""           # empty: the public markdown-and-buttons template
    apiBase: https://api.dingtalk.com
    oapiBase: https://oapi.dingtalk.com
access:
  default: deny                  # allow | deny
  rules:
    - channel: lark              # lark | dingtalk | playground | "*"
      chats: ["oc_…"]            # ids or "*"; optional
      users: ["ou_…"]            # optional
      allow: [query, export, alerts, views, admin]
      scope: "group=rg-xxxx"     # optional filter that is added to every query from here
      show: { users: masked }    # full | masked | hidden
alerts:
  interval: 60s                  # between scans
  hold: 0s                       # a condition must last this long before it is told
  repeat: 24h                    # reminder while it lasts; 0 = never
  resolved: true                 # tell when it is over
  groupLimit: 10                 # runtimes named on one alert card; the rest by paging
store:
  url: file:./data               # file:DIR | memory: | postgres://…
http: { host: 127.0.0.1, port: 8080 }
log: { level: info, format: pretty }   # pretty | json
`;

describe("a file that holds every key", () => {
  test("loads as it stands, with no variable set", () => {
    const { access, ...rest } = configOf(example);
    const { access: _, ...defaults } = configOf("");
    expect(rest).toEqual(defaults);
    expect(access).toEqual({
      default: "deny",
      rules: [
        {
          channel: "lark",
          chats: ["oc_…"],
          users: ["ou_…"],
          allow: ["query", "export", "alerts", "views", "admin"],
          scope: "group=rg-xxxx",
          show: { users: "masked" },
        },
      ],
    });
  });

  test("takes ids and secrets from the environment", () => {
    const { lark } = configOf(example, { LARK_APP_ID: "cli_1", LARK_APP_SECRET: "0123" }).channels;
    expect([lark.appId, lark.appSecret.reveal()]).toEqual(["cli_1", "0123"]);
  });

  test("loads with the line ends of Windows and a byte order mark", () => {
    expect(problemsOf(`\ufeff${example.replaceAll("\n", "\r\n")}`)).toEqual([]);
  });
});

describe("the file that comes with Deskhand", () => {
  const path = new URL("../../app.yaml", import.meta.url).pathname;

  test("needs no account and lets the playground do everything", async () => {
    const loaded = await loadConfig({ path, environment: {} });
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([]);
    const rules = [
      { channel: "playground", allow: ["query", "export", "alerts", "views", "admin"], show: { users: "full" } },
    ];
    expect(loaded.ok && loaded.config).toEqual({ ...configOf(""), access: { default: "deny", rules } });
  });

  test("takes its port from the environment", async () => {
    const loaded = await loadConfig({ path, environment: { PORT: "9000" } });
    expect(loaded.ok && loaded.config.http.port).toBe(9000);
  });

  test("tells editors its schema in the first line", async () => {
    expect(await readFile(path, "utf8")).toMatch(/^# yaml-language-server: \$schema=\.\/app\.schema\.json\n/);
  });
});

describe("what people write by mistake", () => {
  test.each([
    [
      "fleet:\n  source: simulater\n",
      'app.yaml:2:11 fleet.source: "simulater" is not one of simulator, alibaba-cloud — did you mean simulator?',
    ],
    ["fleet:\n  sorce: simulator\n", "app.yaml:2:3 fleet.sorce: is not a key of fleet — did you mean source?"],
    ["flet: {}\n", "app.yaml:1:1 flet: is not a key of this file — did you mean fleet?"],
    ["port: 80\n", "app.yaml:1:1 port: is not a key of this file — did you mean http.port?"],
    ["http: { colour: red }\n", "app.yaml:1:9 http.colour: is not a key of http — the keys here are host, port"],
    [
      "http.port: 80\n",
      "app.yaml:1:1 http.port: is not a key of this file — a dot does not lead into a section: write the section, and the key below it",
    ],
    [
      'http:\n  port: "8080"\n',
      'app.yaml:2:9 http.port: must be a whole number from 0 to 65535, not "8080" — write it without quotes',
    ],
    ["http:\n  port: 80801\n", "app.yaml:2:9 http.port: must be a whole number from 0 to 65535, not 80801"],
    ["http:\n  port:\n", "app.yaml:2:8 http.port: has no value — give it one, or leave out the key"],
    [
      "alerts:\n  resolved: yes\n",
      'app.yaml:2:13 alerts.resolved: must be true or false, not "yes" — did you mean true?',
    ],
    [
      "alerts:\n  resolved: off\n",
      'app.yaml:2:13 alerts.resolved: must be true or false, not "off" — did you mean false?',
    ],
    [
      "alerts:\n  interval: 60\n",
      "app.yaml:2:13 alerts.interval: must be a duration from 100ms to 1d, not 60 — did you mean 60s?",
    ],
    [
      "alerts:\n  interval: 60 sec\n",
      'app.yaml:2:13 alerts.interval: must be a duration from 100ms to 1d, not "60 sec" — did you mean 60s?',
    ],
    [
      "log:\n  level: INFO\n",
      'app.yaml:2:10 log.level: "INFO" is not one of trace, debug, info, warn, error, fatal, silent — did you mean info?',
    ],
    [
      "fleet:\n  alibabaCloud:\n    endpoint: https://a.com/\n",
      'app.yaml:3:15 fleet.alibabaCloud.endpoint: must be host or host:port, without https:// and without a path, not "https://a.com/" — did you mean a.com?',
    ],
    [
      "fleet:\n  alibabaCloud:\n    credentials: default\n",
      'app.yaml:3:18 fleet.alibabaCloud.credentials: must be a section such as { type: default }, not "default" — did you mean { type: default }?',
    ],
    [
      "fleet:\n  alibabaCloud:\n    credentials: { type: default, accessKeyId: a }\n",
      "app.yaml:3:35 fleet.alibabaCloud.credentials.accessKeyId: is not a key of fleet.alibabaCloud.credentials — it goes with another type",
    ],
    [
      "fleet:\n  alibabaCloud:\n    credentials: { type: acces-key }\n",
      'app.yaml:3:26 fleet.alibabaCloud.credentials.type: "acces-key" is not one of default, access-key — did you mean access-key?',
    ],
    [
      "access:\n  rules:\n    - channel: lark\n      users: [0123]\n      allow: []\n",
      'app.yaml:4:15 access.rules[0].users[0]: must be text, not 0123 — write it in quotes: "0123"',
    ],
    ["access:\n  rules:\n    - channel: lark\n", "app.yaml:3:7 access.rules[0].allow: is missing"],
    ["log: {}\nhttp: {}\nlog: {}\n", "app.yaml:3:1 log: is written twice, first in line 1 — keep one of them"],
    ["- fleet\n", "app.yaml:1:1 must be a section, with its keys on indented lines or in { }, not a list"],
  ])("%j is answered with its place and what to do", (text, line) => {
    expect(linesOf(text)).toEqual([line]);
  });

  test("is told all at once, in the order of the file", () => {
    const text = [
      "fleet:",
      "  source: simulater",
      "  alibabaCloud: { attempts: 0, atempts: 1 }",
      "channels:",
      "  lark: { enabled: true, appSecret: '${APP_SECRET}' }",
      "access:",
      "  rules:",
      "    - { channel: lark, allow: [query], scope: 'grup=x' }",
      "http:",
      "  port: ${PORT}",
      "  port: 80",
      "store: { url: nowhere }",
      "log: { level: loud",
    ].join("\n");
    const whole = problemsOf(`${text} }`).map(({ line, key }) => `${line} ${key}`);
    expect(whole).toEqual([
      "2 fleet.source",
      "3 fleet.alibabaCloud.attempts",
      "3 fleet.alibabaCloud.atempts",
      "5 channels.lark.appId",
      "5 channels.lark.enabled",
      "5 channels.lark.appSecret",
      "8 access.rules[0].scope",
      "10 http.port",
      "11 http.port",
      "12 store.url",
      "13 log.level",
    ]);
  });

  test("is told as far as the first slip in the YAML, and the slip with it", () => {
    const found = linesOf("fleet:\n  source: simulater\nhttp:\n\tport: many\nlog: { level: loud }\n");
    expect(found).toEqual([
      'app.yaml:2:11 fleet.source: "simulater" is not one of simulator, alibaba-cloud — did you mean simulator?',
      "app.yaml:4:1 a tab cannot indent a line — use two blanks for each level",
    ]);
  });

  test("is told of at most 200 places", () => {
    const text = Array.from({ length: 300 }, (_, index) => `key${index}: 1`).join("\n");
    expect(problemsOf(text)).toHaveLength(200);
  });
});

describe("variables", () => {
  test("that are missing are named with key, line and column", () => {
    expect(linesOf("http:\n  host: a-${HOST}.example\n  port: ${PORT}\n")).toEqual([
      "app.yaml:2:11 http.host: the variable HOST is not set — set it, or give it a default: ${HOST:-…}",
      "app.yaml:3:9 http.port: the variable PORT is not set — set it, or give it a default: ${PORT:-…}",
    ]);
  });

  test("that are missing in a block of text have the line they stand in", () => {
    const [problem] = problemsOf("channels:\n  lark:\n    appId: |\n      one\n      $${two} ${THREE}\n");
    expect([problem?.line, problem?.column]).toEqual([5, 15]);
  });

  test("are numbers and true or false where these are expected, in quotes as well", () => {
    const text =
      'http: { port: "${PORT}" }\nalerts:\n  resolved: ${RESOLVED}\n  repeat: ${REPEAT}\nfleet: { simulator: { riskRate: "${RATE}" } }';
    const config = configOf(text, { PORT: "80", RESOLVED: "false", REPEAT: "0", RATE: "0.5" });
    expect([config.http.port, config.alerts.resolved, config.alerts.repeat, config.fleet.simulator.riskRate]).toEqual([
      80,
      false,
      0,
      0.5,
    ]);
  });

  test("stay text where text is expected, whatever they look like", () => {
    for (const value of ["0123456789", "1e5", "true", "null", "~", "0x10", "-"]) {
      const { appId, appSecret } = configOf("channels:\n  lark:\n    appId: ${V}\n    appSecret: ${V}\n", { V: value })
        .channels.lark;
      expect([appId, appSecret.reveal()]).toEqual([value, value]);
    }
  });

  test("of the wrong kind are named and not repeated", () => {
    const lines = linesOf("http:\n  port: ${PORT}\nlog:\n  level: ${LEVEL}\n", { PORT: "hunter2", LEVEL: "inof" });
    expect(lines).toEqual([
      "app.yaml:2:9 http.port: must be a whole number from 0 to 65535, not the value of PORT",
      "app.yaml:4:10 log.level: the value of LEVEL is not one of trace, debug, info, warn, error, fatal, silent",
    ]);
  });

  test("without quotes inside braces are explained", () => {
    const line = 'this does not fit here — inside { } and [ ] put variables in quotes: "${NAME}"';
    expect(linesOf("http: { port: ${PORT:-8080} }")).toEqual([`app.yaml:1:16 ${line}`]);
    expect(linesOf("fleet: { providers: [${A}] }")[0]).toContain(line);
  });

  test("never change the structure, whatever they hold", () => {
    const text =
      "channels:\n  lark:\n    appId: ${V}\n    domain: feishu\n  dingtalk: { robotCode: 'a${V}b' }\nhttp:\n  port: 1\n";
    const bits = fc.constantFrom(
      "\n",
      ": ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "#",
      "'",
      '"',
      "&a",
      "*a",
      "!!",
      "${V}",
      "\t",
      "x",
    );
    const values = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(bits, { maxLength: 9 }).map((all) => all.join("")),
    );
    const plain = configOf(text, { V: "x" });
    fc.assert(
      fc.property(values, (value) => {
        const config = configOf(text, { V: value });
        expect(config.channels.lark.appId).toBe(value);
        expect(config.channels.dingtalk.robotCode).toBe(`a${value}b`);
        expect({ ...config, channels: 0 }).toEqual({ ...plain, channels: 0 });
      }),
      { numRuns: 150 },
    );
  });
});

test("no text makes it throw, and every problem has a place in it", () => {
  const bits = fc.constantFrom(
    "fleet",
    "http",
    "port",
    ":",
    " ",
    "\n",
    "  ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "${A}",
    "&a ",
    "*a",
    "\t",
    "1",
    "|",
    "? ",
    "!x ",
  );
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 30 }), (all) => {
      const text = all.join("");
      const lines = text.split("\n");
      for (const { line, column } of problemsOf(text)) {
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
      }
    }),
    { numRuns: 500 },
  );
});

describe("reading the file", () => {
  const environment = {};
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "deskhand-config-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  async function lineOf(path: string): Promise<readonly string[]> {
    const loaded = await loadConfig({ path, environment });
    return loaded.ok ? [] : loaded.problems.map(formatProblem);
  }

  test("that is not there is one clear problem", async () => {
    const path = join(folder, "nowhere.yaml");
    expect(await lineOf(path)).toEqual([`${path}: there is no such file — name one with --config FILE`]);
  });

  test("that is a directory is one clear problem", async () => {
    expect(await lineOf(folder)).toEqual([
      `${folder}: this is a directory, not a file — name a file with --config FILE`,
    ]);
  });

  test("that is not UTF-8 is one clear problem", async () => {
    const path = join(folder, "latin.yaml");
    await writeFile(path, Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    expect(await lineOf(path)).toEqual([`${path}: the file is not UTF-8 text`]);
  });

  test("that is larger than 1 MiB is one clear problem", async () => {
    const path = join(folder, "large.yaml");
    await writeFile(path, `# ${"x".repeat(1_048_576)}`);
    expect(await lineOf(path)).toEqual([`${path}: the file is larger than 1 MiB`]);
  });

  test("that cannot be read for another reason is one clear problem", async () => {
    const readFile = () => Promise.reject(Object.assign(new Error("hunter2"), { code: "EIO" }));
    const loaded = await loadConfig({ path: "app.yaml", environment, readFile });
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual(["app.yaml: the file cannot be read (EIO)"]);
  });

  test("gives back the path it was read from", async () => {
    const path = join(folder, "app.yaml");
    await writeFile(path, "http: { port: 1 }");
    expect(await loadConfig({ path, environment })).toMatchObject({ ok: true, path, config: { http: { port: 1 } } });
  });

  test("takes the environment of the process unless another is given", () => {
    const name = Object.keys(process.env).find((key) => /^[A-Z]+$/.test(key) && (process.env[key]?.length ?? 0) > 0);
    const readFile = () => Promise.resolve(`locale: \${${name}}`);
    return expect(loadConfig({ path: "a", readFile })).resolves.toMatchObject({
      problems: [{ message: `the value of ${name} is not one of auto, en, zh` }],
    });
  });

  test("that is larger than 1 MiB is not parsed", () => {
    const loaded = parseConfig({ text: `a: ${"é".repeat(600_000)}`, path: "a", environment });
    expect(loaded.ok ? [] : loaded.problems.map(({ message }) => message)).toEqual(["the file is larger than 1 MiB"]);
  });
});
