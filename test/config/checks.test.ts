// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import { describe, expect, test } from "vitest";
import { linesOf, problemsOf } from "./read.ts";

describe("http to the API", () => {
  test.each(["127.0.0.1:8081", "localhost", "'[::1]:80'"])("is allowed to %s", (endpoint) => {
    expect(linesOf(`fleet: { alibabaCloud: { protocol: http, endpoint: ${endpoint} } }`)).toEqual([]);
  });

  test.each(["endpoint: example.com", "endpoint: 10.0.0.1:80", "endpoint: ''", "attempts: 4"])(
    "is refused with %s",
    (rest) => {
      const keys = problemsOf(`fleet: { alibabaCloud: { protocol: http, ${rest} } }`).map(({ key }) => key);
      expect(keys).toEqual(["fleet.alibabaCloud.protocol"]);
    },
  );

  test("is not judged when the endpoint is wrong or missing itself", () => {
    expect(linesOf("fleet: { alibabaCloud: { protocol: http, endpoint: 'https://a' } }")).toHaveLength(1);
    expect(linesOf("fleet: { alibabaCloud: { protocol: http, endpoint: '${E}' } }")).toHaveLength(1);
  });
});

describe("a channel that is switched on", () => {
  function lacking(text: string): readonly string[] {
    return problemsOf(text)
      .filter(({ message }) => /^(?:is empty, but|webhook needs)/.test(message))
      .map(({ key }) => key.replace(/^channels\./, ""));
  }

  test("needs its ids and secrets", () => {
    const text = "channels: { lark: { enabled: true }, dingtalk: { enabled: true, clientId: a } }";
    expect(lacking(text)).toEqual(["lark.appId", "lark.appSecret", "dingtalk.clientSecret"]);
  });

  test("needs nothing more", () => {
    const lark = "lark: { enabled: true, appId: a, appSecret: b }";
    const dingtalk = "dingtalk: { enabled: true, clientId: a, clientSecret: b }";
    expect(problemsOf(`channels: { ${lark}, ${dingtalk} }`)).toEqual([]);
    expect(problemsOf("channels: { lark: { enabled: false, appId: a }, dingtalk: { enabled: false } }")).toEqual([]);
  });

  test.each([
    ["nothing that tells who sends", "", ["lark.events"]],
    ["an encrypt key", "encryptKey: k", []],
    ["a verification token", "verificationToken: t", []],
  ])("with a webhook that has %s", (_, keys, lacks) => {
    const text = `channels: { lark: { enabled: true, appId: a, appSecret: b, events: webhook, ${keys} } }`;
    expect(lacking(text)).toEqual(lacks);
  });

  test("names the variable to set", () => {
    const text = "channels:\n  lark:\n    enabled: true\n    appId: ${LARK_APP_ID:-}\n    appSecret: b\n";
    expect(linesOf(text)).toContain(
      "app.yaml:4:12 channels.lark.appId: is empty, but channels.lark is enabled — set the variable LARK_APP_ID",
    );
  });

  test("is not told twice of a variable that is missing", () => {
    expect(lacking("channels: { lark: { enabled: true, appId: '${A}', appSecret: b } }")).toEqual([]);
  });
});

describe("the scope of a rule", () => {
  const rule = (scope: string) =>
    `access:\n  rules:\n    - channel: lark\n      allow: [query]\n      scope: ${scope}\n`;

  test.each(["group=rg-finance", "'status=Running,Stopped risk=yes'", "状态=Running", "--group rg-1"])(
    "can be %s",
    (scope) => {
      expect(linesOf(rule(scope))).toEqual([]);
    },
  );

  test("that is no filter is refused with the word that is wrong", () => {
    expect(linesOf(rule("'risk=yes grup=x'"))).toEqual([
      'app.yaml:5:14 access.rules[0].scope: "grup" is not a filter — did you mean group?',
    ]);
  });

  test.each(["page=2", "by=status", "/runtimes", "summary"])("cannot be %s", (scope) => {
    expect(problemsOf(rule(scope)).map(({ key }) => key)).toEqual(["access.rules[0].scope"]);
  });

  test("is looked at in every rule", () => {
    const text =
      "access: { rules: [{ channel: lark, allow: [], scope: a=1 }, { channel: lark, allow: [], scope: b=1 }] }";
    expect(problemsOf(text).map(({ key }) => key)).toEqual(["access.rules[0].scope", "access.rules[1].scope"]);
  });
});
