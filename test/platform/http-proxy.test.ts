import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { systemClock } from "../../src/app.ts";
import { createHttp, type Http, isHttpError, jsonBody } from "../../src/platform/index.ts";
import { until } from "../adapters/until.ts";
import { type FakeProxy, startProxy, trustProxy } from "../platforms/proxy/index.ts";
import { createScriptedServer, type ScriptedServer } from "./scripted-server.ts";

const user = "user:p@ss word";
let server: ScriptedServer;
let proxy: FakeProxy;
let http: Http;
let distrust: () => void;
beforeAll(() => {
  distrust = trustProxy();
});
afterAll(() => distrust());

beforeEach(async () => {
  server = await createScriptedServer({
    tokenPath: "/none",
    answer: (_, index) => ({ json: { index } }),
    grant: () => "cut",
  });
  proxy = await startProxy({ hosts: { "api.deskhand.test": Number(new URL(server.url).port) }, credentials: user });
  http = through("user:p%40ss%20word@");
});
afterEach(async () => {
  http.stop();
  await proxy.stop();
  await server.close();
});

function through(login: string, except: readonly string[] = []): Http {
  const address = () => proxy.url.replace("//", `//${login}`);
  const proxies = { https: address, http: address, except };
  return createHttp({ clock: systemClock, timeout: 1_000, longest: 1_000, connections: 2, proxies });
}

const ask = (url: string, once?: boolean) =>
  http.ask({ url: new URL(url), method: "POST", body: jsonBody({ asked: true }), once });
const failed = (url = "https://api.deskhand.test/") =>
  ask(url).then(
    () => undefined,
    (error: unknown) => (isHttpError(error) ? { message: error.message, fault: error.proxy?.kind } : undefined),
  );

describe("an exchange by https", () => {
  it("goes through a tunnel, which is kept for the next one", async () => {
    expect((await ask("https://api.deskhand.test/one?a=1")).data).toEqual({ index: 0 });
    expect((await ask("https://api.deskhand.test/two")).data).toEqual({ index: 1 });
    expect(proxy.asked).toEqual(["CONNECT api.deskhand.test:443"]);
    expect(server.asked.map(({ path, body }) => [path, body])).toEqual([
      ["/one", { asked: true }],
      ["/two", { asked: true }],
    ]);
    expect(server.asked.every(({ headers }) => !("proxy-authorization" in headers))).toBe(true);
  });

  it("takes a tunnel of its own where it must not arrive twice", async () => {
    await ask("https://api.deskhand.test/", true);
    await ask("https://api.deskhand.test/", true);
    expect(proxy.asked).toHaveLength(2);
  });

  it("fails in words of the proxy: it wants a password, does not let through, or does not get through", async () => {
    http = through("user:wrong@");
    expect(await failed()).toEqual({ message: expect.stringContaining("password"), fault: "credentials" });
    http.stop();
    http = through("user:p%40ss%20word@");
    expect(await failed("https://elsewhere.deskhand.test/")).toEqual({
      message: "The proxy made no connection (HTTP 502).",
      fault: "failed",
    });
    proxy.behave({ status: 403 });
    expect(await failed()).toEqual({
      message: "The proxy does not let the connection through (HTTP 403).",
      fault: "refused",
    });
    proxy.behave("cut");
    expect(await failed()).toMatchObject({ fault: "failed" });
    expect(server.asked).toEqual([]);
  });

  it("fails with the proxy that is not there", async () => {
    await proxy.stop();
    expect(await failed()).toEqual({
      message: "The proxy could not be reached (ECONNREFUSED).",
      fault: "unreachable",
    });
  });

  it("ends at its deadline where the proxy is silent", async () => {
    proxy.behave("silent");
    expect(await failed()).toMatchObject({ message: "There was no answer within 1000 ms." });
  });
});

test("an exchange by http is handed to the proxy, and reaches this machine directly", async () => {
  expect((await ask("http://api.deskhand.test/plain")).data).toEqual({ index: 0 });
  expect((await ask(`${server.url}/own`)).data).toEqual({ index: 1 });
  expect(proxy.asked).toEqual(["POST http://api.deskhand.test/plain"]);
});

test("a host that NO_PROXY names is not asked of the proxy", async () => {
  http = through("", ["api.deskhand.test"]);
  expect(await failed()).toMatchObject({ message: "The platform could not be reached (ENOTFOUND)." });
  expect(proxy.asked).toEqual([]);
});

test("nothing is left of a client that is stopped", async () => {
  await ask("https://api.deskhand.test/");
  expect(proxy.open()).toBe(1);
  http.stop();
  await until(() => proxy.open() === 0);
});
