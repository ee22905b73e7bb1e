import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openOtelTracer, type Trouble } from "../../src/tracing/index.ts";
import { type Collector, createCollector } from "../platforms/collector/index.ts";
import { type FakeProxy, startProxy, trustProxy } from "../platforms/proxy/index.ts";

let collector: Collector;
let proxy: FakeProxy;
let distrust: () => void;
beforeAll(() => {
  distrust = trustProxy();
});
afterAll(() => distrust());
beforeEach(async () => {
  collector = await createCollector();
  const hosts = { "traces.deskhand.test": Number(new URL(collector.url).port) };
  proxy = await startProxy({ hosts, credentials: "user:geheim" });
});
afterEach(async () => {
  await collector.stop();
  await proxy.stop();
});

async function send(login: string, url = "https://traces.deskhand.test/v1/traces"): Promise<readonly Trouble[]> {
  const troubles: Trouble[] = [];
  const address = () => proxy.url.replace("//", `//${login}`);
  const tracer = await openOtelTracer({
    collector: { url, headers: {}, resource: {}, ratio: 1, proxies: { https: address, http: address, except: [] } },
    onTrouble: (trouble) => troubles.push(trouble),
    patience: 500,
  });
  await tracer.span("receive", {}, async () => undefined);
  await tracer.stop();
  return troubles;
}

test("traces go to a collector through the proxy, by https and by http", async () => {
  expect(await send("user:geheim@")).toEqual([]);
  expect(await send("user:geheim@", "http://traces.deskhand.test/v1/traces")).toEqual([]);
  expect(proxy.asked).toEqual(["CONNECT traces.deskhand.test:443", "POST http://traces.deskhand.test/v1/traces"]);
  expect(collector.spans).toHaveLength(2);
});

test("traces go to a collector on this machine directly", async () => {
  expect(await send("user:geheim@", `${collector.url}/v1/traces`)).toEqual([]);
  expect([proxy.asked, collector.spans.length]).toEqual([[], 1]);
});

test("a proxy that wants another password is what the trouble is said to be", async () => {
  const reason = "the proxy asks for a user and a password, or does not know those it got (HTTP 407)";
  expect(await send("user:wrong@")).toEqual([{ reason, spans: 1 }]);
  expect(collector.requests).toEqual([]);
});
