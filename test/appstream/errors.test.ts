import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { givenUp, problemOfBody, problemOfThrown } from "../../src/appstream/errors.ts";

/** What the SDK throws for an answer of the API. */
function thrown(status: number, code: string, more: object = {}): Error {
  const data = { Code: code, Message: `words of ${code}`, RequestId: "1CBAFFAB-1", statusCode: status };
  return Object.assign(new Error(`${code}: code: ${status}, words request id: 1CBAFFAB-1`), {
    code,
    statusCode: status,
    data,
    description: "undefined",
    ...more,
  });
}

describe("a failure of the API", () => {
  it.each([
    [400, "SignatureDoesNotMatch", "signature", false],
    [404, "InvalidAccessKeyId.NotFound", "credentials", false],
    [403, "InvalidAccessKeyId.Inactive", "credentials", false],
    [400, "InvalidSecurityToken.Malformed", "credentials", false],
    [403, "NoPermission", "denied", false],
    [403, "Forbidden.RAM", "denied", false],
    [400, "MissingAgentProvider", "parameter", false],
    [400, "InvalidParameter.PageSize", "parameter", false],
    [400, "InvalidTimeStamp.Expired", "clock", false],
    [400, "SignatureNonceUsed", "service", true],
    [400, "Throttling", "throttled", true],
    [429, "Throttling.User", "throttled", true],
    [400, "Throttling.Api", "throttled", true],
    [500, "InternalError", "service", true],
    [503, "ServiceUnavailable", "service", true],
    [502, "SomethingNew", "service", true],
    [400, "SomethingNew", "parameter", false],
  ])("of status %i and code %s is %s", (status, code, kind, retryable) => {
    const problem = problemOfThrown(thrown(status, code), []);
    expect(problem).toMatchObject({
      retryable,
      failure: { kind, code, requestId: "1CBAFFAB-1", detail: `words of ${code}` },
    });
  });

  it("can be renewed only when it is the security token", () => {
    expect(problemOfThrown(thrown(400, "InvalidSecurityToken.Expired"), []).renewable).toBe(true);
    expect(problemOfThrown(thrown(404, "InvalidAccessKeyId.NotFound"), []).renewable).toBe(false);
  });

  it("names the action and the principal of a denial", () => {
    const accessDeniedDetail = {
      AuthAction: "appstreaming:ListDesktopAgentRuntime",
      AuthPrincipalType: "SubUser",
      AuthPrincipalDisplayName: "deskhand-bot",
      EncodedDiagnosticMessage: "x".repeat(500),
    };
    const { failure } = problemOfThrown(thrown(403, "NoPermission", { accessDeniedDetail }), []);
    expect(failure).toMatchObject({
      action: "appstreaming:ListDesktopAgentRuntime",
      principal: "deskhand-bot (SubUser)",
    });
    expect(JSON.stringify(failure)).not.toContain("xxxx");
  });

  it("names the action also when the denial does not", () => {
    const { failure } = problemOfThrown(thrown(403, "Forbidden.RAM"), []);
    expect(failure).toMatchObject({ action: "appstreaming:ListDesktopAgentRuntime", principal: undefined });
  });

  it("is found in the body of a success", () => {
    expect(problemOfBody({ Code: "Throttling.User", Message: "slow" }, [])).toMatchObject({
      failure: { kind: "throttled" },
    });
    expect(problemOfBody({ Code: "SystemBusy" }, [])).toMatchObject({ retryable: true, failure: { kind: "service" } });
    expect(problemOfBody({ Code: "MissingAgentProvider" }, [])).toMatchObject({ failure: { kind: "parameter" } });
    for (const Code of [undefined, null, "", "200", 200, "OK", "Success"]) {
      expect(problemOfBody({ Code, TotalCount: 1 }, [])).toBeUndefined();
    }
  });
});

describe("a failure on the way", () => {
  it.each([
    ["ECONNRESET", true],
    ["ECONNREFUSED", true],
    ["EAI_AGAIN", true],
    ["ENOTFOUND", false],
    ["CERT_HAS_EXPIRED", false],
  ])("of code %s is unreachable", (code, retryable) => {
    const problem = problemOfThrown(Object.assign(new Error("read"), { code }), []);
    expect(problem).toMatchObject({ retryable, failure: { kind: "unreachable", code } });
  });

  it("without an answer in time is a timeout", () => {
    const error = Object.assign(new Error("ReadTimeout(100). POST https://host/?A=planted failed."), {
      name: "RequestTimeoutError",
    });
    const problem = problemOfThrown(error, []);
    expect(problem).toMatchObject({ retryable: true, failure: { kind: "timeout" } });
    expect(JSON.stringify(problem)).not.toContain("planted");
  });

  it("that is a page of a gateway is unreadable", () => {
    expect(problemOfThrown(new SyntaxError("Unexpected token '<'"), [])).toMatchObject({
      retryable: true,
      failure: { kind: "unreadable" },
    });
  });

  it("that is another service's refusal is unreadable, for good", () => {
    const error = Object.assign(new Error("undefined: code: 404"), {
      code: "undefined",
      statusCode: 404,
      data: { statusCode: 404 },
    });
    expect(problemOfThrown(error, [])).toMatchObject({
      retryable: false,
      failure: { kind: "unreadable", code: undefined },
    });
  });

  it("for want of a key is one of credentials", () => {
    const error = Object.assign(new Error("Please set up the credentials"), { code: "InvalidCredentials" });
    expect(problemOfThrown(error, [])).toMatchObject({ retryable: false, failure: { kind: "credentials" } });
  });

  it("is a failure whatever is thrown", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { failure } = problemOfThrown(value, []);
        expect(failure.attempts).toBe(0);
        expect((failure.detail ?? "").length).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe("a call that waits no longer", () => {
  it("is late when its signal says so, else stopped", () => {
    expect(givenUp(new DOMException("late", "TimeoutError"), 2)).toMatchObject({ kind: "timeout", attempts: 2 });
    expect(givenUp(new Error("stop"), 0)).toMatchObject({ kind: "stopped" });
    expect(givenUp(undefined, 0)).toMatchObject({ kind: "stopped" });
  });
});
