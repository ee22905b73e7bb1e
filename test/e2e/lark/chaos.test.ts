import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../../src/app.ts";
import type { FakeLark } from "../../platforms/lark/index.ts";
import { type Running, run } from "../process.ts";
import { createRig, openRig, type Rig, type RigOptions, ready } from "./rig.ts";

let rig: Rig;
let bot: Running | undefined;

afterEach(async () => {
  bot?.signal("SIGKILL");
  await bot?.finished;
  bot = undefined;
  await rig.close();
});

/** 10,000 for the record; fewer, so that the tests stay quick. */
const messages = 3_000;
const chats = 100;
/** A number that shares no factor with that of the chats, so that people write in many. */
const people = 997;
/** Of the whole, milliseconds. */
const patience = 60_000;

const commands = ["/runtimes", "/runtimes page=2", "/help", "/runtimes risk=yes", "/runtimes statsu=Running"];
const faults: readonly Parameters<FakeLark["faults"]["api"]>[0][] = [
  { kind: "cut" },
  { kind: "answer", status: 503 },
  { kind: "reset" },
  { kind: "truncated" },
];

/** Where nobody listens: the port of "discard". */
const nobody = "http://127.0.0.1:9";

/** Events that were not acknowledged come again four times a second, for a minute and more. */
const stubborn: RigOptions = {
  fake: { redelivery: Array.from({ length: 300 }, () => 250) },
  simulator: { runtimes: 60 },
  store: "file",
};

/** Writes messages, so many of which wait for their answer at a time. */
function createCrowd(outstanding: number) {
  const asked: string[] = [];
  let answered = 0;
  let total = 0;

  /** One in ten comes twice, one in twenty out of order, one in fifty answers meets a fault. */
  function writeNext(): void {
    const written = asked.length;
    const { fake } = rig;
    if (written % 10 === 3) fake.faults.duplicate(1, written % 20 === 3 ? "same-event" : "new-event");
    if (written % 60 === 5 && written + 3 < total) fake.faults.reorder(3);
    const fault = faults[(written / 50) % faults.length];
    if (fault !== undefined) fake.faults.api(fault, { path: /\/reply$/ });
    const about = { chat: `oc_${written % chats}`, user: `ou_${written % people}` };
    asked.push(rig.write(commands[written % commands.length] ?? "/help", about));
  }
  function writeMore(): void {
    while (asked.length < total && asked.length - answered < outstanding) writeNext();
  }
  rig.fake.watch((_, { how }) => {
    if (how !== "send") return;
    answered += 1;
    writeMore();
  });

  return {
    /** From now on the crowd has so many more to write. */
    begin(count: number): void {
      total += count;
      writeMore();
    },
    answered: () => answered,
    async expectEachAnsweredOnce(): Promise<void> {
      const { fake } = rig;
      await fake.until(() => answered >= total && fake.underWay === 0, patience, "every message is answered");
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
  rig.simulator.faults.latency = 30;
  const crowd = createCrowd(50);
  crowd.begin(600);
  for (const part of [1, 2, 3]) {
    await rig.fake.until(() => crowd.answered() > part * 100, patience, "some are answered");
    await rig.stop();
    await rig.start();
  }
  await crowd.expectEachAnsweredOnce();
}, 90_000);

test("a bot that is killed under load: each message is answered once", async () => {
  rig = await createRig(stubborn);
  rig.simulator.faults.latency = 30;
  const path = join(rig.directory, "app.yaml");
  await writeFile(path, rig.config);
  const crowd = createCrowd(50);
  for (const part of [1, 2, 3]) {
    bot = run(["start", "--config", path]);
    const [, url = ""] = await bot.printed(/ready on (http:\/\/[\d.]+:\d+)/);
    await ready(url);
    crowd.begin(150);
    await rig.fake.until(() => crowd.answered() > part * 60, patience, "some are answered");
    bot.signal("SIGKILL");
    await bot.finished;
  }
  // What the killed held is free after ten seconds.
  await rig.start({ ...systemClock, now: () => Date.now() + 11_000 });
  await crowd.expectEachAnsweredOnce();
}, 90_000);
