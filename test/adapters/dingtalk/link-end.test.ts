import { afterEach, describe, expect, it } from "vitest";
import type { Handled } from "../../../adapters/dingtalk/link.ts";
import { settle } from "../../manual-clock.ts";
import { cardTopic, messageTopic, until } from "./fake-gateway.ts";
import { type Built, build, connect, endAll, opened } from "./link-rig.ts";

afterEach(endAll);

describe("the end of the stream connection", () => {
  it("leaves new messages for redelivery, acknowledges what is under way, and takes its leave", async () => {
    const answers: ((handled: Handled) => void)[] = [];
    const handle = (): Promise<Handled> => new Promise((resolve) => answers.push(resolve));
    const { connection, link, pushes } = await connect({ handle });
    connection.callback(messageTopic, {}, "before");
    await until(() => answers.length === 1);
    link.quiesce();
    expect(link.connected()).toBe(true);
    connection.callback(messageTopic, {}, "after");
    connection.system("ping", {});
    await until(() => connection.acks.length === 1);
    expect(pushes()).toBe(2);
    const stopped = link.stop();
    answers[0]?.({ accepted: true, body: {} });
    await stopped;
    await until(() => connection.closed() !== undefined);
    expect(connection.acks.map(({ headers }) => headers.messageId)).toEqual(["s-1", "before"]);
    expect(answers).toHaveLength(1);
    expect(connection.closed()).toBe(1_000);
    expect(link.connected()).toBe(false);
  });

  it("waits a bounded time for what never ends", async () => {
    const { connection, link, clock, fake, pushes } = await connect({ handle: () => new Promise(() => undefined) });
    connection.callback(messageTopic, {});
    await until(() => pushes() === 1);
    connection.freeze();
    let stopped = false;
    const stopping = link.stop().then(() => {
      stopped = true;
    });
    await clock.advance(3_999);
    expect(stopped).toBe(false);
    await clock.advance(1);
    await stopping;
    await until(() => {
      // Who reads nothing only hears of the end when writing.
      connection.raw("");
      return fake.open() === 0;
    });
    expect(clock.sleeping()).toBe(0);
  });

  it("does not wait for what was under way on a connection that is lost", async () => {
    const { connection, link, clock, pushes } = await connect({ handle: () => new Promise(() => undefined) });
    connection.callback(messageTopic, {});
    await until(() => pushes() === 1);
    const stopping = link.stop();
    connection.cut();
    await stopping;
    expect(clock.sleeping()).toBe(0);
  });

  it("tells a handler that its answer cannot be sent any more", async () => {
    const handling = Promise.withResolvers<Handled>();
    const { connection, link, pushes } = await connect({ handle: () => handling.promise });
    connection.callback(cardTopic, {});
    await until(() => pushes() === 1);
    connection.cut();
    await until(() => !link.connected());
    const told = new Promise<void>((sent) => handling.resolve({ accepted: true, body: {}, sent }));
    await told;
  });

  it("does not connect again after quiesce", async () => {
    const { connection, link, clock, fake, lines } = await connect();
    link.quiesce();
    connection.cut();
    await until(() => !link.connected());
    await clock.advance(600_000);
    expect(fake.asked).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });

  it("does not leave a connection that has moved for its usual time", async () => {
    const built = await connect();
    const { connection: old, clock, link, fake } = built;
    old.system("disconnect", {});
    await until(() => !link.connected());
    await settle();
    await clock.advance(1_000);
    await opened(built, 2);
    await link.stop();
    await until(() => fake.open() === 0);
    await settle();
    expect(clock.sleeping()).toBe(0);
  });

  it("makes no socket when it comes while the gateway is asked", async () => {
    const { fake, link, clock } = await build();
    fake.answer = "hang";
    link.start();
    await until(() => fake.asked.length === 1);
    await link.stop();
    await clock.advance(20_000);
    expect(fake.mostOpen()).toBe(0);
    expect(clock.sleeping()).toBe(0);
  });

  it("leaves no socket and no timer, wherever it comes", async () => {
    const wait = async (built: Built, stage: string): Promise<void> => {
      if (stage === "asking") await until(() => built.fake.asked.length === 1);
      if (stage === "handshake") await until(() => built.fake.open() === 1);
      if (stage === "connected") await opened(built);
      if (stage === "waiting") await until(() => built.lines.some(({ level }) => level === "warn"));
    };
    for (const stage of ["at once", "asking", "handshake", "connected", "waiting"]) {
      const built = await build();
      const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
      const before = timers();
      if (stage === "handshake") built.fake.handshake = "silent";
      if (stage === "waiting") built.fake.answer = { status: 500, text: "{}" };
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
});
