import { afterEach, describe, expect, it, vi } from "vitest";
import type { Delivered, Handled } from "../../../adapters/dingtalk/link.ts";
import { linkLimits } from "../../../adapters/dingtalk/link-limits.ts";
import { settle } from "../../manual-clock.ts";
import { endAll } from "../link-rig.ts";
import { until } from "../until.ts";
import { cardTopic, messageTopic, secret, ticket } from "./fake-gateway.ts";
import { build, connect, opened } from "./link-rig.ts";

afterEach(endAll);

describe("the stream connection", () => {
  it("is connected from the open socket to its close, and says so once", async () => {
    const built = await build();
    const { fake, link, lines, counts } = built;
    expect(link.connected()).toBe(false);
    fake.handshake = "silent";
    link.start();
    link.start();
    await until(() => fake.open() === 1);
    expect(link.connected()).toBe(false);
    fake.handshake = "open";
    await built.clock.advance(31_000);
    const connection = await opened(built);
    expect(lines.at(-1)).toEqual({ level: "info", fields: {}, message: "connected to DingTalk" });
    expect(counts).toEqual(["dingtalk_connections failed", "dingtalk_connections connected"]);
    connection.cut();
    await until(() => !link.connected());
    expect(lines.at(-1)).toMatchObject({ level: "warn", message: "the connection to DingTalk was lost" });
    expect(fake.asked).toHaveLength(2);
  });

  it("asks the configured gateway for messages and presses only, and for JSON", async () => {
    const { fake } = await connect();
    expect(fake.asked[0]).toMatchObject({ method: "POST", path: "/v1.0/gateway/connections/open" });
    expect(fake.asked[0]?.headers).toMatchObject({ accept: "application/json" });
    expect(fake.asked[0]?.body).toEqual({
      clientId: "ding-client",
      clientSecret: secret,
      ua: "deskhand",
      subscriptions: [
        { type: "CALLBACK", topic: messageTopic },
        { type: "CALLBACK", topic: cardTopic },
      ],
    });
  });

  it("brings the ticket to the socket as it was given", async () => {
    const { fake } = await connect();
    expect(fake.tickets).toEqual([[ticket]]);
  });

  it.each([
    ["message", messageTopic],
    ["card", cardTopic],
  ])("hands over a frame for a %s, and acknowledges with the answer", async (topic, name) => {
    const handled: Delivered[] = [];
    let acksWhenSent: number | undefined;
    const handle = async (delivered: Delivered): Promise<Handled> => {
      handled.push(delivered);
      const sent = (): void => {
        acksWhenSent = connection.acks.length;
      };
      return { accepted: true, body: { response: { text: "好" } }, sent };
    };
    const { connection, pushes } = await connect({ handle });
    connection.callback(name, { msgId: "x", text: "é" }, "m-7");
    expect(await until(() => connection.acks[0])).toEqual({
      code: 200,
      message: "OK",
      headers: { contentType: "application/json", messageId: "m-7" },
      data: { response: { text: "好" } },
    });
    expect(handled).toEqual([{ topic, messageId: "m-7", data: { msgId: "x", text: "é" } }]);
    expect(acksWhenSent).toBe(0);
    expect(pushes()).toBe(1);
  });

  it("does not acknowledge what is not accepted or fails, and goes on", async () => {
    let calls = 0;
    const handle = async (): Promise<Handled> => {
      calls += 1;
      if (calls === 1) return { accepted: false };
      if (calls === 2) throw new Error("a fault");
      return { accepted: true, body: {} };
    };
    const { connection, counts } = await connect({ handle });
    for (const id of ["m-1", "m-2", "m-3"]) connection.callback(messageTopic, {}, id);
    const ack = await until(() => connection.acks[0]);
    expect(ack.headers).toMatchObject({ messageId: "m-3" });
    expect(connection.acks).toHaveLength(1);
    expect(counts.slice(1)).toEqual(["dingtalk_frames_refused fault"]);
  });

  it("does not acknowledge when an answer cannot be written, and says that it was not sent", async () => {
    const sent = vi.fn();
    const round: Record<string, unknown> = {};
    round.itself = round;
    const { connection, counts } = await connect({ handle: async () => ({ accepted: true, body: round, sent }) });
    connection.callback(messageTopic, {});
    await until(() => counts.includes("dingtalk_frames_refused fault"));
    expect(sent).toHaveBeenCalledOnce();
    expect(connection.acks).toHaveLength(0);
  });

  it("answers a press in time whatever its handler does, and tells that one when it has ended", async () => {
    const sent = vi.fn();
    const handling = Promise.withResolvers<Handled>();
    const { connection, clock } = await connect({ handle: () => handling.promise });
    connection.callback(cardTopic, {}, "m-1");
    const before = clock.sleeping();
    await until(() => clock.sleeping() > before || connection.acks.length > 0);
    await clock.advance(1_949);
    expect(connection.acks).toHaveLength(0);
    await clock.advance(1);
    expect(await until(() => connection.acks[0])).toMatchObject({ code: 200, data: { response: {} } });
    expect(sent).not.toHaveBeenCalled();
    handling.resolve({ accepted: true, body: { response: { late: true } }, sent });
    await until(() => sent.mock.calls.length === 1);
    expect(connection.acks).toHaveLength(1);
  });

  it("acknowledges a message that took 30 s, and none that took longer", async () => {
    const sent = vi.fn();
    const handlings: PromiseWithResolvers<Handled>[] = [];
    const handle = (): Promise<Handled> => {
      const handling = Promise.withResolvers<Handled>();
      handlings.push(handling);
      return handling.promise;
    };
    const { connection, clock, counts } = await connect({ handle });
    connection.callback(messageTopic, {}, "m-1");
    connection.callback(messageTopic, {}, "m-2");
    await until(() => handlings.length === 2);
    await clock.advance(30_000);
    handlings[0]?.resolve({ accepted: true, body: {}, sent });
    await until(() => connection.acks.length === 1);
    await clock.advance(1);
    handlings[1]?.resolve({ accepted: true, body: {}, sent });
    await until(() => counts.includes("dingtalk_frames_refused slow"));
    expect(sent).toHaveBeenCalledTimes(2);
    expect(connection.acks.map(({ headers }) => headers.messageId)).toEqual(["m-1"]);
  });

  it("takes no more than a bounded number at once, and leaves the rest to be delivered again", async () => {
    const gate = Promise.withResolvers<Handled>();
    const { connection, counts } = await connect({ handle: () => gate.promise });
    const sent = linkLimits.underWay + 3;
    for (let at = 0; at < sent; at += 1) connection.callback(messageTopic, { at }, `m-${at}`);
    await until(() => counts.filter((count) => count === "dingtalk_frames_refused busy").length === 3);
    gate.resolve({ accepted: true, body: {} });
    await until(() => connection.acks.length === linkLimits.underWay);
    connection.callback(messageTopic, {}, "after");
    await until(() => connection.acks.at(-1)?.headers.messageId === "after");
    expect(connection.acks).toHaveLength(linkLimits.underWay + 1);
  });

  it("hands over what came in one piece with the end of the handshake", async () => {
    const { fake, link, handled } = await build();
    fake.greet = (connection) => connection.callback(messageTopic, { early: true });
    link.start();
    await until(() => fake.connections[0]?.acks.length === 1);
    expect(handled).toMatchObject([{ data: { early: true } }]);
  });

  it("answers the platform's pings with what they carry", async () => {
    const { connection, pushes } = await connect();
    connection.system("ping", { opaque: "0b7e-é" });
    expect(await until(() => connection.acks[0])).toMatchObject({
      code: 200,
      message: "OK",
      headers: { messageId: "s-1", contentType: "application/json", topic: "ping" },
      data: { opaque: "0b7e-é" },
    });
    connection.system("CONNECTED", {});
    connection.system("REGISTERED", {});
    connection.system("KEEPALIVE", {});
    connection.callback(messageTopic, {});
    await until(() => connection.acks.length === 2);
    expect(pushes()).toBe(1);
  });

  it("survives frames that make no sense, and serves the next one", async () => {
    const foreign = "foreign-text";
    const { connection, handled, lines, counts, pushes } = await connect();
    const headers = (topic: unknown, messageId: unknown = "bad") => ({ topic, messageId });
    const callback = (rest: object) => connection.raw(JSON.stringify({ type: "CALLBACK", ...rest }));
    for (const text of [
      "",
      foreign,
      "null",
      "[]",
      `${"[".repeat(100_000)}`,
      `{"a":${"[".repeat(40)}${"]".repeat(40)}}`,
    ]) {
      connection.raw(text);
    }
    connection.raw(Buffer.from([0xff, 0xfe, 0x7b]));
    connection.raw(JSON.stringify({ type: foreign.repeat(100_000) }));
    for (const text of ["{}", '{"type":"CALLBACK"}', '{"type":1,"headers":{"topic":"x"}}']) connection.raw(text);
    callback({ headers: headers(messageTopic, 7), data: "{}" });
    callback({ headers: headers("error"), data: "{}" });
    callback({ headers: headers("__proto__"), data: "{}" });
    callback({ headers: headers(messageTopic), data: foreign });
    callback({ headers: headers(cardTopic), data: "[]" });
    callback({ headers: headers(cardTopic), data: {} });
    callback({ headers: headers(cardTopic) });
    connection.callback(messageTopic, { sense: true }, "good");
    await until(() => connection.acks.at(-1)?.headers.messageId === "good");
    expect(handled).toMatchObject([{ data: { sense: true } }]);
    // What is ours and cannot be read would be the same when it came again.
    expect(connection.acks.map(({ headers: { messageId }, data }) => [messageId, data])).toEqual([
      ...Array.from({ length: 4 }, () => ["bad", { response: {} }]),
      ["good", { response: { at: 1 } }],
    ]);
    const refused = Map.groupBy(counts.slice(1), (count) => count);
    expect(Object.fromEntries([...refused].map(([name, all]) => [name, all.length]))).toEqual({
      "dingtalk_frames_refused json": 7,
      "dingtalk_frames_refused size": 1,
      "dingtalk_frames_refused shape": 4,
      "dingtalk_frames_refused topic": 2,
      "dingtalk_frames_refused data": 4,
    });
    expect(pushes()).toBe(8);
    expect(JSON.stringify(lines)).not.toContain(foreign);
  });

  it("ends events that nobody subscribed to, as each time they come costs a push", async () => {
    const { connection, handled, lines, pushes } = await connect();
    const event = { type: "EVENT", headers: { topic: "*", messageId: "e-1", eventType: "user_add_org" }, data: "{}" };
    connection.raw(JSON.stringify(event));
    expect(await until(() => connection.acks[0])).toMatchObject({
      headers: { messageId: "e-1" },
      data: { status: "SUCCESS" },
    });
    expect(handled).toEqual([]);
    expect(pushes()).toBe(1);
    expect(lines.at(-1)?.message).toContain("leave event subscriptions of the app off");
  });

  it("writes no secret, ticket or address into the log, and nothing to the console", async () => {
    const written = (["log", "info", "warn", "error", "debug"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => undefined),
    );
    const { fake, connection, lines, clock, link } = await connect();
    fake.handshake = { status: 502 };
    connection.cut();
    await until(() => clock.sleeping() > 0 && !link.connected());
    await clock.advance(1_000);
    await until(() => lines.some(({ message }) => message === "could not connect to DingTalk"));
    fake.handshake = "open";
    fake.answer = { status: 200, text: JSON.stringify({ endpoint: "wss://%", ticket }) };
    await settle();
    await clock.advance(2_000);
    await until(() => lines.length === 4);
    await link.stop();
    const text = JSON.stringify(lines);
    expect(text).not.toContain(secret);
    expect(text).not.toContain("t1cket");
    expect(text).not.toContain("://");
    expect(text).toContain("the platform's socket answered with HTTP 502");
    for (const spy of written) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});
