// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { formatProblem, parseConfig, secretTexts } from "../../src/config/index.ts";

const word = "hunter2hunter2";

/** Everything that can be printed of what came of a text. */
function everything(text: string, environment: Readonly<Record<string, string>> = {}): string {
  const loaded = parseConfig({ text, path: "app.yaml", environment });
  const lines = loaded.ok ? [] : loaded.problems.map(formatProblem);
  return [...lines, inspect(loaded, { depth: 20, showHidden: true }), JSON.stringify(loaded), String(loaded)].join(
    "\n",
  );
}

describe("a secret is not repeated", () => {
  test.each([
    [`channels: { lark: { appSecret: ${word} } }`],
    [`channels: { lark: { appSecret: " ${word}" } }`],
    [`channels: { lark: { appSecret: [${word}] } }`],
    [`channels: { lark: { appSecret: { inside: ${word} } } }`],
    [`channels: { lark: { appSecrt: ${word} } }`],
    [`channels: { lark: { clientSecret: ${word} } }`],
    [`channels: { dingtalk: { enabled: yes, clientSecret: ${word} } }`],
    [`channels: { lark: { encryptKey: ${word}, verificationToken: ${word}, events: nothing } }`],
    [`fleet: { alibabaCloud: { credentials: { type: acces-key, accessKeyId: a, accessKeySecret: ${word} } } }`],
    [`fleet: { alibabaCloud: { credentials: { type: access-key, securityToken: ${word} } } }`],
    [`store: { url: "postgres://deskhand:${word}@host/db" }`],
    [`store: { url: "postgress://deskhand:${word}@host/db" }`],
    [`store: "postgres://deskhand:${word}@host/db"`],
    [`channels: { lark: { domain: "https://deskhand:${word}@host" } }`],
    [`channels: { dingtalk: { apiBase: "http://${word}@host" } }`],
    [`channels: { lark: { appSecret: &s "https://${word}/" } }\nfleet: { alibabaCloud: { endpoint: *s } }`],
    [`channels: { lark: { appSecret: &s ${word} } }\nlog: { level: *s }`],
    [`channels: { lark: { appSecret: ${word} } }\nlog: { level: ${word}x }`],
    [
      `channels: { lark: { appSecret: ${word} } }\naccess: { rules: [{ channel: lark, allow: [], scope: "${word}=1" }] }`,
    ],
    [`channels:\n  lark:\n    appSecret: "${word}" ${word}\n`],
    [`channels:\n  lark:\n    appSecret: 'a\n  b: ${word}\n`],
  ])("whatever is wrong with %s", (text) => {
    expect(everything(text)).not.toContain(word);
  });

  test.each([
    "channels: { lark: { appSecret: '${S}', events: nothing } }",
    "log: { level: 'x${S}' }",
    "http: { port: '${S}', host: 'a b ${S}' }",
    "fleet: '${S}'",
    "locale: '${S:-auto}'",
    "alerts: { interval: '${S}', resolved: '${S}' }",
    "fleet: { alibabaCloud: { endpoint: 'https://${S}/' } }",
    "access: { rules: [{ channel: lark, allow: ['${S}'], scope: '${S}=1' }] }",
    "store: { url: '${S}' }",
  ])("when it comes from the environment and lands in %s", (text) => {
    expect(everything(text, { S: word })).not.toContain(word);
  });

  test("as a number, under its key or under another", () => {
    const text = "channels: { lark: { appSecret: &s 123456789, appId: *s } }";
    expect(everything(text)).not.toContain("123456789");
  });
});

test("every secret can be listed for a scrubber", () => {
  const text = `channels: { lark: { appSecret: s-1 }, dingtalk: { clientSecret: s-2 } }`;
  const loaded = parseConfig({ text, path: "app.yaml", environment: {} });
  expect(loaded.ok && secretTexts(loaded.config)).toEqual(["s-1", "s-2"]);
});

test("a long value is not repeated", () => {
  const loaded = parseConfig({ text: `log: { level: ${"x".repeat(41)} }`, path: "app.yaml", environment: {} });
  expect(loaded.ok ? [] : loaded.problems.map(({ message }) => message)).toEqual([
    "must be one of trace, debug, info, warn, error, fatal, silent",
  ]);
});
