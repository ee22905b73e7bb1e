// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import { describe, expect, test } from "vitest";
import { linesOf, problemsOf } from "./read.ts";

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
