import { afterEach, expect, test, vi } from "vitest";
import { titleOf, wordsOf } from "./card.ts";
import { createShiftedClock } from "./clock.ts";
import { group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

/** Of 20 calls, sixteen are four fifths: with the seventeenth what is optional is left out. */
const monthlyCalls = 20;
/** More than the patience of a person, milliseconds. */
const slowness = 2_300;

async function gauge(name: string): Promise<number> {
  const found = new RegExp(`^deskhand_dingtalk_${name} (\\d+)$`, "m").exec(await rig.metrics());
  return Number(found?.[1]);
}

/** Makes so many calls: each help is one card. */
async function spend(calls: number): Promise<void> {
  for (let made = 0; made < calls; made += 1) await rig.ask("/help");
  await vi.waitFor(async () => expect(await gauge("month_calls")).toBe(rig.fake.spent.calls));
}

test("the month's calls and pushes stand in /metrics as the platform counts them, free ones left out", async () => {
  rig = await openRig({ monthlyCalls: 5_000 });
  await rig.ask("/runtimes summary");
  await rig.turn(await rig.ask("/runtimes size=5"), "Next");
  await rig.say({ msgtype: "picture", content: {} });
  await rig.quiet();
  const { calls, pushes } = rig.fake.spent;
  await vi.waitFor(async () => expect(await gauge("month_calls")).toBe(calls));
  expect([await gauge("month_pushes"), await gauge("month_quota")]).toEqual([pushes, 5_000]);
  expect([calls, pushes, rig.fake.calls.webhook]).toEqual([5, 5, 1]);
});

test("above four fifths of them what is for the time being, and pictures, are left out, and answers still go as cards", async () => {
  rig = await openRig({ monthlyCalls });
  const pictured = /!\[\]\(@/;
  expect((await rig.ask("/runtimes summary")).content.markdown).toMatch(pictured);
  await spend(15);
  expect(rig.fake.spent.calls).toBe(17);
  const told = () => rig.log.filter((line) => line.includes("Four fifths of the month's calls"));
  await vi.waitFor(() => expect(told()).toHaveLength(1));

  const plain = await rig.ask("/runtimes summary by=version", { chat: "cidPlain==" });
  expect(plain.via).toBe("card");
  expect(plain.content.markdown).not.toMatch(pictured);

  rig.simulator.faults.latency = slowness;
  const before = rig.fake.spent.calls;
  rig.write("/runtimes provider=OpenClaw", { chat: "cidSlow==" });
  const card = await rig.fake.next("cidSlow==", 10_000);
  expect(titleOf(card)).toBe("Agent runtimes");
  expect([rig.fake.spent.calls - before, card.versions.length]).toEqual([1, 1]);
  expect(told()).toHaveLength(1);
});

test("the count goes on over a restart, and begins anew with the month in China", async () => {
  const clock = createShiftedClock();
  rig = await openRig({ monthlyCalls, store: "file", clock });
  await spend(17);
  await rig.stop();
  await rig.start();
  expect(await gauge("month_calls")).toBe(17);
  rig.simulator.faults.latency = slowness;
  rig.write("/runtimes", { chat: "cidSlow==" });
  expect(titleOf(await rig.fake.next("cidSlow==", 10_000))).toBe("Agent runtimes");

  clock.skip(32 * 24 * 3_600_000);
  rig.write("/runtimes size=5", { chat: "cidNewMonth==" });
  expect(titleOf(await rig.fake.next("cidNewMonth==", 10_000))).toBe("One moment");
  expect(await gauge("month_calls")).toBeLessThan(5);
});

test("when they are spent answers go as text through session webhooks, which cost none", async () => {
  rig = await openRig({ monthlyCalls, fake: { limits: { monthlyCalls } } });
  await spend(20);
  for (let asked = 0; asked < 3; asked += 1) {
    const answer = await rig.ask("/runtimes size=5");
    expect([answer.via, titleOf(answer)]).toEqual(["webhook", "Agent runtimes"]);
    expect(wordsOf(answer.content)).toContain("Page 1 of 5");
  }
  expect(rig.log.filter((line) => line.includes("calls of this month are spent: answers go as text"))).toHaveLength(1);
  expect(rig.fake.within(group)).toHaveLength(23);
});
