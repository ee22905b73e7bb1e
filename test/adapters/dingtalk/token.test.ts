import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../until.ts";
import { type ApiRig, createApiRig, granted, refused } from "./api-rig.ts";

let rig: ApiRig;

beforeEach(async () => {
  rig = await createApiRig();
});

afterEach(() => rig.close());

const minutes = (count: number) => count * 60_000;

describe("DingTalk's access token", () => {
  it("is asked for once by all who want it at the same time, with id and secret in the body alone", async () => {
    let asked: unknown;
    rig.server.grant((nth, { method, body, query }) => {
      asked = { method, body, query };
      return granted(`t-${nth}`);
    });
    const results = await Promise.all(Array.from({ length: 20 }, () => rig.tokens.get()));
    expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(new Set(['{"ok":true,"token":"t-1"}']));
    expect(rig.server.tokens()).toBe(1);
    expect(asked).toEqual({ method: "POST", body: { appKey: "dingapp", appSecret: "app-s3cret" }, query: {} });
  });

  it("is used until shortly before its end, and renewed in the background before that", async () => {
    await rig.tokens.get();
    await rig.clock.advance(minutes(109));
    expect(await rig.tokens.get()).toEqual({ ok: true, token: "t-1" });
    expect(rig.server.tokens()).toBe(1);
    await rig.clock.advance(minutes(2));
    expect(await rig.tokens.get()).toEqual({ ok: true, token: "t-1" });
    await until(() => rig.counts.of("dingtalk_calls call=token outcome=ok") === 2);
    expect(await rig.tokens.get()).toEqual({ ok: true, token: "t-2" });
  });

  it("lasts longer when the platform gives the same one again", async () => {
    rig.server.grant(() => granted("t-same"));
    await rig.tokens.get();
    await rig.clock.advance(minutes(112));
    await rig.tokens.get();
    await until(() => rig.counts.of("dingtalk_calls call=token outcome=ok") === 2);
    await rig.clock.advance(minutes(60));
    expect(await rig.tokens.get()).toEqual({ ok: true, token: "t-same" });
    expect(rig.server.tokens()).toBe(2);
  });

  it.each([
    [400, "invalidClientIdOrSecret"],
    [401, "AuthenticationFailed.InvalidClient"],
  ])("says what to do when the app is not accepted (HTTP %i, %s), and leaves the platform alone", async (...what) => {
    rig.server.grant(() => refused(...what));
    const result = await rig.tokens.get();
    expect(result).toMatchObject({ ok: false, failure: { kind: "credentials", code: what[1] } });
    expect(JSON.stringify(result)).toContain("compare channels.dingtalk.clientId and clientSecret");
    expect(JSON.stringify(result) + rig.log.lines.join()).not.toContain("app-s3cret");
    for (let index = 0; index < 10; index += 1) await rig.tokens.get();
    await rig.clock.advance(29_000);
    await rig.tokens.get();
    expect(rig.server.tokens()).toBe(1);
    await rig.clock.advance(2_000);
    await rig.tokens.get();
    expect(rig.server.tokens()).toBe(2);
  });

  it("comes back soon after a platform that failed", async () => {
    rig.server.grant(() => refused(500, "system.busy"));
    expect(await rig.tokens.get()).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    rig.server.grant(() => granted("t-good"));
    await rig.clock.advance(500);
    expect(await rig.tokens.get()).toEqual({ ok: true, token: "t-good" });
  });

  it.each([
    [{ text: "<html>" }],
    [{ json: { expireIn: 7_200 } }],
    [{ json: { accessToken: "a b", expireIn: 7_200 } }],
    [{ json: { accessToken: "t", expireIn: 0 } }],
    [{ json: [] }],
    ["cut" as const],
  ])("is not had from an answer that makes no sense (%j)", async (reply) => {
    rig.server.grant(() => reply);
    expect(await rig.tokens.get()).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
  });

  it("is no call of the month's", async () => {
    await rig.tokens.get();
    expect(rig.memory.tallies.all()).toEqual([]);
  });
});
