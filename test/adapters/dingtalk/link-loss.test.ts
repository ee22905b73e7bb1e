import { afterEach, describe, expect, it } from "vitest";
import type { Handled } from "../../../adapters/dingtalk/link.ts";
import { settle } from "../../manual-clock.ts";
import { endAll, expectNoStorm, expectQuickRetry, expectSlowRetry } from "../link-rig.ts";
import { until } from "../until.ts";
import { messageTopic } from "./fake-gateway.ts";
import { build, connect, opened } from "./link-rig.ts";

afterEach(endAll);

describe("a connection that the platform wants to end", () => {
  it("is replaced by another one, while what is under way is acknowledged where it came from", async () => {
    const answers: ((handled: Handled) => void)[] = [];
    const handle = (): Promise<Handled> => new Promise((resolve) => answers.push(resolve));
    const built = await connect({ handle });
    const { connection: old, link, clock, counts, lines, fake } = built;
    old.callback(messageTopic, {}, "before");
    await until(() => answers.length === 1);
    old.system("disconnect", { reason: "re-balance" });
    await until(() => !link.connected());
    await settle();
    await clock.advance(1_000);
    const next = await opened(built, 2);
    expect(fake.open()).toBe(2);
    expect(counts.slice(1)).toEqual(["dingtalk_connections moved", "dingtalk_connections connected"]);
    expect(lines.filter(({ level }) => level !== "info")).toEqual([]);
    next.callback(messageTopic, {}, "after");
    await until(() => answers.length === 2);
    answers[1]?.({ accepted: true, body: {} });
    answers[0]?.({ accepted: true, body: {} });
    await until(() => old.acks.length === 1 && next.acks.length === 1);
    expect(old.acks[0]?.headers).toMatchObject({ messageId: "before" });
    expect(next.acks[0]?.headers).toMatchObject({ messageId: "after" });
    await clock.advance(6_000);
    await until(() => old.closed() !== undefined);
    expect(old.closed()).toBe(1_000);
    expect(link.connected()).toBe(true);
    expect(fake.open()).toBe(1);
  });

  it("is gone after 10 s, whatever is still under way", async () => {
    const built = await connect({ handle: () => new Promise(() => undefined) });
    const { connection: old, clock, fake, link } = built;
    old.callback(messageTopic, {});
    old.system("disconnect", {});
    old.freeze();
    await until(() => !link.connected());
    await settle();
    await clock.advance(1_000);
    await opened(built, 2);
    await clock.advance(8_000);
    expect(fake.open()).toBe(2);
    await clock.advance(1_000);
    await until(() => {
      // Who reads nothing only hears of the end when writing.
      old.raw("");
      return fake.open() === 1;
    });
    expect(link.connected()).toBe(true);
  });

  it("may close itself before", async () => {
    const built = await connect();
    const { connection: old, clock, link, counts } = built;
    old.system("disconnect", {});
    await until(() => !link.connected());
    old.close(1_000);
    await until(() => old.closed() !== undefined);
    await settle();
    await clock.advance(1_000);
    await opened(built, 2);
    await clock.advance(10_000);
    expect(link.connected()).toBe(true);
    expect(counts.filter((count) => count.endsWith("lost"))).toEqual([]);
  });

  it("is replaced without a wait when it had lived, and not in circles when it had not", async () => {
    const built = await build();
    const { fake, clock, link } = built;
    link.start();
    const first = await opened(built);
    for (let at = 0; at < 4; at += 1) {
      await clock.advance(20_000);
      await until(() => first.pings() === at + 1);
    }
    fake.greet = (connection) => connection.system("disconnect", {});
    first.system("disconnect", {});
    await until(() => !link.connected());
    await settle();
    await clock.advance(0);
    await until(() => fake.connections.length === 2 && !link.connected());
    await settle();
    expect(fake.asked).toHaveLength(2);
    await clock.advance(999);
    expect(fake.asked).toHaveLength(2);
    await clock.advance(1);
    await until(() => fake.asked.length === 3);
  });
});

describe("a stream connection that dies", () => {
  it("is noticed when two pings stay without an answer, and made again", async () => {
    const built = await connect();
    const { fake, link, clock, lines, connection } = built;
    connection.freeze();
    await clock.advance(59_999);
    expect(link.connected()).toBe(true);
    await clock.advance(1);
    expect(link.connected()).toBe(false);
    expect(lines.at(-1)).toMatchObject({ level: "warn", fields: { reason: "nothing arrived any more" } });
    await settle();
    await clock.advance(1_000);
    await opened(built, 2);
    expect(fake.connections).toHaveLength(2);
  });

  it("stays while its pings are answered, and sends one every 20 s", async () => {
    const { link, clock, connection, fake } = await connect();
    for (let at = 1; at <= 12; at += 1) {
      await clock.advance(20_000);
      await until(() => connection.pings() === at);
      await settle();
    }
    expect(link.connected()).toBe(true);
    expect(fake.asked).toHaveLength(1);
  });

  it("never leads to two sockets at once nor to a storm, however often it is cut", async () => {
    const built = await build();
    built.fake.greet = (connection) => connection.cut();
    await expectNoStorm(built);
  });

  it("because of a frame of many megabytes is given up before that is held in memory", async () => {
    const built = await connect();
    const { connection, lines, clock, link } = built;
    connection.raw(Buffer.alloc(9_000_000, " "));
    await until(() => !link.connected());
    expect(lines.at(-1)).toMatchObject({
      fields: { reason: "the socket broke (WS_ERR_UNSUPPORTED_MESSAGE_LENGTH)" },
    });
    await settle();
    await clock.advance(1_000);
    await opened(built, 2);
  });

  it("because the platform takes no answers is given up before those fill the memory", async () => {
    const body = { response: "x".repeat(3_000_000) };
    const { connection, lines, link } = await connect({ handle: async () => ({ accepted: true, body }) });
    connection.freeze();
    for (let at = 0; at < 10; at += 1) connection.callback(messageTopic, {}, `m-${at}`);
    await until(() => !link.connected());
    expect(lines.at(-1)).toMatchObject({ fields: { reason: "the platform takes no answers" } });
  });

  it("because the platform closes it says with which code", async () => {
    const { connection, lines, link } = await connect();
    connection.close(4_000);
    await until(() => !link.connected());
    expect(lines.at(-1)).toMatchObject({ fields: { reason: "the platform closed it (4000)" } });
  });
});

const text = (value: unknown): string => JSON.stringify(value);

describe("a stream connection that is refused", () => {
  const refusals = [
    ["a wrong secret", { status: 401, text: text({ code: "AuthenticationFailed.InvalidClient" }) }, "credentials"],
    ["a wrong secret, said without JSON", { status: 401, text: "<html>" }, "credentials"],
    ["a wrong secret, said with another status", { status: 400, text: text({ code: "authFailed" }) }, "credentials"],
    ["an app that may not", { status: 403, text: text({ code: "Forbidden.AccessDenied" }) }, "forbidden"],
  ] as const;

  it.each(refusals)("for %s is tried again slowly, and told once with what to do", async (_, answer, refusal) => {
    const built = await build();
    await expectSlowRetry(built, "dingtalk", { answer }, refusal);
    await opened(built);
  });

  it.each([
    ["no client id", { clientId: "" }],
    ["no secret", { clientSecret: () => "" }],
  ])("because of %s is not even asked for", async (_, options) => {
    const { fake, link, lines } = await build(options);
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ level: "error", fields: { refusal: "credentials" } });
    expect(fake.asked).toHaveLength(0);
  });

  it("because of a secret that the gateway does not know says so", async () => {
    const { link, lines } = await build({ clientSecret: () => "another" });
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ level: "error", fields: { refusal: "credentials", code: "authFailed" } });
  });
});

describe("a stream connection that fails", () => {
  const endpoint = "wss://127.0.0.1/connect";
  const failures = [
    [
      "the gateway has a fault",
      { answer: { status: 500, text: text({ code: "system.busy" }) } },
      "HTTP 500 (system.busy)",
    ],
    ["something else answers", { answer: { status: 200, text: "<html></html>" } }, "names no address"],
    ["the answer is empty", { answer: { status: 200, text: "" } }, "names no address"],
    ["there is no ticket", { answer: { status: 200, text: text({ endpoint }) } }, "names no address"],
    ["there is no endpoint", { answer: { status: 200, text: text({ ticket: "x" }) } }, "names no address"],
    [
      "it is sent elsewhere",
      { answer: { status: 302, text: "", headers: { location: "http://127.0.0.1:1/" } } },
      "HTTP 302",
    ],
    ["it asks too often", { answer: { status: 403, text: text({ code: "Forbidden.QpsLimit" }) } }, "HTTP 403"],
    ["the socket answers with a status", { handshake: { status: 401 } }, "HTTP 401"],
    ["the socket is sent elsewhere", { handshake: { status: 302 } }, "HTTP 302"],
  ] as const;

  it.each(failures)("because %s is tried again within a second", async (_, behaviour, reason) => {
    const built = await build();
    await expectQuickRetry(built, behaviour, reason);
    await opened(built);
  });

  it("because nothing listens there says so", async () => {
    const { link, lines } = await build({ apiBase: "http://127.0.0.1:1" });
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ fields: { reason: "the platform was not reached (ECONNREFUSED)" } });
  });

  it("because nothing listens at the socket's address says so", async () => {
    const { fake, link, lines } = await build();
    fake.answer = { status: 200, text: text({ endpoint: "ws://127.0.0.1:1/connect", ticket: "x" }) };
    link.start();
    await until(() => lines.length === 1);
    expect(lines[0]).toMatchObject({ fields: { reason: "the platform's socket was not reached (ECONNREFUSED)" } });
  });

  it("because the gateway does not answer is given up after 10 s", async () => {
    const { fake, link, lines, clock } = await build();
    fake.answer = "hang";
    link.start();
    await until(() => fake.asked.length === 1);
    await clock.advance(9_999);
    expect(lines).toEqual([]);
    await clock.advance(1);
    expect(lines[0]).toMatchObject({ fields: { reason: "the platform did not answer in time" } });
  });

  it("because the handshake is never answered is given up after 30 s", async () => {
    const { fake, link, lines, clock } = await build();
    fake.handshake = "silent";
    link.start();
    await until(() => fake.open() === 1);
    await clock.advance(29_999);
    expect(lines).toEqual([]);
    await clock.advance(1);
    expect(lines[0]).toMatchObject({ fields: { reason: "it took too long" } });
    await until(() => fake.open() === 0);
  });

  it("waits longer each time, and never longer than a minute", async () => {
    const { fake, link, lines, clock } = await build({ random: () => 1 });
    fake.answer = { status: 500, text: "" };
    link.start();
    const waits: unknown[] = [];
    for (let nth = 1; nth <= 9; nth += 1) {
      const { fields } = await until(() => lines[nth - 1]);
      waits.push("nextInSeconds" in fields ? fields.nextInSeconds : undefined);
      await settle();
      await clock.advance(60_000);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });
});
