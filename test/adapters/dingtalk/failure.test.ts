import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Dialect, failureOf, failureOfAnswer, failureOfThrown } from "../../../adapters/dingtalk/failure.ts";
import { type Answer, httpError } from "../../../src/platform/index.ts";

const answer = (status: number, data: unknown, headers: Answer["headers"] = {}): Answer => ({ status, headers, data });

const failed = (status: number, code: string, more: object = {}) =>
  failureOfAnswer(answer(status, { code, requestid: "REQ-1", message: "texts of the platform", ...more }), "call");

const old = (errcode: number, more: object = {}) =>
  failureOfAnswer(answer(200, { errcode, errmsg: "texts of the platform", request_id: "req1", ...more }), "old");

describe("what a code of the newer API means", () => {
  it.each([
    [400, "InvalidAuthentication", "token"],
    [400, "invalidClientIdOrSecret", "credentials"],
    [401, "AuthenticationFailed.InvalidClient", "credentials"],
    [403, "Forbidden.AccessDenied.AccessTokenPermissionDenied", "scope"],
    [403, "Forbidden.AccessDenied.IpNotInWhiteList", "denied"],
    [403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "rate"],
    [403, "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", "rate"],
    [403, "Forbidden.AccessDenied.QpsLimitForApi", "rate"],
    [403, "Forbidden.AccessDenied.ApiCountLimitForOrg", "quota"],
    [403, "Forbidden", "denied"],
    [400, "param.templateNotExist", "template"],
    [400, "param.templateUnpublished", "template"],
    [400, "param.cardNotExist", "missing-card"],
    [400, "param.cardAlreadyExist", "exists"],
    [400, "param.userIdNotExist", "user"],
    [400, "staffId.notExisted", "user"],
    [400, "param.contentUnsafe", "refused"],
    [400, "param.invalid", "parameter"],
    [400, "param.openSpaceIdInvalid", "parameter"],
    [400, "invalidParameter.robotCode.notExsit", "denied"],
    [400, "chatbotId.notAllow.sendOTO", "denied"],
    [400, "invalidParameter.msgParam.tooLong", "too-long"],
    [400, "invalidParameter.msgParam.invalid", "parameter"],
    [404, "InvalidAction.NotFound", "parameter"],
    [400, "conversation.org.notMatch", "gone"],
    [500, "system.busy", "unavailable"],
    [500, "unknownError", "unavailable"],
    [400, "somethingNew", "unknown"],
  ] as const)("%i %s: %s", (status, code, kind) => {
    expect(failed(status, code)).toMatchObject({ kind, code, requestId: "REQ-1" });
  });

  it.each([
    [401, "token"],
    [403, "denied"],
    [404, "parameter"],
    [408, "unavailable"],
    [418, "unknown"],
    [429, "rate"],
    [502, "unavailable"],
  ] as const)("without a code HTTP %i tells: %s", (status, kind) => {
    expect(failureOfAnswer(answer(status, undefined), "call")).toMatchObject({ kind, code: undefined });
  });

  it("is another one where a token is asked for", () => {
    expect(failureOfAnswer(answer(401, undefined), "token")).toMatchObject({ kind: "credentials" });
  });
});

describe("what a code of the older API means", () => {
  it.each([
    [40_014, "token"],
    [42_001, "token"],
    [60_011, "scope"],
    [60_020, "denied"],
    [90_018, "rate"],
    [90_020, "quota"],
    [130_101, "rate"],
    [40_006, "too-long"],
    [460_101, "too-long"],
    [40_004, "refused"],
    [310_000, "refused"],
    [40_035, "parameter"],
    [400_105, "parameter"],
    [-1, "unavailable"],
    [300_001, "expired"],
    [424_242, "unknown"],
  ] as const)("%i: %s", (errcode, kind) => {
    expect(old(errcode)).toMatchObject({ kind, code: String(errcode), requestId: "req1", maybeSent: false });
  });

  it("stands in sub_code where errcode is only 88", () => {
    expect(old(88, { sub_code: "40014", sub_msg: "text" })).toMatchObject({ kind: "token", code: "40014" });
    expect(old(88, { sub_code: 60_011 })).toMatchObject({ kind: "scope", code: "60011" });
    expect(old(88)).toMatchObject({ kind: "unknown", code: "88" });
  });

  it("is none where errcode is 0, and an answer without one is no answer of it", () => {
    expect(failureOfAnswer(answer(200, { errcode: 0, errmsg: "ok" }), "old")).toBeUndefined();
    for (const data of [undefined, {}, [], "text", { errmsg: "ok" }]) {
      expect(failureOfAnswer(answer(200, data), "old")).toMatchObject({ kind: "unavailable", maybeSent: true });
    }
  });

  it("is understood where the newer API should have answered: the base URL may be that of the older one", () => {
    const body = { errcode: 404, errmsg: "text" };
    expect(failureOfAnswer(answer(200, body), "call")).toMatchObject({ kind: "parameter", code: "404" });
  });
});

describe("whether it may have been done all the same", () => {
  it.each([
    [500, { code: "system.busy" }, false],
    [500, { code: "unknownError" }, true],
    [502, undefined, true],
    [503, "<html>", false],
    [503, { code: "unknownError" }, false],
    [504, "<html>", true],
    [408, undefined, true],
    [400, { code: "somethingNew" }, false],
    [403, undefined, false],
    [429, undefined, false],
  ])("HTTP %i, %j: %j", (status, data, maybeSent) => {
    expect(failureOfAnswer(answer(status, data), "call")).toMatchObject({ maybeSent });
  });

  it.each([
    [httpError("network", "words", { system: "ECONNREFUSED" }), false],
    [httpError("network", "words", { system: "ENOTFOUND" }), false],
    [httpError("network", "words", { system: "EAI_AGAIN" }), false],
    [httpError("network", "words", { system: "DEPTH_ZERO_SELF_SIGNED_CERT" }), false],
    [httpError("network", "words", { system: "ERR_TLS_CERT_ALTNAME_INVALID" }), false],
    [httpError("network", "words", { system: "ECONNRESET" }), true],
    [httpError("network", "words"), true],
    [httpError("timeout", "words"), true],
    [httpError("unreadable", "words", { status: 200 }), true],
    [httpError("stopped", "words"), true],
  ])("no answer (%s)", (error, maybeSent) => {
    expect(failureOfThrown(error)).toMatchObject({ kind: "unavailable", maybeSent, sentence: "words" });
  });

  it("is assumed of what nobody foresaw", () => {
    expect(failureOfThrown(new Error("token=s3cret"))).toMatchObject({ kind: "unknown", maybeSent: true });
    expect(failureOfThrown(new Error("token=s3cret")).sentence).not.toContain("s3cret");
  });
});

describe("a limit", () => {
  it.each([
    ["Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "api"],
    ["send.too.fast", "key"],
  ])("%s is that of the %s", (code, limited) => {
    expect(failed(403, code)).toMatchObject({ kind: "rate", limited, reset: undefined });
  });

  it("says when to come back, where the platform does", () => {
    const answered = answer(429, undefined, { "retry-after": "7" });
    expect(failureOfAnswer(answered, "call")).toMatchObject({ limited: "api", reset: 7 });
    expect(old(130_101)).toMatchObject({ limited: "key" });
    expect(failed(400, "param.invalid")).toMatchObject({ limited: undefined, reset: undefined });
  });
});

describe("the sentence", () => {
  const denied = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
  const scopes = (...requiredScopes: unknown[]) => failed(403, denied, { accessdenieddetail: { requiredScopes } });

  it("names the permissions that are missing, and nothing that is none", () => {
    expect(scopes("Card.Instance.Write")?.sentence).toContain("The permission Card.Instance.Write is missing");
    expect(scopes("qyapi_robot_sendmsg", "Card.Instance.Write")?.sentence).toContain(
      "Permissions qyapi_robot_sendmsg, Card.Instance.Write are missing",
    );
    for (const given of [[], ["<a>", "1", ""], [7], [null]]) {
      expect(scopes(...given)?.sentence).toContain("A permission is missing: add it to the app");
    }
    expect(failed(403, denied, { accessdenieddetail: "none" })?.sentence).toContain("A permission is missing");
  });

  it.each([
    ["param.templateNotExist", "check channels.dingtalk.cardTemplateId"],
    ["param.templateUnpublished", "is not published"],
    ["invalidParameter.robotCode.notExsit", "check channels.dingtalk.robotCode"],
    ["Forbidden.AccessDenied.IpNotInWhiteList", "list of allowed addresses"],
    ["conversation.org.notMatch", "add the robot to the group"],
    ["invalidClientIdOrSecret", "compare channels.dingtalk.clientId and clientSecret"],
    ["Forbidden.AccessDenied.ApiCountLimitForOrg", "month are spent"],
  ])("of %s says what to do", (code, words) => {
    expect(failed(403, code)?.sentence).toContain(words);
  });

  it("of an address that is not allowed is the same in the older API", () => {
    expect(old(60_020)?.sentence).toContain("list of allowed addresses");
  });

  it("ends with code, HTTP status and request id", () => {
    expect(failed(400, "param.invalid")?.sentence).toMatch(/ \(code param\.invalid, HTTP 400, request REQ-1\)$/);
    expect(old(40_035)?.sentence).toMatch(/ \(code 40035, request req1\)$/);
    expect(failureOfAnswer(answer(502, undefined), "call")?.sentence).toBe("DingTalk failed. (HTTP 502)");
  });

  it("never holds a text of the answer, a code that is none included", () => {
    const text = fc.string({ minLength: 4 }).map((inside) => `li.na ${inside} §`);
    const body = fc.record(
      { code: text, errcode: text, sub_code: text, requestid: text, request_id: text, message: text, errmsg: text },
      { requiredKeys: [] },
    );
    const dialects = fc.constantFrom<Dialect>("token", "call", "old");
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), body, dialects, (status, data, dialect) => {
        const failure = failureOfAnswer(answer(status, data), dialect);
        expect(JSON.stringify(failure ?? "")).not.toContain("li.na");
      }),
    );
  });
});

it("an answer of any shape is a success or a failure, and never throws", () => {
  const dialects = fc.constantFrom<Dialect>("token", "call", "old");
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), dialects, (status, data, dialect) => {
      const failure = failureOfAnswer(answer(status, data), dialect);
      expect(failure === undefined || failure.sentence.length > 0).toBe(true);
      if (status < 200 || status >= 300) expect(failure).toBeDefined();
    }),
  );
  expect(failureOf("gone", "Words.")).toMatchObject({ kind: "gone", maybeSent: false, sentence: "Words." });
});
