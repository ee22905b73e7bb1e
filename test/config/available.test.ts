// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import { expect, test } from "vitest";
import { linesOf } from "./read.ts";

const dingtalk = "This version of Deskhand has no DingTalk channel yet; set channels.dingtalk.enabled to false.";

test.each([
  [
    "channels:\n  dingtalk: { enabled: true, clientId: a, clientSecret: b }\n",
    `app.yaml:2:24 channels.dingtalk.enabled: ${dingtalk}`,
  ],
  [
    "channels:\n  dingtalk:\n    enabled: ${ON:-true}\n    clientId: a\n    clientSecret: b\n",
    `app.yaml:3:14 channels.dingtalk.enabled: ${dingtalk}`,
  ],
])("%j is refused plainly", (text, line) => {
  expect(linesOf(text)).toEqual([line]);
});

test("what is there is not refused", () => {
  expect(linesOf("channels:\n  lark: { enabled: true, appId: a, appSecret: b }\n")).toEqual([]);
  expect(linesOf("store:\n  url: postgres://host/db\n")).toEqual([]);
});

test("what is switched off can be there", () => {
  expect(linesOf("channels: { lark: { enabled: false, appId: a }, dingtalk: { enabled: false } }")).toEqual([]);
});
