import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalRequest, contentHash, headersToSign, signature } from "../../src/simulator/index.ts";
import { bodyOf, createCaller, now, send, standardKey, still } from "./calls.ts";

describe("the canonical form of a request", () => {
  const headers = new Map([
    ["x-acs-version", "2021-09-01"],
    ["host", "appstream-center.cn-shanghai.aliyuncs.com"],
    ["x-acs-action", "ListDesktopAgentRuntime"],
    ["x-acs-content-sha256", contentHash("")],
    ["x-acs-date", "2026-01-02T03:04:05Z"],
    ["x-acs-signature-nonce", "00000000000000000000000000000001"],
    ["user-agent", "anything"],
  ]);
  const query = new Map([
    ["AgentProvider", "OpenClaw"],
    ["DesktopIds.1", "ecd-a"],
    ["DesktopIds.2", "ecd b*(1)"],
    ["IncludeRiskInfo", "true"],
    ["PageSize", "20"],
    ["PageNumber", "1"],
    ["AuthUsers.1", "张三"],
  ]);
  const canonical = canonicalRequest({ method: "POST", path: "/", query, headers, body: "" }, headersToSign(headers));

  it("has the hash of the known example", () => {
    expect(contentHash(canonical)).toBe("c8840eda749bb8fd99831c27b2efcf98474fd7a3dd6919ab33a063edefd14860");
  });

  it("is signed like the known example", () => {
    expect(signature(canonical, "FAKE_KEY_SECRET")).toBe(
      "2e0e9f61d77acbda8f5040076ec9d4ff6b1a63c56a9a7945f568225659bc0cfc",
    );
  });
});

describe("who may call", () => {
  const simulator = still();
  let call: ReturnType<typeof createCaller>;
  let endpoint = "";
  beforeAll(async () => {
    ({ endpoint } = await simulator.start());
    call = createCaller(endpoint);
  });
  afterAll(() => simulator.stop());

  const refused: readonly (readonly [string, Parameters<ReturnType<typeof createCaller>>[0], number, string])[] = [
    ["an unknown key", { key: { id: "other", secret: "simulator" } }, 404, "InvalidAccessKeyId.NotFound"],
    ["a wrong secret", { key: { id: "simulator", secret: "wrong" } }, 400, "SignatureDoesNotMatch"],
    ["another query than was signed", { target: "/?AgentProvider=HermesAgent" }, 400, "SignatureDoesNotMatch"],
    ["another nonce than was signed", { tampered: { "x-acs-signature-nonce": "x" } }, 400, "SignatureDoesNotMatch"],
    [
      "another date than was signed",
      { tampered: { "x-acs-date": "2026-01-02T03:04:06Z" } },
      400,
      "SignatureDoesNotMatch",
    ],
    [
      "another body than was hashed",
      { headers: { "x-acs-content-sha256": contentHash("x") } },
      400,
      "IncompleteSignature",
    ],
    ["an API header that is not signed", { tampered: { "x-acs-extra": "1" } }, 400, "IncompleteSignature"],
    ["a content type that is not signed", { tampered: { "content-type": "text/plain" } }, 400, "IncompleteSignature"],
    ["no nonce", { headers: { "x-acs-signature-nonce": undefined } }, 400, "IncompleteSignature"],
    ["no version", { headers: { "x-acs-version": undefined } }, 400, "IncompleteSignature"],
    ["no signature", { tampered: { authorization: "" } }, 400, "IncompleteSignature"],
    ["another scheme", { tampered: { authorization: "Bearer x" } }, 400, "IncompleteSignature"],
    ["a date that is no date", { headers: { "x-acs-date": "yesterday" } }, 400, "InvalidTimeStamp.Format"],
    ["a date 901 s behind", { headers: { "x-acs-date": at(-901) } }, 400, "InvalidTimeStamp.Expired"],
    ["a date 901 s ahead", { headers: { "x-acs-date": at(901) } }, 400, "InvalidTimeStamp.Expired"],
    [
      "a token with a permanent key",
      { headers: { "x-acs-security-token": "t" } },
      400,
      "InvalidSecurityToken.MismatchWithAccessKey",
    ],
    ["an unknown version", { headers: { "x-acs-version": "2020-01-01" } }, 404, "InvalidVersion"],
    ["an unknown action", { headers: { "x-acs-action": "DeleteEverything" } }, 404, "InvalidAction.NotFound"],
  ];
  for (const [what, given, status, code] of refused) {
    it(`refuses ${what} as ${code}`, async () => {
      const answer = await call(given);
      expect([answer.status, bodyOf(answer).Code]).toEqual([status, code]);
    });
  }

  it("refuses signed headers that are out of order", async () => {
    const names = [
      "x-acs-version",
      "host",
      "x-acs-action",
      "x-acs-content-sha256",
      "x-acs-date",
      "x-acs-signature-nonce",
    ];
    const headers = new Map([
      ["host", endpoint],
      ["x-acs-action", "ListDesktopAgentRuntime"],
      ["x-acs-version", "2021-09-01"],
      ["x-acs-date", at(0)],
      ["x-acs-signature-nonce", "out-of-order"],
      ["x-acs-content-sha256", contentHash("")],
    ]);
    const query = new Map([["AgentProvider", "OpenClaw"]]);
    const signed = signature(
      canonicalRequest({ method: "POST", path: "/", query, headers, body: "" }, names),
      "simulator",
    );
    const authorization = `ACS3-HMAC-SHA256 Credential=simulator,SignedHeaders=${names.join(";")},Signature=${signed}`;
    const answer = await send(endpoint, {
      method: "POST",
      target: "/?AgentProvider=OpenClaw",
      body: "",
      headers: { ...Object.fromEntries(headers), authorization },
    });
    expect(bodyOf(answer).Code).toBe("IncompleteSignature");
  });

  it("accepts dates up to 15 minutes off either way", async () => {
    const statuses = [
      await call({ headers: { "x-acs-date": at(-900) } }),
      await call({ headers: { "x-acs-date": at(900) } }),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("accepts a nonce once", async () => {
    const headers = { "x-acs-signature-nonce": "twice" };
    const first = await call({ headers });
    const second = await call({ headers });
    expect([first.status, bodyOf(second).Code]).toEqual([200, "SignatureNonceUsed"]);
  });

  it("does not let a forged request use up a nonce", async () => {
    const headers = { "x-acs-signature-nonce": "forged" };
    await call({ headers, key: { id: "simulator", secret: "wrong" } });
    expect((await call({ headers })).status).toBe(200);
  });

  it("accepts GET, and parameters in a signed form body", async () => {
    const byGet = await call({ method: "GET" });
    const byForm = await call({
      query: {},
      body: "AgentProvider=OpenClaw&PageSize=3",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-acs-content-sha256": contentHash("AgentProvider=OpenClaw&PageSize=3"),
      },
    });
    expect([byGet.status, bodyOf(byForm).PageSize]).toEqual([200, 3]);
  });

  it("checks before it says anything of the parameters", async () => {
    const answer = await call({ query: {}, key: { ...standardKey, secret: "wrong" } });
    expect(bodyOf(answer).Code).toBe("SignatureDoesNotMatch");
  });
});

describe("a temporary key", () => {
  it("needs its token in every request, signed", async () => {
    const simulator = still({ securityToken: "token" });
    const call = createCaller((await simulator.start()).endpoint);
    const answers = [
      await call({ headers: { "x-acs-security-token": "token" } }),
      await call({}),
      await call({ headers: { "x-acs-security-token": "tokem" } }),
    ];
    await simulator.stop();
    expect(answers.map((answer) => bodyOf(answer).Code ?? answer.status)).toEqual([
      200,
      "MissingSecurityToken",
      "InvalidSecurityToken.Malformed",
    ]);
  });
});

function at(seconds: number): string {
  return new Date(now + seconds * 1000).toISOString().replace(".000Z", "Z");
}
