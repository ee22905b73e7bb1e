import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, describe, expect, it } from "vitest";
import { createHttp } from "../../../adapters/lark/http.ts";
import type { Handled } from "../../../adapters/lark/inbound.ts";
import { createLink, type LinkOptions } from "../../../adapters/lark/link.ts";
import { createManualClock, settle } from "../../manual-clock.ts";
import { type FakeConnection, type FakeSocket, secret, startFakeSocket, ticket, until } from "./fake-socket.ts";

interface Line {
  readonly level: "info" | "warn" | "error";
  readonly fields: object;
  readonly message: string;
}

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A link that is not started yet, and the fake that it will find. */
async function build(options: Partial<LinkOptions> = {}) {
  const fake = await startFakeSocket();
  const clock = createManualClock();
  const http = createHttp({ timeout: 5_000, clock });
  const lines: Line[] = [];
  const counts: string[] = [];
  const handled: unknown[] = [];
  const write = (level: Line["level"]) => (fields: object, message: string) => lines.push({ level, fields, message });
  const link = createLink({
    appId: "cli_0123456789abcdef",
    appSecret: () => secret,
    domain: fake.url,
    http,
    handle: async (envelope) => {
      handled.push(envelope);
      return { accepted: true, body: {} };
    },
    clock,
    random: () => 0.5,
    log: { info: write("info"), warn: write("warn"), error: write("error") },
    count: (event, labels = {}) => counts.push([event, ...Object.values(labels)].join(" ")),
    ...options,
  });
  ends.push(async () => {
    await link.stop();
    http.stop();
    await fake.stop();
  });
  return { fake, clock, http, link, lines, counts, handled };
}

/** The same, connected. */
async function connect(options: Partial<LinkOptions> = {}) {
  const built = await build(options);
  built.link.start();
  return { ...built, connection: await opened(built.fake) };
}

const opened = (fake: FakeSocket, count = 1): Promise<FakeConnection> =>
  until(() => fake.connections[count - 1]).then(async (connection) => {
    await until(() => connection.pings.length > 0);
    return connection;
  });

describe("the long connection", () => {
  it("is connected from the open socket to its close, and says so once", async () => {
    const { fake, link, lines, counts } = await build();
    expect(link.connected()).toBe(false);
    link.start();
    link.start();
    const connection = await opened(fake);
    expect(link.connected()).toBe(true);
    expect(lines).toEqual([{ level: "info", fields: {}, message: "connected to Lark" }]);
    expect(counts).toEqual(["lark_connections connected"]);
    connection.cut();
    await until(() => !link.connected());
    expect(lines.at(-1)).toMatchObject({ level: "warn", message: "the connection to Lark was lost" });
    expect(fake.asked()).toBe(1);
  });

  it.each(["event", "card"])(
    "hands over a frame of type %s as it came, and acknowledges with the answer",
    async (type) => {
      const body = { toast: { type: "info", content: "好" } };
      const handled: unknown[] = [];
      const handle = async (envelope: unknown): Promise<Handled> => {
        handled.push(envelope);
        return { accepted: true, body };
      };
      const { connection } = await connect({ handle });
      const envelope = { schema: "2.0", header: { event_id: "e" }, event: { text: "é" } };
      connection.sendEvent(envelope, { type });
      const ack = await until(() => connection.acks[0]);
      expect(handled).toEqual([envelope]);
      expect(ack).toMatchObject({ code: 200, data: body, numbers: [3n, 2n ** 52n + 5n, 7n] });
      expect(ack.headers).toEqual({ type, message_id: "m-1", sum: "1", seq: "0", trace_id: "trace", biz_rt: "0" });
    },
  );

  it("answers with an error what is not accepted, so that it is delivered again", async () => {
    const { connection } = await connect({ handle: async () => ({ accepted: false }) });
    connection.sendEvent({ a: 1 });
    expect(await until(() => connection.acks[0])).toMatchObject({ code: 500, data: undefined });
  });

  it("answers with an error what takes too long or fails, and goes on", async () => {
    let calls = 0;
    const handle = async (): Promise<Handled> => {
      calls += 1;
      if (calls === 1) return new Promise(() => undefined);
      if (calls === 2) throw new Error("a fault");
      return { accepted: true, body: {} };
    };
    const { connection, clock } = await connect({ handle });
    connection.sendEvent({ a: 1 });
    await until(() => calls === 1);
    await clock.advance(2_800);
    await until(() => connection.acks.length === 1);
    connection.sendEvent({ a: 2 });
    await until(() => connection.acks.length === 2);
    connection.sendEvent({ a: 3 });
    await until(() => connection.acks.length === 3);
    expect(connection.acks.map(({ code }) => code)).toEqual([500, 500, 200]);
  });

  it("takes no more than a bounded number of events at once", async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<Handled>((resolve) => {
      release = () => resolve({ accepted: true, body: {} });
    });
    const { connection } = await connect({ handle: () => gate });
    for (let at = 0; at < 1_003; at += 1) connection.sendEvent({ at }, { id: `m-${at}` });
    await until(() => connection.acks.length === 3);
    expect(connection.acks.map(({ code }) => code)).toEqual([500, 500, 500]);
    release();
    await until(() => connection.acks.length === 1_003);
  });

  it("puts an event together from frames in any order", async () => {
    const { connection, handled } = await connect();
    const envelope = { text: "你好".repeat(50) };
    connection.sendEvent(envelope, { parts: 4, order: [2, 0, 3, 0, 1] });
    expect(await until(() => connection.acks[0])).toMatchObject({ code: 200, headers: { seq: "1" } });
    expect(handled).toEqual([envelope]);
    expect(connection.acks).toHaveLength(1);
  });

  it("hands over what came in one piece with the end of the handshake", async () => {
    const { fake, link, handled } = await build();
    fake.greet = (connection) => connection.sendEvent({ early: true });
    link.start();
    const connection = await opened(fake);
    await until(() => connection.acks.length === 1);
    expect(handled).toEqual([{ early: true }]);
  });

  it("survives frames that make no sense, and serves the next event", async () => {
    const { connection, handled, lines, counts } = await connect();
    const foreign = "foreign-text";
    connection.sendRaw(Buffer.from([0xff, 0xff, 0xff]));
    connection.sendRaw(foreign);
    connection.sendRaw(new Uint8Array());
    connection.sendFrame({}, foreign);
    connection.sendFrame({ type: "event", message_id: "x", sum: "4294967295", seq: "0" }, foreign);
    connection.sendFrame({ type: "event", message_id: "x", sum: "999999999", seq: "0" }, foreign);
    connection.sendFrame({ type: "event", message_id: "x", sum: "2", seq: "2" }, foreign);
    connection.sendFrame({ type: "event", message_id: "x", sum: "1", seq: "0" }, foreign);
    connection.sendFrame({ type: "event", message_id: "x", sum: "1", seq: "0" }, "[1]");
    connection.sendFrame({ type: "other", message_id: "x", sum: "1", seq: "0" }, foreign);
    connection.sendFrame({ type: "pong" }, foreign, 0);
    connection.sendFrame({ type: "pong" }, "null", 0);
    connection.sendEvent({ sense: true });
    await until(() => connection.acks.length === 1);
    expect(handled).toEqual([{ sense: true }]);
    const frames = counts.filter((count) => count.startsWith("lark_frames_refused")).toSorted();
    expect(frames).toEqual([
      "lark_frames_refused fragment",
      "lark_frames_refused fragment",
      "lark_frames_refused json",
      "lark_frames_refused json",
      "lark_frames_refused shape",
      "lark_frames_refused shape",
      "lark_frames_refused undecodable",
      "lark_frames_refused undecodable",
      "lark_frames_refused undecodable",
      "lark_frames_refused undecodable",
      "lark_frames_refused undecodable",
    ]);
    expect(JSON.stringify(lines)).not.toContain(foreign);
    expect(lines.filter(({ level }) => level !== "info")).toHaveLength(4);
  });

  it.each([{ PingInterval: 0 }, { PingInterval: "often" }, {}, undefined])(
    "does not ping without a pause when the platform sets the interval to %j",
    async (config) => {
      const { fake, link } = await build({ times: { ping: 60 } });
      fake.clientConfig = config;
      fake.pong = JSON.stringify(config ?? {});
      link.start();
      const connection = await opened(fake);
      await until(() => connection.pings.length >= 4);
      const [, second = 0, , fourth = 0] = connection.pings;
      // Two intervals; a timer may come a little early, never by half.
      expect(fourth - second).toBeGreaterThan(60);
    },
  );

  it("writes no secret, ticket or address into the log", async () => {
    const { fake, connection, lines, clock } = await connect();
    fake.handshake = { status: 502, headers: {} };
    connection.cut();
    await until(() => clock.sleeping() > 0 && lines.some(({ level }) => level === "warn"));
    await clock.advance(1_000);
    await until(() => lines.some(({ message }) => message === "could not connect to Lark"));
    const text = JSON.stringify(lines);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(ticket);
    expect(text).not.toContain("://");
    expect(text).toContain("the platform's socket answered with HTTP 502");
  });
});

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
    const { fake, clock, link } = await build();
    fake.greet = (connection) => connection.cut();
    link.start();
    for (let minute = 0; minute < 10; minute += 1) {
      for (let second = 0; second < 60; second += 1) {
        await clock.advance(1_000);
      }
      // An attempt that is under way is not finished by the clock, but by the network.
      const before = fake.asked();
      await until(() => fake.open() === 0 && !link.connected() && clock.sleeping() === 1);
      expect(fake.asked() - before).toBeLessThanOrEqual(1);
    }
    expect(fake.mostOpen()).toBe(1);
    expect(fake.asked()).toBeGreaterThan(8);
    expect(fake.asked()).toBeLessThan(40);
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
    const { fake, clock, link, lines, counts } = await build();
    Object.assign(fake, behaviour);
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ level: "error", fields: { refusal } });
    await settle();
    await clock.advance(29_999);
    expect(fake.asked()).toBe(1);
    await clock.advance(15_001);
    await until(() => counts.length === 2);
    expect(counts).toEqual(["lark_connections refused", "lark_connections refused"]);
    expect(lines).toHaveLength(1);
    Object.assign(fake, { answer: undefined, handshake: "open" });
    await settle();
    await clock.advance(90_000);
    await opened(fake);
    expect(link.connected()).toBe(true);
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
    const { fake, clock, link, lines } = await build();
    Object.assign(fake, behaviour);
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ level: "warn", fields: { reason: expect.stringContaining(reason) } });
    Object.assign(fake, { answer: undefined, handshake: "open" });
    await settle();
    await clock.advance(1_000);
    await opened(fake);
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

describe("the end of the long connection", () => {
  it("leaves new events for redelivery, acknowledges what is under way, and takes its leave", async () => {
    const answers: ((handled: Handled) => void)[] = [];
    const handle = (): Promise<Handled> => new Promise((resolve) => answers.push(resolve));
    const { connection, link } = await connect({ handle });
    connection.sendEvent({ a: 1 }, { id: "before" });
    await until(() => answers.length === 1);
    link.quiesce();
    expect(link.connected()).toBe(true);
    connection.sendEvent({ a: 2 }, { id: "after" });
    expect(await until(() => connection.acks[0])).toMatchObject({ code: 500, headers: { message_id: "after" } });
    const stopped = link.stop();
    answers[0]?.({ accepted: true, body: {} });
    await stopped;
    await until(() => connection.closed() !== undefined);
    expect(connection.acks[1]).toMatchObject({ code: 200, headers: { message_id: "before" } });
    expect(connection.closed()).toBe(1_000);
    expect(link.connected()).toBe(false);
  });

  it("waits a bounded time for what never ends", async () => {
    const { connection, link, clock, fake } = await connect({
      handle: () => new Promise(() => undefined),
      times: { answer: 100_000 },
    });
    connection.sendEvent({ a: 1 });
    connection.sendFrame({ type: "event", message_id: "x", sum: "2", seq: "0" }, "{");
    await until(() => clock.sleeping() === 2);
    let stopped = false;
    const stopping = link.stop().then(() => {
      stopped = true;
    });
    await clock.advance(2_999);
    expect(stopped).toBe(false);
    await clock.advance(1_001);
    await stopping;
    await until(() => fake.open() === 0);
  });

  it("does not connect again after quiesce", async () => {
    const { connection, link, clock, fake, lines } = await connect();
    link.quiesce();
    connection.cut();
    await until(() => !link.connected());
    await clock.advance(600_000);
    expect(fake.asked()).toBe(1);
    expect(lines).toHaveLength(1);
  });

  it("leaves no socket and no timer, wherever it comes", async () => {
    const wait = async (built: Awaited<ReturnType<typeof build>>, stage: string): Promise<void> => {
      if (stage === "asking") await until(() => built.fake.asked() === 1);
      if (stage === "handshake") await until(() => built.fake.open() === 1);
      if (stage === "connected") await opened(built.fake);
      if (stage === "waiting") await until(() => built.lines.some(({ level }) => level === "warn"));
    };
    for (const stage of ["at once", "asking", "handshake", "connected", "waiting"]) {
      const built = await build();
      const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
      const before = timers();
      if (stage === "handshake") built.fake.handshake = "silent";
      if (stage === "waiting") built.fake.answer = { status: 500, body: {} };
      built.link.start();
      await wait(built, stage);
      await built.link.stop();
      built.http.stop();
      await until(() => built.fake.open() === 0);
      await settle();
      expect(built.clock.sleeping(), stage).toBe(0);
      expect(timers(), stage).toBeLessThanOrEqual(before);
      expect(built.link.connected()).toBe(false);
      built.link.start();
      await built.clock.advance(600_000);
      expect(built.fake.open()).toBe(0);
    }
  });

  it("listens to no request of the process any more", async () => {
    const seen: unknown[] = [];
    const listener = (message: unknown): number => seen.push(message);
    subscribe("http.client.response.finish", listener);
    const { link, fake } = await connect();
    await link.stop();
    unsubscribe("http.client.response.finish", listener);
    expect(seen.length).toBeGreaterThan(0);
    expect(fake.mostOpen()).toBe(1);
    const { hasSubscribers } = await import("node:diagnostics_channel");
    expect(hasSubscribers("http.client.response.finish")).toBe(false);
    expect(hasSubscribers("http.client.request.error")).toBe(false);
  });
});
