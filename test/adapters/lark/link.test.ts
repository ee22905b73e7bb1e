import { afterEach, describe, expect, it } from "vitest";
import type { Handled } from "../../../adapters/lark/inbound.ts";
import { linkLimits } from "../../../adapters/lark/limits.ts";
import { endAll } from "../link-rig.ts";
import { until } from "../until.ts";
import { secret, ticket } from "./fake-socket.ts";
import { build, connect, opened } from "./link-rig.ts";

afterEach(endAll);

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
    const sent = linkLimits.events + 3;
    for (let at = 0; at < sent; at += 1) connection.sendEvent({ at }, { id: `m-${at}` });
    await until(() => connection.acks.length === 3);
    expect(connection.acks.map(({ code }) => code)).toEqual([500, 500, 500]);
    release();
    await until(() => connection.acks.length === sent);
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
