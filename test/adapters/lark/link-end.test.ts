import { hasSubscribers, subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, describe, expect, it } from "vitest";
import type { Handled } from "../../../adapters/lark/inbound.ts";
import { endAll, expectNoReturn, expectNothingLeft } from "../link-rig.ts";
import { until } from "../until.ts";
import { build, connect, opened } from "./link-rig.ts";

afterEach(endAll);

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

  it("does not connect again after quiesce", async () => expectNoReturn(await connect()));

  it("leaves no socket and no timer, wherever it comes", () =>
    expectNothingLeft(build, ({ fake }) => opened(fake), { answer: { status: 500, body: {} } }));

  it("listens to no request of the process any more", async () => {
    const seen: unknown[] = [];
    const listener = (message: unknown): number => seen.push(message);
    subscribe("http.client.response.finish", listener);
    const { link, fake } = await connect();
    await link.stop();
    unsubscribe("http.client.response.finish", listener);
    expect(seen.length).toBeGreaterThan(0);
    expect(fake.mostOpen()).toBe(1);
    expect(hasSubscribers("http.client.response.finish")).toBe(false);
    expect(hasSubscribers("http.client.request.error")).toBe(false);
  });
});
