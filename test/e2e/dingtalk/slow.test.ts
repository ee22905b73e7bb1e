import { afterEach, expect, test } from "vitest";
import { everybodySees, onlooker, titleOf, wordOf } from "./card.ts";
import { anna, ben, group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

/** Milliseconds that each call of the API takes: more than a press or the patience of a person. */
const slowness = 2_300;

test("a slow page: the press is answered in time with a word, and the card is turned for everyone once, without the word", async () => {
  rig = await openRig({ simulator: { runtimes: 60 } });
  const card = await rig.ask("/runtimes provider=OpenClaw size=5");
  rig.simulator.faults.latency = slowness;
  const pressed = await rig.press(card, "Next", { user: ben });
  expect([pressed.outcome, pressed.inTime, wordOf(pressed)]).toEqual(["card", true, "Asking Alibaba Cloud…"]);
  expect(rig.fake.viewOf(card.id, ben)).toMatchObject({ tips: "Asking Alibaba Cloud…", title: "Agent runtimes" });
  expect(rig.fake.viewOf(card.id, onlooker)).toMatchObject({ tips: "" });

  await rig.fake.until(() => rig.changesOf(card) === 1, 5_000, "the card is turned for everyone");
  for (const person of [ben, anna, onlooker]) expect(rig.fake.viewOf(card.id, person).tips).toBe("");
  expect(everybodySees(rig.fake, card)).toContain("/runtimes provider=OpenClaw page=2 size=5");
  expect(rig.fake.calls).toMatchObject({ deliver: 1, update: 1, webhook: 0, group: 0 });
});

test("a slow command: the card says that it is worked on, and the same card becomes the answer", async () => {
  rig = await openRig();
  rig.simulator.faults.latency = slowness;
  rig.write("/runtimes");
  const card = await rig.fake.next(group);
  expect([card.kind, titleOf(card)]).toEqual(["card", "One moment"]);
  await rig.fake.until(() => titleOf(card) === "Agent runtimes", 10_000, "the card is the answer");
  expect(rig.fake.calls).toMatchObject({ deliver: 1, update: 1 });
  expect(rig.fake.sent).toHaveLength(1);
});

test("of two presses on one card the last decides, whichever answer comes first", async () => {
  rig = await openRig({ simulator: { runtimes: 60 } });
  const card = await rig.ask("/runtimes provider=OpenClaw page=3 size=5");
  rig.simulator.faults.latency = 600;
  const first = rig.press(card, "Next", { user: ben });
  await rig.fake.until(() => card.open === 1, 5_000, "the first press is under way");
  const second = rig.press(card, "Previous");
  expect((await Promise.all([first, second])).map(({ inTime }) => inTime)).toEqual([true, true]);
  await rig.fake.until(() => everybodySees(rig.fake, card).includes("page=2"), 5_000, "the last press is shown");
  await rig.ask("/help");
  for (const person of [ben, anna, onlooker]) {
    expect(rig.fake.viewOf(card.id, person)).toEqual(rig.fake.viewOf(card.id, onlooker));
  }
  expect(rig.changesOf(card)).toBe(1);
});

test("while an update is slow on its way, a press is answered at once, and the last page stands", async () => {
  rig = await openRig({ simulator: { runtimes: 60 } });
  const card = await rig.ask("/runtimes size=5");
  rig.fake.faults.api({ kind: "delay", ms: 700 }, { api: "update" });
  for (const page of [2, 3, 4]) {
    const pressed = await rig.press(card, "Next");
    expect(wordOf(pressed)).toBeUndefined();
    expect(rig.fake.viewOf(card.id, anna).markdown).toContain(`page=${page} `);
  }
  await rig.fake.until(() => everybodySees(rig.fake, card).includes("page=4 "), 5_000, "everybody is on page 4");
  await rig.ask("/help");
  expect(everybodySees(rig.fake, card)).toContain("page=4 ");
  // The pages that were passed by are shown to nobody else.
  expect(rig.changesOf(card)).toBeLessThanOrEqual(2);
});
