import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fold, Wait } from "../../src/fleet/index.ts";
import { createRig, inTurn, keyId, keySecret, person, type Rig, request } from "./rig.ts";
import { failure, page } from "./standin.ts";

const securityToken = "CAISPlantedSecurityToken0123456789";

let rig: Rig;

beforeEach(async () => {
  rig = await createRig();
});

afterEach(() => rig.close());

describe("a page of the API", () => {
  it("is asked for as the API wants it, and signed", async () => {
    rig.standIn.answer(() => page(["ecd-a"], 41));
    const filters = {
      DesktopIds: ["ecd-a", "ecd b*(1)"],
      AuthUsers: ["张三"],
      IncludeRiskInfo: "true",
      AgentPlatform: "",
    };
    const outcome = await rig.build().page({ ...request, filters, page: 3 }, person());
    expect(outcome).toMatchObject({
      ok: true,
      value: { total: 41, size: 20, unreadable: 0, runtimes: [{ id: "ecd-a" }] },
    });
    const [seen] = rig.standIn.requests;
    expect(seen).toMatchObject({ method: "POST", path: "/", body: "" });
    expect(seen?.query).toEqual({
      AgentProvider: "OpenClaw",
      "AuthUsers.1": "张三",
      "DesktopIds.1": "ecd-a",
      "DesktopIds.2": "ecd b*(1)",
      IncludeRiskInfo: "true",
      PageNumber: "3",
      PageSize: "20",
    });
    expect(seen?.headers).toMatchObject({ "x-acs-action": "ListDesktopAgentRuntime", "x-acs-version": "2021-09-01" });
    expect(seen?.headers.authorization).toMatch(
      new RegExp(`^ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=.*,Signature=`),
    );
    expect(seen?.headers["x-acs-security-token"]).toBeUndefined();
  });

  it("is asked for with the security token of a temporary key", async () => {
    const credentials = {
      type: "access-key",
      accessKeyId: () => keyId,
      accessKeySecret: () => keySecret,
      securityToken: () => securityToken,
    } as const;
    await rig.build({ credentials }).page(request, person());
    expect(rig.standIn.requests[0]?.headers["x-acs-security-token"]).toBe(securityToken);
  });

  it("comes after throttling and failures, and says that it waited", async () => {
    rig.standIn.answer(inTurn(failure(429, "Throttling.User"), failure(503, "ServiceUnavailable"), page(["a"])));
    const waits: Wait[] = [];
    const fleet = rig.build();
    expect(await fleet.page(request, person({ onWait: (wait) => waits.push(wait) }))).toMatchObject({ ok: true });
    expect(waits.filter((wait) => wait !== "queued")).toEqual(["throttled", "retrying"]);
    expect(fleet.stats()).toEqual({ calls: 3, retries: 2, throttled: 1, abandoned: 0, shared: 0, reused: 0 });
  });

  it("is one request for those who ask at the same time, and for a while after", async () => {
    const fleet = rig.build();
    await Promise.all([fleet.page(request, person()), fleet.page(request, person()), fleet.page(request, person())]);
    await fleet.page(request, person());
    expect(rig.standIn.requests).toHaveLength(1);
    expect(fleet.stats()).toMatchObject({ calls: 1, shared: 2, reused: 1 });
    await fleet.page(request, person({ fresh: true }));
    await fleet.page({ ...request, page: 2 }, person());
    expect(rig.standIn.requests).toHaveLength(3);
  });
});

describe("a scan over the API", () => {
  const collect = (): Fold<readonly string[]> => {
    const ids: string[] = [];
    return { row: ({ id }) => ids.push(id), result: () => ids };
  };
  const ids = Array.from({ length: 250 }, (_, index) => `ecd-${index}`);

  it("reads all pages at the size that is set, never from kept ones", async () => {
    rig.standIn.answer(({ query }) => {
      const from = (Number(query.PageNumber) - 1) * 100;
      return page(ids.slice(from, from + 100), ids.length, 100);
    });
    const fleet = rig.build();
    const scan = { provider: "OpenClaw", filters: { HasRisk: "true" } };
    for (const _ of [1, 2]) {
      const outcome = await fleet.scan(scan, collect, person({ urgency: "scan" }));
      expect(outcome).toMatchObject({ ok: true, value: { complete: true, total: 250, rows: 250, calls: 3 } });
      expect(outcome.ok && outcome.value.value).toEqual(ids);
    }
    expect(rig.standIn.requests.map(({ query }) => `${query.PageNumber}/${query.PageSize}`)).toEqual([
      "1/100",
      "2/100",
      "3/100",
      "1/100",
      "2/100",
      "3/100",
    ]);
    expect(rig.standIn.requests.every(({ query }) => query.HasRisk === "true")).toBe(true);
  });

  it("fails with the page that fails", async () => {
    rig.standIn.answer(({ query }) =>
      query.PageNumber === "1" ? page(ids.slice(0, 100), 250, 100) : failure(403, "NoPermission"),
    );
    const outcome = await rig.build().scan({ provider: "OpenClaw", filters: {} }, collect, person());
    expect(outcome).toMatchObject({ ok: false, failure: { kind: "denied" } });
  });
});

describe("start and stop", () => {
  it("give up what is under way and refuse what comes", async () => {
    rig.standIn.answer(() => ({ kind: "hang" }));
    const fleet = rig.build();
    await fleet.start();
    const waiting = fleet.page(request, person());
    await rig.standIn.arrived(1);
    await fleet.stop();
    expect(await waiting).toMatchObject({ ok: false, failure: { kind: "stopped", attempts: 1 } });
    expect(await fleet.page({ ...request, page: 2 }, person())).toMatchObject({
      ok: false,
      failure: { kind: "stopped", attempts: 0 },
    });
    expect(rig.standIn.requests).toHaveLength(1);
  });
});

describe("the default chain of credentials", () => {
  const names = [
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "ALIBABA_CLOUD_ECS_METADATA_DISABLED",
    "HOME",
  ] as const;
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));

  function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
    for (const name of names) {
      const value = values[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }

  afterEach(() => setEnvironment(before));

  it("takes the key of the environment and says where it was found", async () => {
    setEnvironment({ ...before, ALIBABA_CLOUD_ACCESS_KEY_ID: keyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: keySecret });
    const fleet = rig.build({ credentials: { type: "default" } });
    await fleet.start();
    expect(fleet.credentialProvider()).toContain("env");
    expect(await fleet.page(request, person())).toMatchObject({ ok: true });
    expect(rig.standIn.requests[0]?.headers.authorization).toContain(`Credential=${keyId},`);
  });

  it("does not keep the start from ending when there is no key; the calls say so, and find one that comes later", async () => {
    setEnvironment({ ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", HOME: "/nonexistent" });
    const fleet = rig.build({ credentials: { type: "default" } });
    await fleet.start();
    expect(fleet.credentialProvider()).toBeUndefined();
    expect(rig.log.lines.join()).toContain("no credentials");
    expect(await fleet.page(request, person())).toMatchObject({
      ok: false,
      failure: { kind: "credentials", attempts: 1 },
    });
    setEnvironment({ ALIBABA_CLOUD_ACCESS_KEY_ID: keyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: keySecret });
    expect(await fleet.page(request, person())).toMatchObject({ ok: true });
  });
});
