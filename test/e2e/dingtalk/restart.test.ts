import { afterEach, expect, test } from "vitest";
import { createBots, soonAfter } from "../process.ts";
import { everybodySees, titleOf, wordOf } from "./card.ts";
import { createRig, group, type Rig } from "./rig.ts";

let rig: Rig;
const bots = createBots();

afterEach(async () => {
  await bots.end();
  await rig.close();
});

const acknowledged = () => rig.fake.until(() => rig.fake.underWay === 0, 5_000, "everything is acknowledged");

test("what a killed process had accepted is answered by the next, on one card each", async () => {
  rig = await createRig({ store: "file" });
  const process = await bots.start(rig);
  const card = await rig.ask("/runtimes provider=OpenClaw size=5");
  rig.simulator.faults.latency = 60_000;
  const begun = "cidBegun==";
  const untouched = "cidUntouched==";
  rig.write("/runtimes risk=yes", { chat: begun });
  expect(wordOf(await rig.press(card, "Next"))).toBe("Asking Alibaba Cloud…");
  const shown = await rig.fake.next(begun);
  expect(titleOf(shown)).toBe("One moment");
  rig.write("/runtimes summary", { chat: untouched });
  await acknowledged();
  process.signal("SIGKILL");
  await process.finished;

  rig.simulator.faults.latency = 0;
  await rig.start(soonAfter);
  await rig.fake.until(() => titleOf(shown) === "Agent runtimes", 10_000, "the card that was begun is the answer");
  expect(titleOf(await rig.fake.next(untouched))).toBe("Summary of agent runtimes");
  await rig.fake.until(() => rig.changesOf(card) > 0, 5_000, "the press turns its card");
  expect(everybodySees(rig.fake, card)).toContain("/runtimes provider=OpenClaw page=2 size=5");
  await rig.stop();
  expect([begun, untouched, group].map((chat) => rig.fake.within(chat).length)).toEqual([1, 1, 1]);
});

test("SIGTERM: what was accepted is answered before the end, what comes then is left to the next process", async () => {
  rig = await createRig({ store: "file" });
  const process = await bots.start(rig);
  rig.simulator.faults.latency = 1_000;
  const accepted = ["one", "two", "three"].map((name) => `cidAccepted${name}==`);
  for (const chat of accepted) rig.write("/runtimes provider=OpenClaw", { chat });
  await acknowledged();
  process.signal("SIGTERM");
  await process.printed(/SIGTERM: answering/);
  const left = rig.write("/help", { chat: "cidLeft==" });
  expect((await process.finished).code).toBe(0);
  expect(accepted.map((chat) => rig.fake.within(chat).map(titleOf))).toEqual(accepted.map(() => ["Agent runtimes"]));
  expect(rig.fake.within("cidLeft==")).toEqual([]);
  const codes = rig.fake.acknowledgements.filter(({ about }) => about === left).map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes).not.toContain(200);

  rig.simulator.faults.latency = 0;
  await rig.start();
  expect(titleOf(await rig.fake.next("cidLeft=="))).toBe("Deskhand");
  await rig.quiet();
  expect([...accepted, "cidLeft=="].map((chat) => rig.fake.within(chat).length)).toEqual([1, 1, 1, 1]);
});

test("a process that was killed leaves a card that the next one turns", async () => {
  rig = await createRig({ store: "file" });
  const process = await bots.start(rig);
  const card = await rig.ask("/runtimes size=5");
  await rig.turn(card, "Next");
  process.signal("SIGKILL");
  await process.finished;
  await bots.start(rig);
  await rig.turn(card, "Next");
  expect(everybodySees(rig.fake, card)).toContain("Page 3 of 5");
});
