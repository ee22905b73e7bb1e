// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import { expect, test } from "vitest";
import { linesOf } from "./read.ts";

const lark = "This version of Deskhand has no Lark channel yet; set channels.lark.enabled to false.";
const dingtalk = "This version of Deskhand has no DingTalk channel yet; set channels.dingtalk.enabled to false.";
const postgres = "This version of Deskhand has no PostgreSQL store yet; set store.url to file:./data.";

test.each([
  ["channels:\n  lark: { enabled: true, appId: a, appSecret: b }\n", `app.yaml:2:20 channels.lark.enabled: ${lark}`],
  [
    "channels:\n  lark:\n    enabled: ${ON:-true}\n    appId: a\n    appSecret: b\n",
    `app.yaml:3:14 channels.lark.enabled: ${lark}`,
  ],
  [
    "channels:\n  dingtalk: { enabled: true, clientId: a, clientSecret: b }\n",
    `app.yaml:2:24 channels.dingtalk.enabled: ${dingtalk}`,
  ],
  ["store:\n  url: postgres://host/db\n", `app.yaml:2:8 store.url: ${postgres}`],
])("%j is refused plainly", (text, line) => {
  expect(linesOf(text)).toEqual([line]);
});

test("what is switched off can be there", () => {
  expect(linesOf("channels: { lark: { enabled: false, appId: a }, dingtalk: { enabled: false } }")).toEqual([]);
});
