import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../src/app.ts";
import type { Proxies } from "../../../src/network/index.ts";
import { createHttp } from "../../../src/platform/index.ts";
import { type FakeProxy, startProxy, trustProxy } from "../../platforms/proxy/index.ts";
import { endAll } from "../link-rig.ts";
import { until } from "../until.ts";
import { messageTopic } from "./fake-gateway.ts";
import { build, opened } from "./link-rig.ts";

const ticket = "t1cket";
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
  const http = createHttp({ timeout: 5_000, longest: 100_000, connections: 8, clock: systemClock, proxies });
  stopHttp = () => http.stop();
  const built = await build({ apiBase: "https://open.deskhand.test", http, proxies });
  const port = Number(new URL(built.fake.url).port);
  Object.assign(hosts, { "open.deskhand.test": port, "socket.deskhand.test": port });
  const granted = { endpoint: "wss://socket.deskhand.test/connect", ticket };
  built.fake.answer = { status: 200, text: JSON.stringify(granted) };
  return built;
}

describe("DingTalk's stream behind a proxy", () => {
  it("asks for its address and opens its socket through tunnels, and hears events", async () => {
    const built = await buildBehind("user:geheim@");
    const { link, handled, counts } = built;
    link.start();
    const connection = await opened(built);
    expect(proxy.asked).toEqual(["CONNECT open.deskhand.test:443", "CONNECT socket.deskhand.test:443"]);
    connection.callback(messageTopic, { msgId: "m" });
    await until(() => connection.acks.length === 1);
    expect([handled.length, counts]).toEqual([1, ["dingtalk_connections connected"]]);
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
    expect(fake.asked).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      fields: { reason: "the proxy made no connection (HTTP 502)", todo: expect.stringContaining("HTTPS_PROXY") },
    });
    expect(JSON.stringify(lines)).not.toContain(ticket);
  });

  it("leaves nothing open when it is stopped", async () => {
    const built = await buildBehind("user:geheim@");
    const { link, clock } = built;
    link.start();
    await opened(built);
    const stopped = link.stop();
    await clock.advance(10_000);
    await stopped;
    stopHttp();
    await until(() => proxy.open() === 0);
  });
});
