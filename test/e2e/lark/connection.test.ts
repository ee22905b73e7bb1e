import { afterEach, expect, test, vi } from "vitest";
import { ready, statusOf } from "../ready.ts";
import { openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const becomes = (status: number) =>
  vi.waitFor(async () => expect(await statusOf(`${rig.url}/readyz`)).toBe(status), { timeout: 10_000, interval: 10 });

/** Writes and expects each message to be answered once, however it got here. */
async function expectAllAnswered(asked: readonly string[]): Promise<void> {
  await Promise.all(asked.map((message) => rig.answerTo(message, 15_000)));
  await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "all events are acknowledged");
  const answers = asked.map((message) => rig.fake.sent.filter(({ replyTo }) => replyTo === message).length);
  expect(answers).toEqual(asked.map(() => 1));
  expect(rig.fake.lost).toEqual([]);
}

test.each(["close", "reset", "half-open"] as const)(
  "a connection that ends (%s) is told by /readyz, made anew, and nothing is lost",
  async (how) => {
    rig = await openRig({ fake: { clientConfig: { PingInterval: 1 }, answerWithin: 1_000 } });
    const before = rig.write("/runtimes");
    rig.fake.connections[0]?.drop(how);
    const during = [rig.write("/runtimes"), rig.write("/help")];
    await becomes(503);
    const body: unknown = await (await fetch(`${rig.url}/readyz`)).json();
    expect(body).toMatchObject({ ready: false, parts: { lark: "not ready" } });
    during.push(rig.write("/runtimes summary"));
    await ready(rig.url);
    await expectAllAnswered([before, ...during]);
    expect(rig.fake.connections).toHaveLength(1);
  },
);

test("while the endpoint is busy the bot tries again, never two at once", async () => {
  rig = await openRig();
  rig.fake.faults.refuseEndpoint(1, "system busy", 2);
  rig.fake.connections[0]?.drop("reset");
  const during = rig.write("/runtimes");
  await expectAllAnswered([during]);
  expect(rig.fake.requests.filter(({ path }) => path.endsWith("/ws/endpoint"))).toHaveLength(4);
  expect(rig.fake.connections).toHaveLength(1);
});

test("the card of a press whose connection was lost can be pressed again", async () => {
  rig = await openRig();
  const card = await rig.ask("/runtimes provider=OpenClaw size=5");
  rig.simulator.faults.latency = 500;
  const pressing = rig.press(card, { label: "Status", option: "Stopped" });
  await vi.waitFor(async () => expect(await pressesTaken()).toBe(1), { timeout: 5_000, interval: 10 });
  rig.fake.connections[0]?.drop("reset");
  expect((await pressing).outcome).toBe("error");
  await rig.fake.until(() => rig.fake.connections.length === 1, 10_000, "it is connected again");
  rig.simulator.faults.latency = 0;
  expect((await rig.press(card, { label: "Status", option: "Stopped" })).outcome).toBe("card");
});

/** How many presses have reached the bot. */
async function pressesTaken(): Promise<number> {
  const metrics = await rig.get("/metrics");
  return Number(/deskhand_arrivals_total\{[^}]*kind="click"[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0);
}
