import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { type App, createApp } from "../../../src/app.ts";
import { configOf } from "../../config/read.ts";
import { ready } from "../ready.ts";
import { onlooker, wordsOf } from "./card.ts";
import { anna, ben, openRig, type Rig } from "./rig.ts";

let rig: Rig;
let other: App | undefined;
afterEach(async () => {
  await other?.stop();
  other = undefined;
  await rig.close();
});

/** Another bot on the same store; the platform hands what it delivers to each of them in turn. */
async function startAnother(): Promise<void> {
  const app = createApp({ config: configOf(rig.config), log: pino({ level: "silent" }) });
  other = app;
  const started = await app.start();
  if (!started.ok) throw new Error(started.reason);
  await ready(started.url);
  expect(rig.fake.connections).toHaveLength(2);
}

const pageOf = ({ id }: { readonly id: string }, person: string): number =>
  Number(/Page (\d+) of/.exec(wordsOf(rig.fake.viewOf(id, person)))?.[1]);

/** The page that a press leads to. */
const after = (page: number, label: string): number => page + ({ Next: 1, Previous: -1 }[label] ?? 0);

test.each([5, 20, 100])(
  "no update overtakes an answer that takes %i ms to arrive, and everybody sees each page",
  async (milliseconds) => {
    rig = await openRig({ simulator: { runtimes: 60 } });
    const card = await rig.ask("/runtimes size=5");
    rig.fake.faults.delayReplies = milliseconds;
    for (const [user, label, page] of [
      [anna, "Next", 2],
      [ben, "Next", 3],
      [anna, "Previous", 2],
      [anna, "Next", 3],
    ] as const) {
      await rig.turn(card, label, user);
      expect([pageOf(card, user), pageOf(card, onlooker)]).toEqual([page, page]);
    }
    expect(rig.fake.complaints()).toEqual([]);
  },
);

test("presses that go to two bots in turn leave nobody on another page than was pressed", async () => {
  rig = await openRig({ store: "file" });
  const card = await rig.ask("/runtimes size=4");
  await startAnother();
  // Such that each of them is asked for a page again that it was the last to show, while the other showed another one since.
  const labels = ["Next", "Next", "Previous", "Next", "Previous", "Previous", "Next", "Refresh", "Refresh", "Previous"];
  for (const [turn, label] of labels.entries()) {
    const user = turn % 3 === 0 ? ben : anna;
    const page = after(pageOf(card, user), label);
    expect((await rig.press(card, label, { user })).outcome).toBe("card");
    const people = [user, onlooker];
    const arrived = () => people.every((person) => pageOf(card, person) === page);
    await rig.fake.until(arrived, 5_000, `everybody is on page ${page} after press ${turn + 1}`);
  }
});
