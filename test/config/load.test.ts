import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatProblem, loadConfig, parseConfig } from "../../src/config/index.ts";
import { configOf, problemsOf } from "./read.ts";

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
          show: { users: "masked", mention: false },
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
      {
        channel: "playground",
        allow: ["query", "export", "alerts", "views", "admin"],
        show: { users: "full", mention: false },
      },
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
    `\${A}`,
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

test("a line is counted as in an editor where the parser reads several as one key", () => {
  const places = problemsOf("*a\nfleet\nfleet:").map(({ line, column }) => `${line}:${column}`);
  expect(places).toEqual(["1:1", "2:1", "3:6"]);
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
    expect(await lineOf(path)).toEqual([`${path}: the file is not UTF-8 text — save it as UTF-8`]);
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
