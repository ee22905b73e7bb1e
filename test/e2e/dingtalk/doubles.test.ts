import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { everybodySees, onlooker } from "./card.ts";
import { createShiftedClock, minutes } from "./clock.ts";
import { group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const deliveriesOf = (msgId: string) => rig.fake.acknowledgements.filter(({ about }) => about === msgId);
const answers = () => rig.fake.within(group);

/** There are so many answers in the group, also once everything was delivered, and something later was answered. */
async function expectAnswers(count: number): Promise<void> {
  await rig.fake.until(() => answers().length >= count, 10_000, `${count} answers`);
  await rig.quiet();
  expect(answers()).toHaveLength(count);
}

test("a message that comes twice at once, in two frames, is answered once and acknowledged twice", async () => {
  rig = await openRig();
  rig.fake.faults.duplicate(1);
  const asked = rig.write("/runtimes");
  await expectAnswers(1);
  expect(deliveriesOf(asked).map(({ code }) => code)).toEqual([200, 200]);
  expect(rig.fake.calls).toMatchObject({ deliver: 2, update: 0 });
});

test("a message that comes again in a row, and ten minutes later, is answered once", async () => {
  const clock = createShiftedClock();
  rig = await openRig({ clock });
  const about = { msgId: "msg-again", createdAt: Date.now() };
  await rig.ask("/runtimes", about);
  for (const pause of [0, 0, minutes(2), minutes(7.9)]) {
    clock.skip(pause);
    rig.write("/runtimes", about);
    await rig.quiet();
  }
  expect(answers()).toHaveLength(1);
});

test("a message that comes again after a restart is not answered again", async () => {
  rig = await openRig({ store: "file" });
  await rig.ask("/runtimes", { msgId: "msg-again" });
  await rig.stop();
  await rig.start();
  rig.write("/runtimes", { msgId: "msg-again" });
  await expectAnswers(1);
});

test("while the store fails nothing is acknowledged, but it is answered, and not again when it comes again afterwards", async () => {
  const clock = createShiftedClock();
  rig = await openRig({ store: "file", clock });
  await rig.ask("/help");
  const other = new DatabaseSync(join(rig.directory, "deskhand.db"));
  try {
    other.exec("BEGIN IMMEDIATE");
    const asked = rig.write("/runtimes");
    for (const attempt of [1, 2, 3]) {
      await rig.fake.until(() => deliveriesOf(asked).length > attempt, 5_000, "it is delivered again");
      // Nobody waits so long for a lock.
      clock.skip(6_000);
    }
    const refused = () => rig.log.some((line) => line.includes("could not be stored, and was refused"));
    await rig.fake.until(refused, 5_000, "the log says that it was refused");
    expect(deliveriesOf(asked).map(({ code }) => code)).not.toContain(200);
    await rig.fake.until(() => answers().length === 2, 15_000, "it is answered all the same");
    other.exec("ROLLBACK");
    const accepted = () => deliveriesOf(asked).some(({ code }) => code === 200);
    await rig.fake.until(accepted, 20_000, "it is acknowledged once it is stored");
  } finally {
    other.close();
  }
  await expectAnswers(2);
});

test("two people who write the same at once are answered one card each", async () => {
  rig = await openRig();
  const users = ["one", "two", "three", "four", "five"];
  for (const user of users) rig.write("/runtimes", { user });
  await expectAnswers(users.length);
});

test("a card from before a restart is turned, by any shape of callback, and for everyone", async () => {
  rig = await openRig({ store: "file", simulator: { runtimes: 60 } });
  const card = await rig.ask("/runtimes size=5");
  const shapes = ["ids", "label", "top"] as const;
  for (const [index, shape] of shapes.entries()) {
    await rig.stop();
    await rig.start();
    expect((await rig.press(card, "Next", { shape })).outcome).toBe("card");
    await rig.fake.until(() => rig.changesOf(card) === index + 1, 5_000, "everybody sees the page");
    expect(everybodySees(rig.fake, card)).toContain(`Page ${index + 2} of 12`);
  }
  expect(rig.fake.viewOf(card.id, onlooker).markdown).toContain("page=4 ");
});

test("an answer of the platform that is lost after the card was made is no second card, also over a restart", async () => {
  rig = await openRig({ store: "file" });
  rig.fake.faults.api({ kind: "cut" }, { api: "deliver", count: 2 });
  await rig.ask("/runtimes");
  await rig.fake.until(() => rig.fake.calls.deliver === 3, 5_000, "the call is made until it is answered");
  rig.fake.faults.api({ kind: "cut" }, { api: "deliver", count: Number.POSITIVE_INFINITY });
  rig.write("/runtimes size=5");
  await rig.fake.until(() => answers().length === 2, 5_000, "the second card is there");
  await rig.stop();
  rig.fake.faults.clear();
  await rig.start();
  await expectAnswers(2);
});
