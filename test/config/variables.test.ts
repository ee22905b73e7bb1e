// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configOf, linesOf, problemsOf } from "./read.ts";

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
      "app.yaml:4:10 log.level: the value of LEVEL is not one of trace, debug, info, warn, error, fatal, silent — did you mean info?",
    ]);
  });

  test("may stand without quotes inside braces and brackets", () => {
    expect(linesOf("http: { host: ${HOST:-127.0.0.1}, port: ${PORT:-8080} }")).toEqual([]);
    expect(linesOf("fleet: { providers: [${A}, ${B:-Hermes}] }", { A: "OpenClaw" })).toEqual([]);
    expect(linesOf("store: { url: ${STORE:-file:./data} }")).toEqual([]);
    expect(linesOf("fleet: { providers: [${A}] }")).toEqual([expect.stringContaining("app.yaml:1:22")]);
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
