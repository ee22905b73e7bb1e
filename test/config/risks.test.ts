import { expect, it } from "vitest";
import { risksOf } from "../../src/config/risks.ts";
import { configOf } from "./read.ts";

const real = "fleet: { source: alibaba-cloud }";
const rules = (...lines: readonly string[]) =>
  `${real}\naccess:\n  rules:\n${lines.map((line) => `    - { ${line} }\n`).join("")}`;
const mine = "channel: playground, allow: [query]";

it.each([
  ["a simulated fleet", `access: { rules: [{ ${mine} }] }`, "fleet.source"],
  ["access for everybody", `${real}\naccess: { default: allow }`, "access.default"],
  ["a channel where nobody may do anything", real, "access.rules"],
  ["no channel at all", `${real}\nchannels: { playground: { enabled: false } }`, "channels"],
  ["a rule of a channel that is off", rules(mine, "channel: lark, allow: [query]"), "access.rules[1]"],
  ["a rule behind a wider one", rules(mine, "channel: playground, users: [a], allow: [admin]"), "access.rules[1]"],
  ["a playground that others can reach", `${rules(mine)}http: { host: 0.0.0.0 }`, "http.host"],
  [
    "a webhook without an encrypt key",
    `${rules(mine, "channel: lark, allow: [query]")}channels:\n  lark: { enabled: true, appId: cli_a, appSecret: b, events: webhook, verificationToken: c }\n`,
    "channels.lark.encryptKey",
  ],
])("a configuration with %s is noted, by its key", (_, text, key) => {
  expect(risksOf(configOf(text)).map((risk) => risk.key)).toEqual([key]);
});

it("a configuration as it should be has nothing to note", () => {
  expect(risksOf(configOf(rules("channel: playground, users: [a], allow: [admin]", mine)))).toEqual([]);
});
