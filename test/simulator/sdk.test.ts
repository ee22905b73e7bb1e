import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator } from "../../src/simulator/index.ts";

// The package exports differently to import under Node and under the test runner; this form is the same in both.
const require = createRequire(import.meta.url);
const sdk: typeof import("@alicloud/openapi-client") = require("@alicloud/openapi-client");
const credentials: typeof import("@alicloud/credentials") = require("@alicloud/credentials");

type Key = { readonly id: string; readonly secret: string; readonly securityToken?: string };

/** One call by the vendor's own client. */
async function call(endpoint: string, query: Record<string, string>, { id, secret, securityToken }: Key) {
  const type = securityToken === undefined ? "access_key" : "sts";
  const token = securityToken === undefined ? {} : { securityToken };
  const credential = new credentials.default(
    new credentials.Config({ type, accessKeyId: id, accessKeySecret: secret, ...token }),
  );
  const client = new sdk.default(new sdk.Config({ credential, endpoint, protocol: "HTTP", readTimeout: 3000 }));
  const params = new sdk.Params({
    action: "ListDesktopAgentRuntime",
    version: "2021-09-01",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const runtime: Parameters<typeof client.callApi>[2] = Object.create(null);
  return client.callApi(params, new sdk.OpenApiRequest({ query }), runtime);
}

describe("the vendor's client", () => {
  const simulator = createSimulator();
  const key = { id: "simulator", secret: "simulator" };
  let endpoint = "";
  beforeAll(async () => {
    ({ endpoint } = await simulator.start());
  });
  afterAll(() => simulator.stop());

  it("reads a page, with values that are hard to encode", async () => {
    const query = { AgentProvider: "OpenClaw", "AuthUsers.1": "张三", "AuthUsers.2": "a b*'()!~+%&=", PageSize: "3" };
    const answer = await call(endpoint, query, key);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toMatchObject({ PageSize: 3, PageNumber: 1, Data: expect.any(Array) });
    expect(simulator.requests().at(-1)?.parameters).toEqual(query);
  });

  it("is told what is wrong in its own form", async () => {
    const wrong = call(endpoint, { AgentProvider: "OpenClaw" }, { ...key, secret: "wrong" });
    await expect(wrong).rejects.toMatchObject({ code: "SignatureDoesNotMatch", statusCode: 400 });
    await expect(call(endpoint, {}, { ...key, id: "nobody" })).rejects.toMatchObject({
      code: "InvalidAccessKeyId.NotFound",
      statusCode: 404,
    });
    await expect(call(endpoint, {}, key)).rejects.toMatchObject({
      code: "MissingAgentProvider",
      data: { RequestId: expect.any(String) },
    });
  });

  it("sees a denial with its details", async () => {
    simulator.faults.fail(1, { kind: "deny", code: "NoPermission" });
    await expect(call(endpoint, { AgentProvider: "OpenClaw" }, key)).rejects.toMatchObject({
      code: "NoPermission",
      accessDeniedDetail: { AuthAction: "appstreaming:ListDesktopAgentRuntime" },
    });
  });

  it("calls with a temporary key", async () => {
    const guarded = createSimulator({ securityToken: "a-token" });
    const address = await guarded.start();
    const query = { AgentProvider: "OpenClaw" };
    const answer = await call(address.endpoint, query, { ...key, securityToken: "a-token" });
    const without = call(address.endpoint, query, key);
    await expect(without).rejects.toMatchObject({ code: "MissingSecurityToken" });
    await guarded.stop();
    expect(answer.statusCode).toBe(200);
  });
});
