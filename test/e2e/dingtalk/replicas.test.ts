import { afterAll, beforeAll, expect, test } from "vitest";
import { createBots } from "../process.ts";
import { everybodySees, onlooker, wordsOf } from "./card.ts";
import { anna, ben, group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
const bots = createBots();

/** Two processes on one store; the platform hands what it delivers to each of them in turn. */
beforeAll(async () => {
  rig = await openRig({ store: "file", simulator: { runtimes: 60 } });
  await bots.start(rig);
  expect(rig.fake.connections).toHaveLength(2);
});
afterAll(async () => {
  await bots.end();
  await rig.close();
});

const pageOf = (card: { readonly id: string }, person: string): string | undefined =>
  /Page (\d+) of 12/.exec(wordsOf(rig.fake.viewOf(card.id, person)))?.[1];

test("a message that each of them gets at once is answered once", async () => {
  for (const user of ["one", "two", "three", "four"]) {
    rig.fake.faults.duplicate(1);
    rig.write("/runtimes", { user, chat: `cid${user}==` });
  }
  await rig.quiet();
  const count = () => ["one", "two", "three", "four"].map((user) => rig.fake.within(`cid${user}==`).length);
  await rig.fake.until(() => count().every((one) => one > 0), 5_000, "all are answered");
  await rig.quiet();
  expect(count()).toEqual([1, 1, 1, 1]);
});

test("presses that go to one and the other turn the same card, a page each, for everyone", async () => {
  const card = await rig.ask("/runtimes size=5");
  for (let page = 2; page <= 7; page += 1) {
    expect((await rig.press(card, "Next", { shape: page % 2 === 0 ? "params" : "ids" })).outcome).toBe("card");
    expect(pageOf(card, anna)).toBe(String(page));
    await rig.fake.until(() => pageOf(card, onlooker) === String(page), 5_000, `everybody is on page ${page}`);
  }
  expect(rig.fake.within(group)).toHaveLength(1);
});

test("a refresh by one after the other has turned the card shows the same to all", async () => {
  const card = await rig.ask("/runtimes size=5");
  await rig.turn(card, "Next", anna);
  for (const user of [ben, anna, ben, anna, ben]) {
    const label = pageOf(card, user) === "2" ? "Next" : "Previous";
    await rig.press(card, label, { user });
    const page = pageOf(card, user);
    await rig.fake.until(() => pageOf(card, onlooker) === page, 5_000, "everybody sees what who pressed sees");
  }
  expect(everybodySees(rig.fake, card)).toMatch(/Page [23] of 12/);
});
