import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../../src/app.ts";
import type { FakeDingTalk } from "../../platforms/dingtalk/index.ts";
import { type Running, run } from "../process.ts";
import { titleOf } from "./card.ts";
import { createRig, openRig, type Rig, type RigOptions, ready } from "./rig.ts";

let rig: Rig;
let bot: Running | undefined;

afterEach(async () => {
  bot?.signal("SIGKILL");
  await bot?.finished;
  bot = undefined;
  await rig.close();
});

/** Of the whole, milliseconds. */
const patience = 60_000;

const commands = ["/runtimes", "/runtimes page=2", "/help", "/runtimes risk=yes", "/runtimes statsu=Running"];
/** What a card survives without a double: it is known by its outTrackId. */
const faults: readonly Parameters<FakeDingTalk["faults"]["api"]>[0][] = [
  { kind: "cut" },
  { kind: "html", status: 503 },
  { kind: "reset" },
  { kind: "truncated" },
  { kind: "refuse", code: "system.busy" },
];

/** Messages that were not acknowledged come again four times a second, for a minute and more. */
const stubborn: RigOptions = {
  fake: { redelivery: Array.from({ length: 300 }, () => 250) },
  simulator: { runtimes: 60 },
  store: "file",
};

/** Writes messages, each in a chat of its own, so many of which wait for their answer at a time. */
function createCrowd(outstanding: number) {
  const chats: string[] = [];
  let answered = 0;
  let total = 0;

  /** One in ten comes twice, one in twenty late and so out of order, one in fifty cards meets a fault. */
  function writeNext(): void {
    const written = chats.length;
    const { fake } = rig;
    if (written % 10 === 3) fake.faults.duplicate(1);
    fake.faults.delayFrames = written % 20 === 7 ? 50 : 0;
    const fault = faults[(written / 50) % faults.length];
    if (fault !== undefined) fake.faults.api(fault, { api: "deliver" });
    const chat = `cidCrowd${written}==`;
    chats.push(chat);
    rig.write(commands[written % commands.length] ?? "/help", { chat, user: `user${written % 97}x${written % 31}` });
  }
  function writeMore(): void {
    while (chats.length < total && chats.length - answered < outstanding) writeNext();
  }
  const seen = new Set<string>();
  rig.fake.watch(({ chat, id }, { how }) => {
    if (how !== "deliver" || seen.has(id) || !chat.startsWith("cidCrowd")) return;
    seen.add(id);
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
    waiting: () => total - answered,
    async expectEachAnsweredOnce(): Promise<void> {
      const { fake } = rig;
      await fake.until(() => answered >= total && fake.underWay === 0, patience, "every message is answered");
      await rig.ask("/help", { chat: "cidEnd==", user: "end" });
      const isFinal = (chat: string) => fake.within(chat).every((shown) => titleOf(shown) !== "One moment");
      await fake.until(() => chats.every(isFinal), patience, "every answer is final");
      expect(chats.filter((chat) => fake.within(chat).length !== 1)).toEqual([]);
      expect(fake.sent.filter(({ via }) => via !== "card")).toEqual([]);
      expect(fake.sent).toHaveLength(total + 1);
      expect(fake.lost).toEqual([]);
    },
  };
}

test("a connection that is ended all the time, doubles, disorder, failing calls: each message is answered once", async () => {
  // As if each connection had lived a minute, after which the next is made within a second.
  let ahead = 0;
  rig = await openRig({
    ...stubborn,
    fake: { ...stubborn.fake, disconnectAfter: 500, now: Date.now },
    clock: { ...systemClock, elapsed: () => performance.now() + ahead },
  });
  const { fake } = rig;
  let ends = 0;
  const ending = setInterval(() => {
    const [connection] = fake.connections;
    if (connection === undefined || connection.leaving || Date.now() - connection.openedAt < 300) return;
    ahead += 60_000;
    ends += 1;
    if (ends % 3 === 0) connection.disconnect();
    else connection.drop(ends % 3 === 1 ? "close" : "reset");
  }, 20);
  try {
    const crowd = createCrowd(100);
    crowd.begin(1_000);
    while (ends < 5) {
      crowd.begin(100);
      await fake.until(() => crowd.waiting() < 50, patience, "some are answered");
    }
    await crowd.expectEachAnsweredOnce();
  } finally {
    clearInterval(ending);
  }
}, 90_000);

test("a bot that is restarted under load: each message is answered once", async () => {
  rig = await openRig(stubborn);
  rig.simulator.faults.latency = 30;
  const crowd = createCrowd(50);
  crowd.begin(400);
  for (const part of [1, 2]) {
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
    crowd.begin(120);
    await rig.fake.until(() => crowd.answered() > part * 50, patience, "some are answered");
    bot.signal("SIGKILL");
    await bot.finished;
  }
  // What the killed held is free after ten seconds.
  await rig.start({ ...systemClock, now: () => Date.now() + 11_000 });
  await crowd.expectEachAnsweredOnce();
}, 90_000);
