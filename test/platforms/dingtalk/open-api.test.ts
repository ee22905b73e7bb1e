import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { call, deliver, sampleDelivery, sendToPeople, tokenOf, update, upload } from "./calls.ts";
import { createFakeDingTalk, documentedLimits, type FakeDingTalk, type FakeDingTalkOptions } from "./index.ts";

let fake: FakeDingTalk;
let shift = 0;

async function begin(options: FakeDingTalkOptions = {}): Promise<void> {
  shift = 0;
  // Time stands still, so that a slow machine does not slip out of a window of one second.
  const start = Date.now();
  fake = createFakeDingTalk({ now: () => start + shift, ...options });
  await fake.start();
  fake.directory.group("cid1==");
  fake.directory.add({ id: "li" });
}

beforeEach(() => begin());
afterEach(() => fake.stop());

async function restart(options: FakeDingTalkOptions): Promise<void> {
  await fake.stop();
  await begin(options);
}

describe("a call is refused", () => {
  it("without a token that is good", async () => {
    const token = await tokenOf(fake);
    const body = sampleDelivery(fake, "t", "cid1==");
    const withToken = (given: string) =>
      call(fake, "POST /v1.0/card/instances/createAndDeliver", body, { "x-acs-dingtalk-access-token": given });
    expect(await withToken("x")).toMatchObject({ status: 400, code: "InvalidAuthentication" });
    expect((await withToken(token)).status).toBe(200);
    fake.tokens.revoke();
    expect((await withToken(token)).code).toBe("InvalidAuthentication");
    const next = await tokenOf(fake);
    expect(next).not.toBe(token);
    expect(await tokenOf(fake)).toBe(next);
    shift = 7200_000;
    expect((await withToken(next)).code).toBe("InvalidAuthentication");
    expect(fake.complaints()).toEqual([]);
    await call(fake, "POST /v1.0/card/instances/createAndDeliver", body);
    expect(fake.complaints().length).toBe(1);
  });

  it("with another secret", async () => {
    const answer = await call(fake, "POST /v1.0/oauth2/accessToken", { appKey: fake.clientId, appSecret: "x" });
    expect(answer).toMatchObject({ status: 400, code: "invalidClientIdOrSecret" });
  });

  it("without the permission, which it names", async () => {
    fake.scopes.clear();
    expect(await deliver(fake)).toMatchObject({
      status: 403,
      code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
      body: { accessdenieddetail: { requiredScopes: ["Card.Instance.Write"] } },
    });
    expect((await sendToPeople(fake, ["li"])).body).toMatchObject({
      accessdenieddetail: { requiredScopes: ["qyapi_robot_sendmsg"] },
    });
  });

  it("above 20 a second of one interface", async () => {
    await restart({ limits: { apiPerSecond: documentedLimits.apiPerSecond } });
    const token = await tokenOf(fake);
    const headers = { "x-acs-dingtalk-access-token": token };
    const send = () => call(fake, "POST /v1.0/robot/oToMessages/batchSend", {}, headers);
    for (let count = 0; count < 20; count += 1) await send();
    expect(await send()).toMatchObject({ status: 403, code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" });
    expect((await deliver(fake)).status).toBe(200);
    shift = 1000;
    expect((await send()).code).toBe("invalidParameter.param.invalid");
  });

  it("when the month's quota is spent, which tokens do not count against", async () => {
    await restart({ limits: { monthlyCalls: 2 } });
    await deliver(fake);
    await update(fake);
    expect(await update(fake)).toMatchObject({ status: 403, code: "Forbidden.AccessDenied.ApiCountLimitForOrg" });
    expect((await upload(fake, "file", "a.zip", "x")).code).toBe(90020);
    expect(fake.spent.calls).toBe(2);
  });

  it("and noted when there is no such call, no body, or the old call for a token", async () => {
    expect((await call(fake, "POST /v1.0/weather", {})).code).toBe("InvalidAction.NotFound");
    expect((await call(fake, "POST /v1.0/oauth2/accessToken", undefined)).code).toBe("MissingBody");
    await fetch(`${fake.url}/gettoken?appkey=x&appsecret=y`);
    expect(fake.complaints().length).toBe(3);
    expect(JSON.stringify(fake.requests)).not.toContain("appsecret");
  });
});

describe("a fault", () => {
  it("answers something else, for as many calls as it was ordered for", async () => {
    fake.faults.api({ kind: "refuse", code: "system.busy" }, { api: "deliver" });
    fake.faults.api({ kind: "html", status: 403 }, { api: ["update"] });
    expect(await deliver(fake)).toMatchObject({ status: 500, code: "system.busy" });
    expect((await deliver(fake)).status).toBe(200);
    await expect(update(fake)).rejects.toThrow(/JSON/);
    expect((await update(fake)).status).toBe(200);
    fake.faults.api({ kind: "errcode", errcode: 300001 }, { api: "upload", count: Infinity });
    expect((await upload(fake, "file", "a.zip", "x")).code).toBe(300001);
    fake.faults.clear();
    expect((await upload(fake, "file", "a.zip", "x")).code).toBe(0);
    expect(fake.requests.map(({ api, status }) => [api, status])).toContainEqual(["update", 403]);
    expect(fake.complaints()).toEqual([]);
  });

  it("loses the answer after the card was delivered", async () => {
    fake.faults.api({ kind: "cut" }, { api: "deliver" });
    await expect(deliver(fake)).rejects.toThrow();
    expect(fake.sent.length).toBe(1);
    expect((await deliver(fake)).status).toBe(200);
    expect(fake.sent.length).toBe(1);
    expect(fake.requests.filter(({ api }) => api === "deliver").map(({ status }) => status)).toEqual([0, 200]);
  });
});
