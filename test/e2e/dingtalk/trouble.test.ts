import { afterEach, expect, test, vi } from "vitest";
import { everybodySees, titleOf } from "./card.ts";
import { createShiftedClock } from "./clock.ts";
import { group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

test.each([
  ["system.busy", { kind: "refuse", code: "system.busy" }],
  ["a page of a proxy", { kind: "html", status: 502 }],
  ["a lost answer", { kind: "cut" }],
  ["too many calls", { kind: "refuse", code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" }],
] as const)("after %s a turn is seen by everyone all the same", async (_, fault) => {
  rig = await openRig();
  const card = await rig.ask("/runtimes size=5");
  rig.fake.faults.api(fault, { api: "update" });
  await rig.turn(card, "Next");
  await rig.fake.until(() => rig.fake.calls.update === 2, 10_000, "the update is made again");
  expect(everybodySees(rig.fake, card)).toContain("Page 2 of 5");
  expect(rig.fake.sent).toHaveLength(1);
});

test.each([400, 401] as const)("a token that is stale (HTTP %i) is renewed once for all", async (tokenStatus) => {
  rig = await openRig({ fake: { tokenStatus } });
  await rig.ask("/help");
  rig.fake.tokens.revoke();
  const users = ["one", "two", "three"];
  for (const user of users) rig.write("/runtimes", { user });
  await rig.fake.until(() => rig.fake.sent.length === 4, 10_000, "all are answered");
  expect(rig.fake.tokens.issued).toBe(2);
  expect(rig.fake.calls).toMatchObject({ token: 2, legacyToken: 0, webhook: 0 });
});

test("the limits of the platform are kept once it has complained", async () => {
  rig = await openRig({ fake: { limits: { apiPerSecond: 20 } } });
  const chats = Array.from({ length: 40 }, (_, index) => `cidBurst${index}==`);
  for (const chat of chats) rig.write("/help", { chat, user: chat.slice(3, -2) });
  await rig.fake.until(() => rig.fake.sent.length === chats.length, 15_000, "all are answered");
  expect(chats.filter((chat) => rig.fake.within(chat).length !== 1)).toEqual([]);
  expect(rig.fake.sent.filter(({ via }) => via !== "card")).toEqual([]);
});

test("a group that the robot was taken out of is noted, others are served, and it is again when it is back", async () => {
  rig = await openRig();
  rig.simulator.faults.latency = 300;
  const lost = "cidLost==";
  rig.write("/runtimes", { chat: lost });
  await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "the message is acknowledged");
  rig.fake.directory.robot(lost, false);
  const tried = () => rig.log.some((line) => line.includes(lost) && line.includes("could not be sent"));
  await rig.fake.until(() => rig.fake.calls.deliver === 1, 5_000, "the answer is tried");
  expect(titleOf(await rig.ask("/runtimes size=5"))).toBe("Agent runtimes");
  await rig.quiet();
  await vi.waitFor(() => expect(tried()).toBe(true), { timeout: 5_000 });
  const { deliver, group: byRobot } = rig.fake.calls;
  await rig.quiet();
  expect(rig.fake.calls.deliver).toBe(deliver + 1);
  expect(rig.fake.calls.group).toBe(byRobot);
  expect(rig.fake.within(lost)).toEqual([]);

  rig.fake.directory.robot(lost, true);
  expect(titleOf(await rig.ask("/runtimes size=6", { chat: lost }))).toBe("Agent runtimes");
  expect(rig.fake.within(lost)).toHaveLength(1);
});

test("while the platform is away for half a minute the answer waits for it, and comes once", async () => {
  const clock = createShiftedClock();
  rig = await openRig({ clock });
  const calls = ["deliver", "update", "group", "direct", "webhook", "token"] as const;
  rig.fake.faults.api({ kind: "html", status: 502 }, { api: calls, count: Number.POSITIVE_INFINITY });
  rig.write("/runtimes");
  await rig.fake.until(() => rig.fake.calls.token > 1, 5_000, "it is tried again");
  clock.skip(30_000);
  rig.fake.faults.clear();
  await rig.fake.until(() => rig.fake.sent.length > 0, 18_000, "it is answered");
  await rig.quiet();
  expect(rig.fake.within(group).map(({ via, content }) => [via, content.title])).toEqual([["card", "Agent runtimes"]]);
});

test("while the platform takes long for everything, everything is answered once and other chats are not held up", async () => {
  rig = await openRig();
  rig.fake.faults.api({ kind: "delay", ms: 3_000 }, { api: "deliver" });
  rig.write("/runtimes", { chat: "cidSlow==" });
  await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "it is acknowledged");
  await rig.ask("/runtimes", { user: "other" });
  await rig.fake.until(() => rig.fake.calls.deliver === 2, 5_000, "the slow call is answered");
  await rig.quiet();
  expect(rig.fake.within("cidSlow==")).toHaveLength(1);
});
