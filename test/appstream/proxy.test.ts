import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppStreamOptions } from "../../src/appstream/index.ts";
import { textsOf } from "../../src/cards/index.ts";
import type { FleetFailure } from "../../src/fleet/index.ts";
import { type ProxyFault, proxyFaultOf } from "../../src/network/index.ts";
import { type FakeProxy, startProxy, trustProxy } from "../platforms/proxy/index.ts";
import { createRig, person, type Rig, request } from "./rig.ts";
import { page } from "./standin.ts";

const user = "user:geheim";
let rig: Rig;
let proxy: FakeProxy;
let distrust: () => void;
beforeAll(() => {
  distrust = trustProxy();
});
afterAll(() => distrust());
beforeEach(async () => {
  rig = await createRig();
  rig.standIn.answer(() => page(["ecd-1"]));
  const port = Number(new URL(`http://${rig.standIn.endpoint}`).port);
  proxy = await startProxy({ hosts: { "api.deskhand.test": port, "sts.aliyuncs.com": port }, credentials: user });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rig.close();
  await proxy.stop();
});

function through(login = `${user}@`, more: Partial<AppStreamOptions> = {}) {
  const address = () => proxy.url.replace("//", `//${login}`);
  const proxies = { https: address, http: address, except: [] };
  return rig.build({ endpoint: "api.deskhand.test", protocol: "https", proxies, attempts: 2, ...more });
}

async function failureThrough(login?: string): Promise<FleetFailure | undefined> {
  const outcome = await through(login).page(request, person());
  return outcome.ok ? undefined : outcome.failure;
}

describe("calls of the SDK to the API", () => {
  it("go through a tunnel, which is kept for the next one", async () => {
    const fleet = through();
    expect(await fleet.page(request, person())).toMatchObject({ ok: true });
    expect(await fleet.page({ ...request, page: 2 }, person())).toMatchObject({ ok: true });
    expect(proxy.asked).toEqual(["CONNECT api.deskhand.test:443"]);
    expect(rig.standIn.requests.map(({ headers }) => headers.host)).toEqual(Array(2).fill("api.deskhand.test"));
    expect(rig.standIn.requests.some(({ headers }) => "proxy-authorization" in headers)).toBe(false);
  });

  it("of two fleets take each its own way, at the same time", async () => {
    const [proxied, direct] = [through(), rig.build()];
    const outcomes = await Promise.all(
      [proxied, direct, proxied].map((fleet, at) => fleet.page({ ...request, page: at + 1 }, person())),
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(rig.standIn.requests.filter(({ headers }) => headers.host === rig.standIn.endpoint)).toHaveLength(1);
    expect(proxy.asked.every((asked) => asked === "CONNECT api.deskhand.test:443")).toBe(true);
  });

  it("to this machine are made directly", async () => {
    const fleet = through(`${user}@`, { endpoint: rig.standIn.endpoint, protocol: "http" });
    expect(await fleet.page(request, person())).toMatchObject({ ok: true });
    expect(proxy.asked).toEqual([]);
  });

  it("that lead to a token go through a tunnel as well", async () => {
    const folder = await mkdtemp(join(tmpdir(), "deskhand-oidc-"));
    const file = join(folder, "token");
    await writeFile(file, "token-of-the-cluster");
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", "");
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "");
    vi.stubEnv("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/deskhand");
    vi.stubEnv("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/ack");
    vi.stubEnv("ALIBABA_CLOUD_OIDC_TOKEN_FILE", file);
    const Credentials = {
      AccessKeyId: "STS.planted",
      AccessKeySecret: "planted",
      SecurityToken: "planted",
      Expiration: "2099-01-01T00:00:00Z",
    };
    rig.standIn.answer(({ query }) =>
      query.Action === "AssumeRoleWithOIDC"
        ? { kind: "text", status: 200, type: "application/json", text: JSON.stringify({ Credentials }) }
        : page(["ecd-1"]),
    );
    const outcome = await through(`${user}@`, { credentials: { type: "default" } }).page(request, person());
    await rm(folder, { recursive: true });

    expect(outcome).toMatchObject({ ok: true });
    expect(proxy.asked).toEqual(["CONNECT sts.aliyuncs.com:443", "CONNECT api.deskhand.test:443"]);
  });
});

describe("a proxy in the way of the API", () => {
  it("that wants another password is named, once and for all", async () => {
    expect(await failureThrough("user:wrong@")).toMatchObject({
      kind: "unreachable",
      code: "PROXY_CREDENTIALS",
      attempts: 1,
    });
    expect(rig.log.lines.join()).not.toMatch(/wrong|geheim/);
  });

  it("that does not let through is named, and one that fails is asked again", async () => {
    proxy.behave({ status: 403 });
    expect(await failureThrough()).toMatchObject({ kind: "unreachable", code: "PROXY_REFUSED", attempts: 1 });
    proxy.behave({ status: 502 });
    expect(await failureThrough()).toMatchObject({ kind: "unreachable", code: "PROXY_FAILED", attempts: 2 });
    proxy.behave("cut");
    expect(await failureThrough()).toMatchObject({ kind: "unreachable", code: "PROXY_FAILED" });
    await proxy.stop();
    expect(await failureThrough()).toMatchObject({ kind: "unreachable", code: "PROXY_UNREACHABLE" });
  });

  it("that is silent is waited for no longer than for the API", async () => {
    proxy.behave("silent");
    const outcome = await through(`${user}@`, { timeout: 200, attempts: 1 }).page(request, person());
    expect(outcome).toMatchObject({ ok: false, failure: { kind: "timeout" } });
  });

  it("is said to be in the way in the words that the log and doctor have for it", () => {
    const tunnel = (statusCode?: number) => proxyFaultOf({ code: "ERR_PROXY_TUNNEL", statusCode }, true);
    const faults = [
      tunnel(407),
      tunnel(403),
      tunnel(),
      proxyFaultOf({ code: "ENOTFOUND", syscall: "getaddrinfo" }, true),
    ];
    for (const fault of faults) {
      const { kind, reason, todo } = fault as ProxyFault;
      const failure = { ...unreachable, code: `PROXY_${kind.toUpperCase()}` };
      const [en, zh] = [textsOf("en").failure(failure), textsOf("zh").failure(failure)];
      const words = reason.replace(/ \(.*\)$| and did not say why$/, "");
      expect(en).toEqual({ happened: `Alibaba Cloud App Streaming cannot be reached: ${words}.`, todo });
      expect(zh.happened).toMatch(/代理/);
    }
  });
});

const unreachable: FleetFailure = {
  kind: "unreachable",
  code: undefined,
  detail: undefined,
  requestId: undefined,
  action: undefined,
  principal: undefined,
  attempts: 1,
};
