import { afterEach, describe, expect, test } from "vitest";
import { cardTopic, messageTopic } from "../../platforms/dingtalk/index.ts";
import { becomes, ready, statusOf } from "../ready.ts";
import { titleOf } from "./card.ts";
import { hurriedClock } from "./clock.ts";
import { openRig, type Rig } from "./rig.ts";

let rig: Rig;

/** Each of the messages is acknowledged and answered once, in a chat of its own. */
async function expectAnsweredOnce(chats: readonly string[]): Promise<void> {
  const { fake } = rig;
  await fake.until(() => chats.every((chat) => fake.within(chat).length > 0), 15_000, "all are answered");
  await rig.quiet();
  expect(chats.map((chat) => fake.within(chat).length)).toEqual(chats.map(() => 1));
  expect(fake.lost).toEqual([]);
}

function writeIn(chats: readonly string[]): void {
  for (const chat of chats) rig.write("/runtimes", { chat, user: chat.slice(3, -2) });
}

const chatsOf = (name: string, count: number) => Array.from({ length: count }, (_, index) => `cid${name}${index}==`);

afterEach(() => rig.close());

describe("a connection", () => {
  test("asks for messages and presses, and for no events", async () => {
    rig = await openRig();
    expect(rig.fake.connections.map(({ topics }) => [...topics].toSorted())).toEqual([[cardTopic, messageTopic]]);
    expect(rig.fake.spent.pushes).toBe(0);
  });

  test("that the platform wants to end is followed by the next before it is over: nothing is lost, nothing doubled", async () => {
    rig = await openRig({ fake: { disconnectAfter: 1_500 } });
    rig.simulator.faults.latency = 500;
    const before = chatsOf("Before", 5);
    writeIn(before);
    const [old] = rig.fake.connections;
    old?.disconnect();
    const after = chatsOf("After", 5);
    writeIn(after);
    await rig.fake.until(() => rig.fake.connections.some((one) => one !== old), 5_000, "the next one is open");
    expect(old?.open).toBe(true);
    await expectAnsweredOnce([...before, ...after]);
    await rig.fake.until(() => rig.fake.connections.length === 1, 5_000, "the old one is over");
    expect(await statusOf(`${rig.url}/readyz`)).toBe(200);
  });

  test("a press under way on a connection that the platform wants to end is answered on it", async () => {
    rig = await openRig({ fake: { disconnectAfter: 1_500 } });
    const card = await rig.ask("/runtimes provider=OpenClaw size=5");
    rig.simulator.faults.latency = 700;
    const pressing = rig.press(card, "Next");
    await rig.fake.until(() => card.open === 1, 5_000, "the press is under way");
    rig.fake.connections[0]?.disconnect();
    expect((await pressing).outcome).toBe("card");
    await rig.fake.until(() => rig.changesOf(card) === 1, 5_000, "everybody sees it");
  });

  test.each(["close", "reset"] as const)("that ends (%s) is told by /readyz, and made anew", async (how) => {
    rig = await openRig();
    const before = chatsOf("Before", 3);
    writeIn(before);
    rig.fake.faults.sockets = "refuse";
    rig.fake.connections[0]?.drop(how);
    const during = chatsOf("During", 3);
    writeIn(during);
    await becomes(rig.url, 503);
    const body: unknown = await (await fetch(`${rig.url}/readyz`)).json();
    expect(body).toMatchObject({ ready: false, parts: { dingtalk: "not ready" } });
    expect(await statusOf(`${rig.url}/healthz`)).toBe(200);
    rig.fake.faults.sockets = "accept";
    await ready(rig.url);
    await expectAnsweredOnce([...before, ...during]);
    expect(rig.fake.connections).toHaveLength(1);
    expect(await rig.metrics()).toMatch(/dingtalk_connections_total\{outcome="connected"\} 2\n/);
  });

  test("that is silent in both directions is found out and made anew, and what was sent into it comes again", async () => {
    rig = await openRig({ clock: hurriedClock, fake: { pingEvery: 0 } });
    rig.fake.connections[0]?.drop("half-open");
    const during = chatsOf("During", 3);
    writeIn(during);
    await rig.fake.until(() => rig.fake.calls.gateway === 2, 10_000, "it asks for another connection");
    await expectAnsweredOnce(during);
  });

  test("an upgrade that hangs is given up", async () => {
    rig = await openRig({ clock: hurriedClock });
    rig.fake.faults.sockets = "hang";
    rig.fake.connections[0]?.drop("reset");
    await rig.fake.until(() => rig.fake.hanging > 0, 5_000, "it hangs");
    rig.fake.faults.sockets = "accept";
    const during = chatsOf("During", 1);
    writeIn(during);
    await expectAnsweredOnce(during);
  });

  test("a gateway that does not know the secret is asked again after a while, and told of once", async () => {
    rig = await openRig({ clock: hurriedClock });
    rig.fake.faults.api({ kind: "refuse", code: "AuthenticationFailed.InvalidClient" }, { api: "gateway", count: 2 });
    rig.fake.connections[0]?.drop("reset");
    await becomes(rig.url, 503);
    await ready(rig.url);
    expect(rig.fake.calls.gateway).toBe(4);
    const advice = rig.log.filter((line) => line.includes("refuses the client id or the client secret"));
    expect(advice).toHaveLength(1);
    expect(titleOf(await rig.ask("/help"))).toBe("Deskhand");
  });

  test.each([
    ["a page of a proxy", { kind: "html", status: 502 }],
    ["a reset", { kind: "reset" }],
    ["too many calls", { kind: "refuse", code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" }],
  ] as const)("after %s from the gateway it is made all the same, never two at once", async (_, fault) => {
    rig = await openRig();
    rig.fake.faults.api(fault, { api: "gateway" });
    rig.fake.connections[0]?.drop("reset");
    const during = chatsOf("During", 1);
    writeIn(during);
    await expectAnsweredOnce(during);
    expect([rig.fake.calls.gateway, rig.fake.connections.length]).toEqual([3, 1]);
  });
});
