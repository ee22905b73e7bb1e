import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { changesBetween, liveKeys } from "../../src/config/index.ts";
import { keysOf } from "../../src/config/keys.ts";
import { configSchema } from "../../src/config/schema.ts";
import { configOf } from "./read.ts";

const plain = configOf("");

test("a configuration does not change into itself", () => {
  expect(changesBetween(plain, configOf(""))).toEqual({ config: plain, live: [], waiting: [] });
});

test("keys that a running bot can use are told apart from those that wait for a restart", () => {
  const after = configOf(`
timeZone: Asia/Shanghai
fleet: { providers: [OpenClaw], simulator: { runtimes: 3 } }
alerts: { interval: 30s, watches: [{ channel: playground, chat: play_1 }] }
access: { default: allow }
http: { port: 9 }
log: { level: debug, format: json }
`);
  const { config, live, waiting } = changesBetween(plain, after);
  expect(live).toEqual([
    "timeZone",
    "fleet.providers",
    "access.default",
    "alerts.interval",
    "alerts.watches",
    "log.level",
  ]);
  expect(waiting).toEqual(["fleet.simulator.runtimes", "http.port", "log.format"]);
  expect(config).toEqual({
    ...plain,
    timeZone: "Asia/Shanghai",
    fleet: { ...plain.fleet, providers: ["OpenClaw"] },
    alerts: after.alerts,
    access: after.access,
    log: { ...plain.log, level: "debug" },
  });
});

test("a changed secret is a change, and the same one is not", () => {
  const lark = (secret: string) =>
    configOf(`channels: { lark: { enabled: true, appId: cli_1, appSecret: ${secret} } }`, {});
  expect(changesBetween(lark("one"), lark("one")).waiting).toEqual([]);
  expect(changesBetween(lark("one"), lark("two")).waiting).toEqual(["channels.lark.appSecret"]);
});

test("a change that waits is named again at the next one, and what was taken is not", () => {
  const after = configOf("{ http: { port: 9 }, access: { default: allow } }");
  const first = changesBetween(plain, after);
  const second = changesBetween(first.config, after);
  expect([second.live, second.waiting]).toEqual([[], ["http.port"]]);
});

test("whatever changes, what is used afterwards differs in live keys alone, and is that of the file there", () => {
  const texts = fc.record({
    zone: fc.constantFrom("UTC", "Asia/Shanghai"),
    port: fc.integer({ min: 1, max: 3 }),
    hold: fc.integer({ min: 1, max: 3 }),
    allow: fc.constantFrom("allow", "deny"),
  });
  const write = ({ zone, port, hold, allow }: { zone: string; port: number; hold: number; allow: string }) =>
    configOf(
      `{ timeZone: ${zone}, http: { port: ${port} }, alerts: { hold: ${hold}m }, access: { default: ${allow} } }`,
    );
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const [before, after] = [write(one), write(other)];
      const { config, live, waiting } = changesBetween(before, after);
      expect(changesBetween(before, config)).toEqual({ config, live, waiting: [] });
      expect(changesBetween(config, after)).toEqual({ config, live: [], waiting });
    }),
  );
});

test("every live key is one of the configuration", () => {
  for (const key of liveKeys) {
    expect(keysOf(configSchema)).toContain(key);
  }
});

test("docs/configuration.md names the live keys", async () => {
  const text = await readFile(new URL("../../docs/configuration.md", import.meta.url), "utf8");
  const [, row = ""] = /^\| (`timeZone`[^|]*) \| at once \|$/m.exec(text) ?? [];
  expect(row.split(", ")).toEqual(liveKeys.map((key) => `\`${key}\``));
});
