import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSdkHttp } from "../../../adapters/lark/http.ts";
import { systemClock } from "../../../src/app.ts";
import type { Proxies } from "../../../src/network/index.ts";
import { type FakeProxy, startProxy, trustProxy } from "../../platforms/proxy/index.ts";
import { endAll } from "../link-rig.ts";
import { until } from "../until.ts";
import { ticket } from "./fake-socket.ts";
import { build, opened } from "./link-rig.ts";

const hosts: Record<string, number> = {};
let proxy: FakeProxy;
let distrust: () => void;
let stopHttp: () => void = () => undefined;
beforeAll(() => {
  distrust = trustProxy();
});
afterAll(() => distrust());
beforeEach(async () => {
  proxy = await startProxy({ hosts, credentials: "user:geheim" });
});
afterEach(async () => {
  await endAll();
  stopHttp();
  await proxy.stop();
});

/** A link to a platform that only the proxy can reach, by TLS. */
async function buildBehind(login: string) {
  const address = () => proxy.url.replace("//", `//${login}`);
  const proxies: Proxies = { https: address, http: address, except: [] };
  const http = createSdkHttp({ timeout: 5_000, clock: systemClock, proxies });
  stopHttp = () => http.stop();
  const built = await build({ domain: "https://open.deskhand.test", http, proxies });
  const port = Number(new URL(built.fake.url).port);
  Object.assign(hosts, { "open.deskhand.test": port, "socket.deskhand.test": port });
  const URL_ = `wss://socket.deskhand.test/ws/v2?device_id=1&service_id=7&ticket=${ticket}`;
  built.fake.answer = { status: 200, body: { code: 0, data: { URL: URL_, ClientConfig: { PingInterval: 120 } } } };
  return built;
}

describe("Lark's long connection behind a proxy", () => {
  it("asks for its address and opens its socket through tunnels, and hears events", async () => {
    const { link, fake, handled, counts } = await buildBehind("user:geheim@");
    link.start();
    const connection = await opened(fake);
    expect(proxy.asked).toEqual(["CONNECT open.deskhand.test:443", "CONNECT socket.deskhand.test:443"]);
    connection.sendEvent({ schema: "2.0", header: { event_id: "e" } });
    await until(() => connection.acks.length === 1);
    expect([handled.length, counts]).toEqual([1, ["lark_connections connected"]]);
  });

  it("says what the proxy wants where that keeps the address away, and not the password", async () => {
    const { link, lines } = await buildBehind("user:wrong@");
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({
      level: "warn",
      fields: { reason: expect.stringContaining("asks for a user"), todo: expect.stringContaining("HTTPS_PROXY") },
    });
    expect(JSON.stringify(lines)).not.toMatch(/wrong|deskhand\.test/);
  });

  it("says it where the proxy keeps the socket away", async () => {
    const { link, lines, fake } = await buildBehind("user:geheim@");
    delete hosts["socket.deskhand.test"];
    link.start();
    await until(() => lines.length === 1);
    expect(fake.asked()).toBe(1);
    expect(lines[0]).toMatchObject({
      fields: { reason: "the proxy made no connection (HTTP 502)", todo: expect.stringContaining("HTTPS_PROXY") },
    });
    expect(JSON.stringify(lines)).not.toContain(ticket);
  });

  it("leaves nothing open when it is stopped", async () => {
    const { link, fake, clock } = await buildBehind("user:geheim@");
    link.start();
    await opened(fake);
    const stopped = link.stop();
    await clock.advance(10_000);
    await stopped;
    stopHttp();
    await until(() => proxy.open() === 0);
  });
});
