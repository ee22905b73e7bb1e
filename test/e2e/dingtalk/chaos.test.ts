import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../../src/app.ts";
import type { FakeDingTalk } from "../../platforms/dingtalk/index.ts";
import { type Crowd, commands, createPace, killUnderLoad, patience, restartUnderLoad, stubborn } from "../crowd.ts";
import { createBots } from "../process.ts";
import { titleOf } from "./card.ts";
import { createRig, openRig, type Rig } from "./rig.ts";

let rig: Rig;
const bots = createBots();

afterEach(async () => {
  await bots.end();
  await rig.close();
});

/** What a card survives without a double: it is known by its outTrackId. */
const faults: readonly Parameters<FakeDingTalk["faults"]["api"]>[0][] = [
  { kind: "cut" },
  { kind: "html", status: 503 },
  { kind: "reset" },
  { kind: "truncated" },
  { kind: "refuse", code: "system.busy" },
];

/** Writes messages, each in a chat of its own, so many of which wait for their answer at a time. */
function createCrowd(outstanding: number): Crowd {
  const chats: string[] = [];
  const { fake } = rig;

  // One in ten comes twice, one in twenty late and so out of order, one in fifty cards meets a fault.
  const pace = createPace(outstanding, (written) => {
    if (written % 10 === 3) fake.faults.duplicate(1);
    fake.faults.delayFrames = written % 20 === 7 ? 50 : 0;
    const fault = faults[(written / 50) % faults.length];
    if (fault !== undefined) fake.faults.api(fault, { api: "deliver" });
    const chat = `cidCrowd${written}==`;
    chats.push(chat);
    rig.write(commands[written % commands.length] ?? "/help", { chat, user: `user${written % 97}x${written % 31}` });
  });
  const seen = new Set<string>();
  fake.watch(({ chat, id }, { how }) => {
    if (how !== "deliver" || seen.has(id) || !chat.startsWith("cidCrowd")) return;
    seen.add(id);
    pace.hear();
  });

  return {
    ...pace,
    async expectEachAnsweredOnce(): Promise<void> {
      const total = pace.total();
      await fake.until(() => pace.answered() >= total && fake.underWay === 0, patience, "every message is answered");
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
      await fake.until(() => crowd.total() - crowd.answered() < 50, patience, "some are answered");
    }
    await crowd.expectEachAnsweredOnce();
  } finally {
    clearInterval(ending);
  }
}, 90_000);

test("a bot that is restarted under load: each message is answered once", async () => {
  rig = await openRig(stubborn);
  await restartUnderLoad({ rig, crowd: createCrowd(50) }, 400, 2);
}, 90_000);

test("a bot that is killed under load: each message is answered once", async () => {
  rig = await createRig(stubborn);
  await killUnderLoad({ rig, crowd: createCrowd(50) }, bots, { each: 120, answered: 50 });
}, 90_000);
