import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../../src/app.ts";
import type { FakeLark } from "../../platforms/lark/index.ts";
import { type Crowd, commands, createPace, killUnderLoad, patience, restartUnderLoad, stubborn } from "../crowd.ts";
import { createBots } from "../process.ts";
import { createRig, openRig, type Rig } from "./rig.ts";

let rig: Rig;
const bots = createBots();

afterEach(async () => {
  await bots.end();
  await rig.close();
});

/** Enough to meet each fault several times; `npm run soak` goes on for as long as one likes. */
const messages = 1_000;
const chats = 100;
/** A number that shares no factor with that of the chats, so that people write in many. */
const people = 997;
const faults: readonly Parameters<FakeLark["faults"]["api"]>[0][] = [
  { kind: "cut" },
  { kind: "answer", status: 503 },
  { kind: "reset" },
  { kind: "truncated" },
];

/** Where nobody listens: the port of "discard". */
const nobody = "http://127.0.0.1:9";

/** Writes messages, so many of which wait for their answer at a time. */
function createCrowd(outstanding: number): Crowd {
  const asked: string[] = [];
  const { fake } = rig;

  // One in ten comes twice, one in twenty out of order, one in fifty answers meets a fault.
  const pace = createPace(outstanding, (written, total) => {
    if (written % 10 === 3) fake.faults.duplicate(1, written % 20 === 3 ? "same-event" : "new-event");
    if (written % 60 === 5 && written + 3 < total) fake.faults.reorder(3);
    const fault = faults[(written / 50) % faults.length];
    if (fault !== undefined) fake.faults.api(fault, { path: /\/reply$/ });
    const about = { chat: `oc_${written % chats}`, user: `ou_${written % people}` };
    asked.push(rig.write(commands[written % commands.length] ?? "/help", about));
  });
  fake.watch((_, { how }) => {
    if (how === "send") pace.hear();
  });

  return {
    ...pace,
    async expectEachAnsweredOnce(): Promise<void> {
      const total = pace.total();
      await fake.until(() => pace.answered() >= total && fake.underWay === 0, patience, "every message is answered");
      await rig.ask("/help", { chat: "oc_end", user: "ou_end" });
      const answers = new Map<string, number>();
      for (const { replyTo = "" } of fake.sent) answers.set(replyTo, (answers.get(replyTo) ?? 0) + 1);
      expect(asked.filter((message) => answers.get(message) !== 1)).toEqual([]);
      expect(fake.sent).toHaveLength(total + 1);
      expect(fake.lost).toEqual([]);
    },
  };
}

test("a connection that is cut all the time, doubles, disorder, failing calls: each message is answered once", async () => {
  // As if each connection had lived a minute, after which the next is made within a second.
  let ahead = 0;
  rig = await openRig({ ...stubborn, clock: { ...systemClock, elapsed: () => performance.now() + ahead } });
  const { fake } = rig;
  let cuts = 0;
  const cutting = setInterval(() => {
    const [connection] = fake.connections;
    if (connection === undefined || Date.now() - connection.openedAt < 300) return;
    ahead += 60_000;
    cuts += 1;
    connection.drop(cuts % 3 === 0 ? "close" : "reset");
  }, 20);
  try {
    const crowd = createCrowd(200);
    crowd.begin(messages);
    await crowd.expectEachAnsweredOnce();
  } finally {
    clearInterval(cutting);
  }
  expect(cuts).toBeGreaterThan(3);
}, 90_000);

test("a webhook that cannot be reached now and then: each message is answered once", async () => {
  rig = await openRig({ ...stubborn, events: "webhook" });
  let away = false;
  const cutting = setInterval(() => {
    away = !away;
    rig.deliverTo(away ? nobody : rig.url);
  }, 200);
  try {
    // Fewer than the connections that the platform opens, so that none waits for one of those.
    const crowd = createCrowd(40);
    crowd.begin(500);
    await crowd.expectEachAnsweredOnce();
  } finally {
    clearInterval(cutting);
  }
}, 90_000);

test("a bot that is restarted under load: each message is answered once", async () => {
  rig = await openRig(stubborn);
  await restartUnderLoad({ rig, crowd: createCrowd(50) }, 600, 3);
}, 90_000);

test("a bot that is killed under load: each message is answered once", async () => {
  rig = await createRig(stubborn);
  await killUnderLoad({ rig, crowd: createCrowd(50) }, bots, { each: 150, answered: 60 });
}, 90_000);
