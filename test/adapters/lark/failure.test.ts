import { describe, expect, it } from "vitest";
import { failureOfBody, failureOfThrown } from "../../../adapters/lark/failure.ts";
import { statusError } from "../../../adapters/lark/status-error.ts";
import { httpError } from "../../../src/platform/index.ts";

const body = (code: number, msg = "words of the platform") => ({ code, msg, error: { log_id: "LOG1" } });

describe("a failure of the platform", () => {
  it.each([
    ["token", 99991661],
    ["token", 99991663],
    ["token", 99991664],
    ["scope", 99991672],
    ["denied", 230006],
    ["denied", 99991401],
    ["rate", 99991400],
    ["rate", 230020],
    ["gone", 230002],
    ["gone", 232009],
    ["forbidden", 230035],
    ["recalled", 230011],
    ["recalled", 230110],
    ["no-thread", 230071],
    ["too-old", 230031],
    ["too-long", 230025],
    ["too-long", 234006],
    ["audit", 230028],
    ["refused", 230099],
    ["parameter", 230001],
    ["parameter", 10003],
    ["parameter", 234010],
    ["unavailable", 1500],
    ["unavailable", 230049],
    ["unknown", 424242],
  ])("is %s for code %i, resolved or thrown", (kind, code) => {
    expect(failureOfBody(body(code))).toMatchObject({ kind, code, logId: "LOG1" });
    const thrown = statusError("status", "HTTP 400", { status: 400, code, msg: "words", logId: "LOG1" });
    expect(failureOfThrown(thrown)).toMatchObject({ kind, code, logId: "LOG1" });
    expect(failureOfThrown(thrown).sentence).toContain(`code ${code}`);
  });

  it("is none when the code is 0", () => {
    expect(failureOfBody({ code: 0, msg: "success", data: {} })).toBeUndefined();
  });

  it.each([[undefined], [""], ["text"], [[]], [{}], [{ code: "0" }]])(
    "is a passing one without a code (%j)",
    (answer) => {
      expect(failureOfBody(answer)).toMatchObject({ kind: "unavailable" });
    },
  );

  it.each([
    [429, "rate"],
    [500, "unavailable"],
    [502, "unavailable"],
    [408, "unavailable"],
    [404, "parameter"],
    [403, "unknown"],
  ])("is told by the HTTP status %i where there is no code", (status, kind) => {
    expect(failureOfThrown(statusError("status", "words", { status }))).toMatchObject({ kind });
  });

  it.each(["network", "timeout", "unreadable", "stopped"] as const)(
    "is a passing one when an exchange ends with %s",
    (kind) => {
      expect(failureOfThrown(httpError(kind, "No answer."))).toMatchObject({
        kind: "unavailable",
        sentence: "No answer.",
      });
    },
  );

  it("tells whose limit was reached, and for how long", () => {
    const thrown = (code: number) => statusError("status", "words", { status: 429, code, reset: 52 });
    expect(failureOfThrown(thrown(99991400))).toMatchObject({ limited: "app", reset: 52 });
    expect(failureOfThrown(thrown(230020))).toMatchObject({ limited: "chat", reset: 52 });
    expect(failureOfThrown(thrown(1500))).toMatchObject({ limited: undefined, reset: undefined });
  });

  it("names the missing permissions, and no address", () => {
    const msg =
      "Access denied. One of the following scopes is required: [im:message:send, im:message, im:message:send_as_bot]." +
      "应用尚未开通所需的应用身份权限：[im:message:send, im:message]，https://open.feishu.cn/app/cli_x/auth?q=im:message&op_from=openapi";
    const { sentence } = failureOfBody(body(99991672, msg)) ?? { sentence: "" };
    expect(sentence).toContain("im:message:send, im:message, im:message:send_as_bot is missing");
    expect(sentence).not.toMatch(/https|cli_x/);
  });

  it("takes a locked card for one that is free soon", () => {
    const msg = "Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ";
    expect(failureOfBody(body(230099, msg))).toMatchObject({ kind: "locked" });
  });

  it("says where a refused card is wrong, and nothing of what stands there", () => {
    const msg =
      "Failed to create card content, ext=ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [1](tag: action); " +
      "ErrMsg: cards of schema V2 no longer support this capability; ErrorValue: li.na on agent-017;";
    const { kind, sentence } = failureOfBody(body(230099, msg)) ?? { kind: "", sentence: "" };
    expect(kind).toBe("refused");
    expect(sentence).toContain("200861; ROOT -> body -> elements -> [1](tag: action)");
    expect(sentence).toContain("no longer support this capability");
    expect(sentence).not.toMatch(/li\.na|agent-017/);
  });

  it("repeats nothing of the platform's words that is not known to be harmless", () => {
    for (const code of [230001, 230099, 230028, 99991663, 424242, 1500]) {
      const { sentence } = failureOfBody(body(code, "Bearer t-secret, li.na, https://x.y/z")) ?? { sentence: "" };
      expect(sentence).not.toMatch(/t-secret|li\.na|https/);
    }
  });

  it("does not repeat a log id that is none", () => {
    const failure = failureOfBody({ code: 1500, msg: "", error: { log_id: "t-secret and more" } });
    expect(failure).toMatchObject({ logId: undefined });
    expect(failure?.sentence).not.toContain("t-secret");
  });

  it("tells nothing of an error that it does not know", () => {
    const error = Object.assign(new Error("Bearer t-secret"), { config: { headers: { Authorization: "t-secret" } } });
    const failure = failureOfThrown(error);
    expect(failure.kind).toBe("unknown");
    expect(JSON.stringify(failure)).not.toContain("t-secret");
  });
});
