import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../../adapters/lark/failure.ts";
import { createSdkHttp, type SdkHttp } from "../../../adapters/lark/http.ts";
import { createLarkTokens } from "../../../adapters/lark/token.ts";
import { systemClock } from "../../../src/app.ts";
import type { Tokens } from "../../../src/platform/index.ts";
import { createCountingMeter } from "../../counting-meter.ts";
import { createManualClock, type ManualClock } from "../../manual-clock.ts";
import { until } from "../until.ts";
import { createMemoryLog } from "./quiet.ts";
import { createScriptedServer, failed, granted, type ScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
let http: SdkHttp;
let clock: ManualClock;
let log: ReturnType<typeof createMemoryLog>;
let counts: ReturnType<typeof createCountingMeter>;
let tokens: Tokens<Failure>;

beforeEach(async () => {
  server = await createScriptedServer();
  http = createSdkHttp({ timeout: 10_000, clock: systemClock });
  clock = createManualClock();
  log = createMemoryLog();
  counts = createCountingMeter();
  tokens = createLarkTokens({
    appId: "cli_0123456789abcdef",
    appSecret: () => "app-s3cret",
    domain: server.url,
    http,
    clock,
    random: () => 1,
    log,
    meter: counts.meter,
  });
});

afterEach(async () => {
  http.stop();
  await server.close();
});

const minutes = (count: number) => count * 60_000;

describe("the access token", () => {
  it("is asked for once by all who want it at the same time, with the app's id and secret", async () => {
    let body: unknown;
    server.grant((nth, asked) => {
      body = asked.body;
      return granted(`t-${nth}`);
    });
    const results = await Promise.all(Array.from({ length: 20 }, () => tokens.get()));
    expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(new Set(['{"ok":true,"token":"t-1"}']));
    expect(server.tokens()).toBe(1);
    expect(body).toEqual({ app_id: "cli_0123456789abcdef", app_secret: "app-s3cret" });
  });

  it("is used until shortly before its end, and renewed in the background before that", async () => {
    await tokens.get();
    await clock.advance(minutes(94));
    expect(await tokens.get()).toEqual({ ok: true, token: "t-1" });
    expect(server.tokens()).toBe(1);
    await clock.advance(minutes(2));
    expect(await tokens.get()).toEqual({ ok: true, token: "t-1" });
    await until(() => counts.of("lark_calls call=token outcome=ok") === 2);
    expect(await tokens.get()).toEqual({ ok: true, token: "t-2" });
  });

  it("is waited for when the one that is held has less than three minutes left", async () => {
    await tokens.get();
    await clock.advance(minutes(117) + 1);
    expect(await tokens.get()).toEqual({ ok: true, token: "t-2" });
  });

  it("is kept when its renewal fails", async () => {
    await tokens.get();
    server.grant(() => failed(503, 1500));
    await clock.advance(minutes(100));
    await tokens.get();
    await until(() => log.lines.length === 1);
    expect(await tokens.get()).toEqual({ ok: true, token: "t-1" });
  });

  it("is renewed once when many find it stale", async () => {
    await tokens.get();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => {
        tokens.drop("t-1");
        return tokens.get();
      }),
    );
    tokens.drop("t-1");
    expect(await tokens.get()).toEqual({ ok: true, token: "t-2" });
    expect(results).toEqual(Array.from({ length: 20 }, () => ({ ok: true, token: "t-2" })));
    expect(server.tokens()).toBe(2);
  });

  it("is not asked for again and again when the platform gives out the one that it calls stale", async () => {
    server.grant(() => granted("t-same"));
    await tokens.get();
    tokens.drop("t-same");
    for (let index = 0; index < 10; index += 1) {
      expect(await tokens.get()).toMatchObject({ ok: false, failure: { kind: "token" } });
    }
    expect(server.tokens()).toBe(2);
    await clock.advance(1_000);
    expect(await tokens.get()).toEqual({ ok: true, token: "t-same" });
  });

  it.each([
    [200, 10014, "app secret invalid"],
    [400, 10014, "app secret invalid"],
    [200, 10015, "wrong app secret"],
    [200, 10003, "invalid param"],
    [200, 99991543, "login_user invalid"],
  ])("says what to do when the app is not accepted (HTTP %i, code %i)", async (status, code, msg) => {
    server.grant(() => failed(status, code, msg));
    const result = await tokens.get();
    expect(result).toMatchObject({ ok: false, failure: { kind: "credentials", code } });
    expect(JSON.stringify(result)).toContain("compare channels.lark.appId and appSecret with the developer console");
    expect(JSON.stringify(result) + log.lines.join()).not.toContain("app-s3cret");
  });

  it("leaves a platform that does not accept the app alone for a while", async () => {
    server.grant(() => failed(200, 10014));
    for (let index = 0; index < 10; index += 1) await tokens.get();
    await clock.advance(29_000);
    await tokens.get();
    expect(server.tokens()).toBe(1);
    await clock.advance(2_000);
    await tokens.get();
    expect(server.tokens()).toBe(2);
  });

  it("comes back soon after a platform that failed, and more slowly when it goes on failing", async () => {
    server.grant(() => failed(500, 1500));
    const spans = [500, 1_000, 2_000, 4_000];
    for (const [index, span] of spans.entries()) {
      expect(await tokens.get()).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
      await clock.advance(span - 1);
      await tokens.get();
      expect(server.tokens()).toBe(index + 1);
      await clock.advance(1);
    }
    server.grant(() => granted("t-good"));
    expect(await tokens.get()).toEqual({ ok: true, token: "t-good" });
  });

  it.each([[{ text: "<html>" }], [{ json: { code: 0 } }], [{ json: [] }], ["cut" as const]])(
    "is not had from an answer that makes no sense (%j)",
    async (reply) => {
      server.grant(() => reply);
      expect(await tokens.get()).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    },
  );
});
