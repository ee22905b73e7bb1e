import { afterEach, describe, expect, it } from "vitest";
import { settle } from "../../manual-clock.ts";
import { endAll, expectNoStorm, expectQuickRetry, expectSlowRetry } from "../link-rig.ts";
import { until } from "../until.ts";
import { build, connect, opened } from "./link-rig.ts";

afterEach(endAll);

describe("a long connection that dies", () => {
  it("is noticed when pings are no longer answered, and made again", async () => {
    const { fake, link, clock, lines } = await build({ times: { ping: 40, pong: 30 } });
    link.start();
    await opened(fake);
    fake.pong = undefined;
    await until(() => !link.connected());
    expect(lines.at(-1)).toMatchObject({ level: "warn", fields: { reason: "a ping was not answered" } });
    await until(() => fake.open() === 0);
    fake.pong = "{}";
    await clock.advance(1_000);
    await opened(fake, 2);
    expect(link.connected()).toBe(true);
    expect(fake.mostOpen()).toBe(1);
  });

  it("is noticed when nothing has arrived for 45 s, whatever the SDK's timers do", async () => {
    const { fake, link, clock, connection, lines } = await connect();
    await clock.advance(30_000);
    connection.sendEvent({ a: 1 });
    await until(() => connection.acks.length === 1);
    await clock.advance(44_000);
    expect(link.connected()).toBe(true);
    await clock.advance(1_000);
    expect(link.connected()).toBe(false);
    expect(lines.at(-1)).toMatchObject({ fields: { reason: "nothing arrived any more", livedSeconds: 75 } });
    await until(() => fake.open() === 0);
  });

  it("never leads to two sockets at once nor to a storm, however often it is cut", async () => {
    const built = await build();
    built.fake.greet = (connection) => connection.cut();
    await expectNoStorm(built);
  });

  it("is made again soon when it had lived a minute", async () => {
    const { fake, clock, connection, link } = await connect();
    for (let at = 0; at < 3; at += 1) {
      await clock.advance(25_000);
      connection.sendEvent({ at });
      await until(() => connection.acks.length === at + 1);
    }
    connection.cut();
    await until(() => !link.connected());
    await settle();
    await clock.advance(1_000);
    await opened(fake, 2);
  });
});

describe("a connection that is refused", () => {
  const refusals = [
    ["a wrong secret", { answer: { status: 200, body: { code: 514, msg: "auth failed" } } }, "credentials"],
    ["a wrong secret, said with a status", { answer: { status: 400, body: { code: 514 } } }, "credentials"],
    ["an app that may not", { answer: { status: 403, body: {} } }, "forbidden"],
    ["an unknown code", { answer: { status: 200, body: { code: 4711, data: null } } }, "other"],
    ["too many connections", { answer: { status: 200, body: { code: 1000040350 } } }, "connections"],
    [
      "too many connections, said in the handshake",
      {
        handshake: {
          status: 514,
          headers: { "Handshake-Status": "514", "Handshake-Autherrcode": "1000040350", "Handshake-Msg": "no" },
        },
      },
      "connections",
    ],
    ["a wrong ticket", { handshake: { status: 400, headers: { "Handshake-Status": "514" } } }, "credentials"],
  ] as const;

  it.each(refusals)("for %s is tried again slowly, and told once with what to do", async (_, behaviour, refusal) => {
    const built = await build();
    await expectSlowRetry(built, "lark", behaviour, refusal);
    await opened(built.fake);
    expect(built.link.connected()).toBe(true);
  });

  it.each([
    ["an app id of another form", { appId: "cli_1" }, "app-id"],
    ["no secret", { appSecret: () => "" }, "credentials"],
  ] as const)("because of %s is not even asked for", async (_, options, refusal) => {
    const { fake, link, lines } = await build(options);
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ level: "error", fields: { refusal } });
    expect(fake.asked()).toBe(0);
  });
});

describe("a connection that fails", () => {
  const failures = [
    ["the platform is busy", { answer: { status: 200, body: { code: 1 } } }, "code 1)"],
    ["the platform has a fault", { answer: { status: 503, body: {} } }, "HTTP 503"],
    ["the answer holds no address", { answer: { status: 200, body: { code: 0, data: {} } } }, "names no address"],
    ["the answer is no object", { answer: { status: 200, body: [] } }, "names no address"],
    ["the socket answers with a status", { handshake: { status: 502, headers: {} } }, "HTTP 502"],
  ] as const;

  it.each(failures)("because %s is tried again within a second", async (_, behaviour, reason) => {
    const built = await build();
    await expectQuickRetry(built, behaviour, reason);
    await opened(built.fake);
  });

  it("because nothing listens there says so", async () => {
    const { link, lines } = await build({ domain: "http://127.0.0.1:1" });
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ fields: { reason: "the platform was not reached (ECONNREFUSED)" } });
  });

  it("because the handshake is never answered is given up", async () => {
    const { fake, link, lines } = await build({ times: { handshake: 40 } });
    fake.handshake = "silent";
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ fields: { reason: "the platform's socket did not answer in time" } });
    await until(() => fake.open() === 0);
  });

  it("because an attempt as a whole takes too long is given up", async () => {
    const { fake, link, lines, clock } = await build();
    fake.handshake = "silent";
    link.start();
    await until(() => fake.open() === 1);
    await clock.advance(40_000);
    expect(lines[0]).toMatchObject({ fields: { reason: "it took too long" } });
    await until(() => fake.open() === 0);
  });
});
