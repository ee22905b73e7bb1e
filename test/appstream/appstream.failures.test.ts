import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { textsOf } from "../../src/cards/index.ts";
import { createRig, inTurn, keyId, keySecret, person, type Rig, request } from "./rig.ts";
import { failure, html, page, type Reply } from "./standin.ts";

const securityToken = "CAISPlantedSecurityToken0123456789";
const planted = [keyId, keySecret, securityToken, "PlantedUser"];

let rig: Rig;

beforeEach(async () => {
  rig = await createRig();
});

afterEach(() => rig.close());

describe("a failed page", () => {
  it.each([
    ["HTML of a gateway", html(502), "unreadable", 4],
    ["HTML in a success", html(200), "unreadable", 4],
    ["an empty body", { kind: "text", status: 200, type: "application/json", text: "" }, "unreadable", 4],
    [
      "half a JSON text",
      { kind: "text", status: 200, type: "application/json", text: '{"TotalCount": 1, "Da' },
      "unreadable",
      4,
    ],
    ["JSON that is no object", { kind: "text", status: 200, type: "application/json", text: "[]" }, "unreadable", 4],
    ["a success without a total", { kind: "text", status: 200, type: "application/json", text: "{}" }, "unreadable", 4],
    ["a body that is cut off", { kind: "cut", text: '{"TotalCount": 1' }, "unreachable", 4],
    ["a reset", { kind: "reset" }, "unreachable", 4],
    ["a failing service", failure(500, "InternalError"), "service", 4],
    ["a nonce that was used", failure(400, "SignatureNonceUsed"), "service", 4],
    ["throttling in a success", failure(200, "Throttling.Api"), "throttled", 4],
    ["a wrong secret", failure(400, "SignatureDoesNotMatch"), "signature", 1],
    ["an unknown key", failure(404, "InvalidAccessKeyId.NotFound"), "credentials", 1],
    ["a clock that is off", failure(400, "InvalidTimeStamp.Expired"), "clock", 1],
    ["a refused parameter in a success", failure(200, "InvalidParameter.PageSize"), "parameter", 1],
  ] as const)("after %s says what it was", async (_, reply, kind, attempts) => {
    rig.standIn.answer(() => reply);
    const outcome = await rig.build().page(request, person());
    expect(outcome).toMatchObject({ ok: false, failure: { kind, attempts } });
    expect(rig.standIn.requests).toHaveLength(attempts);
  });

  it("for want of a permission names the action and whom to allow it", async () => {
    const AccessDeniedDetail = {
      AuthAction: "appstreaming:ListDesktopAgentRuntime",
      AuthPrincipalType: "SubUser",
      AuthPrincipalDisplayName: "deskhand-bot",
    };
    rig.standIn.answer(() => failure(403, "NoPermission", "You are not authorized.", { AccessDeniedDetail }));
    expect(await rig.build().page(request, person())).toEqual({
      ok: false,
      failure: {
        kind: "denied",
        code: "NoPermission",
        detail: "You are not authorized.",
        requestId: "1CBAFFAB-0000-4000-8000-0000000000EE",
        action: "appstreaming:ListDesktopAgentRuntime",
        principal: "deskhand-bot (SubUser)",
        attempts: 1,
      },
    });
  });

  it("for want of a connection says so", async () => {
    await rig.standIn.close();
    expect(await rig.build({ attempts: 2 }).page(request, person())).toMatchObject({
      ok: false,
      failure: { kind: "unreachable", code: "ECONNREFUSED", attempts: 2 },
    });
  });

  it("for HTTPS to a port that speaks HTTP names the protocol and the endpoint, and is not tried again", async () => {
    const answer = await rig.build({ protocol: "https", attempts: 2 }).page(request, person());
    if (answer.ok) throw new Error("it was answered");
    expect(answer.failure).toMatchObject({ kind: "unreachable", code: "EPROTO", attempts: 1 });
    expect(textsOf("en").failure(answer.failure)).toEqual({
      happened: "Alibaba Cloud App Streaming cannot be reached: what answers at its address does not speak HTTPS.",
      todo: "Check fleet.alibabaCloud.protocol and endpoint in app.yaml, its port included.",
    });
    expect(textsOf("zh").failure(answer.failure).todo).toContain("fleet.alibabaCloud.protocol");
    expect(rig.standIn.requests).toHaveLength(0);
  });

  it("for want of a key says so, and asks nobody", async () => {
    const credentials = { type: "access-key", accessKeyId: () => "", accessKeySecret: () => "" } as const;
    expect(await rig.build({ credentials }).page(request, person())).toMatchObject({
      ok: false,
      failure: { kind: "credentials" },
    });
    expect(rig.standIn.requests).toHaveLength(0);
  });

  it("with a security token that is over is asked for again with a renewed one, once", async () => {
    let asked = 0;
    const token = () => `token-${asked}`;
    const id = () => {
      asked += 1;
      return keyId;
    };
    const credentials = {
      type: "access-key",
      accessKeyId: id,
      accessKeySecret: () => keySecret,
      securityToken: token,
    } as const;
    rig.standIn.answer(() => failure(400, "InvalidSecurityToken.Expired"));
    expect(await rig.build({ credentials }).page(request, person())).toMatchObject({
      failure: { kind: "credentials", attempts: 2 },
    });
    const tokens = rig.standIn.requests.map((seen) => seen.headers["x-acs-security-token"]);
    expect(new Set(tokens).size).toBe(2);
  });

  it("holds no secret, and neither does the log", async () => {
    const filters = { AuthUsers: ["PlantedUser"] };
    const credentials = {
      type: "access-key",
      accessKeyId: () => keyId,
      accessKeySecret: () => keySecret,
      securityToken: () => securityToken,
    } as const;
    const words = [
      `server string to sign is:POST&%2F&AccessKeyId%3D${keyId}%26AuthUsers.1%3DPlantedUser`,
      `key ${keyId} with secret ${keySecret} and token ${securityToken}`,
      `https://example.com/?AuthUsers.1=PlantedUser&Signature=${keySecret}`,
    ];
    const replies: readonly Reply[] = [
      ...words.map((text) => failure(400, "Some.Code", text)),
      { kind: "reset" },
      { kind: "hang" },
    ];
    for (const reply of replies) {
      rig.standIn.answer(() => reply);
      const outcome = await rig
        .build({ credentials, attempts: 1, timeout: 150 })
        .page({ ...request, filters }, person());
      expect(outcome.ok).toBe(false);
      for (const secret of planted) expect(JSON.stringify(outcome)).not.toContain(secret);
    }
    for (const secret of planted) expect(rig.log.lines.join("\n")).not.toContain(secret);
    expect(rig.log.lines.length).toBeGreaterThanOrEqual(replies.length);
  });
});

describe("deadlines", () => {
  it("end an attempt that gets no answer, and the next one may succeed", async () => {
    rig.standIn.answer(inTurn({ kind: "hang" }, page(["a"])));
    const fleet = rig.build({ timeout: 150 });
    const begun = performance.now();
    expect(await fleet.page(request, person())).toMatchObject({ ok: true });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(140);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(fleet.stats()).toMatchObject({ calls: 2, retries: 1, abandoned: 1 });
  });

  it("end with a failure when no attempt gets an answer", async () => {
    rig.standIn.answer(() => ({ kind: "hang" }));
    const outcome = await rig.build({ timeout: 100, attempts: 2 }).page(request, person());
    expect(outcome).toMatchObject({ ok: false, failure: { kind: "timeout", attempts: 2 } });
  });

  it("of the caller end everything at once", async () => {
    rig.standIn.answer(() => ({ kind: "hang" }));
    const fleet = rig.build();
    const begun = performance.now();
    const outcome = await fleet.page(request, person({ signal: AbortSignal.timeout(100) }));
    expect(outcome).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(fleet.stats()).toMatchObject({ calls: 1, retries: 0 });
  });

  it("leave the others alone when one caller gives up", async () => {
    rig.standIn.answer(() => ({ kind: "hang" }));
    const fleet = rig.build();
    const controller = new AbortController();
    const left = fleet.page(request, person({ signal: controller.signal }));
    const stays = fleet.page(request, person());
    await rig.standIn.arrived(1);
    controller.abort();
    expect(await left).toMatchObject({ ok: false, failure: { kind: "stopped", attempts: 1 } });
    rig.standIn.letGo();
    expect(await stays).toMatchObject({ ok: true });
    expect(rig.standIn.requests).toHaveLength(1);
  });

  it("do not let given-up requests make room for more than eight at once", async () => {
    rig.standIn.answer(() => ({ kind: "hang" }));
    const fleet = rig.build({ timeout: 100, attempts: 1 });
    const pages = Array.from({ length: 10 }, (_, index) => fleet.page({ ...request, page: index + 1 }, person()));
    await rig.standIn.arrived(8);
    await Promise.all(pages.slice(0, 8));
    expect(fleet.stats()).toMatchObject({ calls: 8, abandoned: 8 });
    rig.standIn.letGo();
    await rig.standIn.arrived(10);
    await Promise.all(pages);
    expect(fleet.stats().calls).toBe(10);
  });
});
