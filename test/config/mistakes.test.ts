// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this
import { Buffer } from "node:buffer";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatProblem, loadConfig } from "../../src/config/index.ts";
import { linesOf } from "./read.ts";

const larkOn = "channels: { lark: { enabled: true, appId: cli_a, appSecret: geheim } }";

/** What people write, and the end of what they are told: what would mend it. */
const mistakes: readonly (readonly [mistake: string, text: string, mend: string])[] = [
  ["a tab before a key", "http:\n\tport: 8080\n", "use two blanks for each level"],
  ["a key that is indented too far", "fleet:\n  source: simulator\n   providers: [A]\n", "equally indented"],
  ["memory: without quotes", "store:\n  url: memory:\n", 'put it in quotes: "memory:"'],
  ["memory: without quotes in braces", "store: { url: memory: }\n", 'put it in quotes: "memory:"'],
  ["an asterisk without quotes", "access:\n  rules:\n    - channel: *\n      allow: []\n", 'put it in quotes: "*"'],
  ["an asterisk in a list", "access:\n  rules:\n    - channel: lark\n      chats: [*]\n", 'put it in quotes: "*"'],
  ["yes for true", "channels: { lark: { enabled: yes } }\n", "did you mean true?"],
  ["a number in quotes", 'http: { port: "8080" }\n', "write it without quotes"],
  ["a number with a comma", "fleet:\n  simulator:\n    runtimes: 1,000\n", "did you mean 1000?"],
  ["a percentage", "fleet: { simulator: { riskRate: 5% } }\n", "did you mean 0.05?"],
  ["a list without brackets", "fleet: { providers: OpenClaw }\n", "write it in brackets"],
  ["a list in words", "fleet:\n  providers: OpenClaw, HermesAgent\n", "write it in brackets"],
  ["the spelling of another tool", "fleet: { alibaba-cloud: {} }\n", "did you mean alibabaCloud?"],
  ["the name of Lark in China", "channels: { feishu: {} }\n", "did you mean lark?"],
  ["the former name of a client id", "channels: { dingtalk: { appKey: a } }\n", "did you mean clientId?"],
  ["the former name of a client secret", "channels: { dingtalk: { app_secret: a } }\n", "did you mean clientSecret?"],
  ["DingTalk's name of an app id", "channels: { lark: { clientId: a } }\n", "did you mean appId?"],
  ["DingTalk's name of an app secret", "channels: { lark: { clientSecret: a } }\n", "did you mean appSecret?"],
  ["a secret at the top", "appSecret: a\n", "did you mean channels.lark.appSecret?"],
  ["a channel at the top", "lark: { enabled: true }\n", "did you mean channels.lark?"],
  ["DingTalk at the top", "dingtalk: { enabled: true }\n", "did you mean channels.dingtalk?"],
  ["the playground at the top", "playground: { enabled: true }\n", "did you mean channels.playground?"],
  ["the name of Lark in China at the top", "feishu: { enabled: true }\n", "did you mean channels.lark?"],
  ["another name of the source", "fleet: { source: aliyun }\n", "did you mean alibaba-cloud?"],
  ["a locale with its country", "locale: zh-CN\n", "did you mean zh?"],
  ["the level of another log", "log: { level: warning }\n", "did you mean warn?"],
  ["a key twice", "http: { port: 1 }\nhttp: { port: 2 }\n", "keep one of them"],
  ["a duration without a unit", "alerts: { interval: 60 }\n", "did you mean 60s?"],
  ["no blank after a colon", "http:\n  port:8080\n", "put a blank after the colon"],
  ["a full-width colon", "locale：en\n", "write the colon after a key as :"],
  ["quotes of a word processor", "locale: “en”\n", "use the straight quotes"],
  ["a key without a value", "http:\n  port:\n", "leave out the key"],
  ["a variable that is not set", "channels: { lark: { appSecret: ${LARK} } }\n", "${LARK:-…}"],
  ["a variable as in a shell", "channels: { lark: { appSecret: $LARK_APP_SECRET } }\n", "write ${LARK_APP_SECRET}"],
  ["a variable without its dollar", "channels:\n  lark:\n    appSecret: {LARK}\n", "a variable is written ${NAME}"],
  ["an empty secret", "channels: { lark: { enabled: true, appId: a, appSecret: '${S:-}' } }\n", "set the variable S"],
  ["another name of the cloud", "channels: { lark: { domain: larksuite } }\n", "did you mean lark?"],
  ["a cloud without https", "channels: { lark: { domain: lark.example } }\n", "did you mean lark?"],
  ["a base URL without https", "channels: { dingtalk: { apiBase: api.example.com } }\n", "https://api.example.com?"],
  [
    "a user among chats",
    `${larkOn}\naccess: { rules: [{ channel: lark, chats: [ou_1], allow: [] }] }\n`,
    "begins with oc_",
  ],
  [
    "a chat among users",
    `${larkOn}\naccess: { rules: [{ channel: lark, users: [oc_1], allow: [] }] }\n`,
    "begins with ou_",
  ],
  ["a watch of a user", `${larkOn}\nalerts: { watches: [{ channel: lark, chat: ou_1 }] }\n`, "begins with oc_"],
  [
    "a chat of Lark in DingTalk",
    "access: { rules: [{ channel: dingtalk, chats: [oc_1], allow: [] }] }\n",
    "begins with cid",
  ],
  ["a person by the union id", "people: [{ user: li.na, lark: on_1 }]\n", "an open id begins with ou_"],
  ["an app of Lark in DingTalk", "channels: { dingtalk: { clientId: cli_1 } }\n", "Client ID (AppKey)"],
  ["an app of DingTalk in Lark", "channels: { lark: { appId: dingabc } }\n", "begins with cli_"],
  ["a directory without file:", "store: { url: ./data }\n", "such as file:./data"],
  ["PostgreSQL without slashes", "store: { url: 'postgres:u:geheim@h/d' }\n", "with both slashes"],
  ["a slash in a password", "store: { url: 'postgres://u:geh/eim@h/d' }\n", "%2F"],
];

describe("a mistake in app.yaml", () => {
  it.each(mistakes)("is told with what mends it: %s", (_, text, mend) => {
    const lines = linesOf(text);

    expect(lines[0]).toMatch(/^app\.yaml:\d+:\d+ /);
    expect(lines.some((line) => line.includes(mend))).toBe(true);
    expect(lines.join("")).not.toContain("geheim");
  });

  it.each([
    ["with CRLF", "http:\r\n  port: 8080\r\n"],
    ["with a byte order mark", "\ufeffhttp:\n  port: 8080\n"],
    ["that is empty", ""],
    ["that is JSON", '{"http": {"port": 8080}}'],
    ["whose password is escaped", "store: { url: 'postgres://u:a%2Fb@h/d?sslmode=require' }\n"],
    ["whose server has no user", "store: { url: 'postgres://db.example/desk' }\n"],
  ])("is not seen in a file %s", (_, text) => {
    expect(linesOf(text)).toEqual([]);
  });

  it.each([
    ["UTF-16", Buffer.from("\ufefflocale: en\n", "utf16le"), "save it as UTF-8"],
    ["Latin-1", Buffer.from([0x6c, 0x3a, 0x20, 0xe9, 10]), "save it as UTF-8"],
  ])("is told of a file in %s", async (_, bytes, mend) => {
    const folder = await mkdtemp(join(tmpdir(), "deskhand-config-"));
    await writeFile(join(folder, "app.yaml"), bytes);
    const loaded = await loadConfig({ path: join(folder, "app.yaml") });
    await rm(folder, { recursive: true });

    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([expect.stringContaining(mend)]);
  });

  it("is told of a file that may not be read", async () => {
    const denied = () => Promise.reject(Object.assign(new Error("denied"), { code: "EACCES" }));
    const loaded = await loadConfig({ path: "app.yaml", readFile: denied });

    expect(loaded).toMatchObject({ ok: false, problems: [{ hint: expect.stringContaining("owner or its mode") }] });
  });
});
