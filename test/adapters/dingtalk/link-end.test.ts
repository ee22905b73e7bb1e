import { afterEach, describe, expect, it } from "vitest";
import type { Handled } from "../../../adapters/dingtalk/link.ts";
import { settle } from "../../manual-clock.ts";
import { endAll, expectNoReturn, expectNothingLeft } from "../link-rig.ts";
import { until } from "../until.ts";
import { cardTopic, messageTopic } from "./fake-gateway.ts";
import { build, connect, opened } from "./link-rig.ts";

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

  it("does not connect again after quiesce", async () => expectNoReturn(await connect()));

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

  it("leaves no socket and no timer, wherever it comes", () =>
    expectNothingLeft(build, opened, { answer: { status: 500, text: "{}" } }));
});
