import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { createGate } from "../../platforms/gate.ts";
import { createRandom } from "../../platforms/random.ts";
import { createBots, type KillAt, type RunningBot } from "../process.ts";
import { type AlertRig, createAlertRig, isScan, type Platform } from "./rig.ts";

// The bot is killed in the middle of telling that a risk began, or that it is over, and another one goes on: people see
// each once. With ALERT_CRASHES=500 more moments are tried: every commit at a begin and at an end, and so many by chance.

const crashes = Number(process.env.ALERT_CRASHES ?? 0);
const thorough = crashes > 0;
const patience = 60_000 + crashes * 15_000;

/** What a killed bot had begun to send is tried again after a minute. */
const aMinute = 65_000;

let rig: AlertRig;
const bots = createBots();
afterEach(async () => {
  await bots.end();
  await rig.close();
});

/** So many runtimes as steps need, of a chat that is watched by the configuration. */
async function open(platform: Platform, steps: number): Promise<void> {
  rig = await createAlertRig({ platform, watched: true, runtimes: Math.ceil(steps / 2) });
}

const idOf = (step: number): string => `ecd-${String(1 + Math.floor(step / 2)).padStart(4, "0")}`;
const nameOf = (step: number): string => idOf(step).replace("ecd", "agent");

/** Every second step ends what the one before began. */
function move(step: number): void {
  rig.fleet.set(idOf(step), { risks: step % 2 === 0 ? ["model-modified"] : [] });
}

const messagesOf = (step: number) => rig.chat.notices().filter(({ words }) => words.includes(nameOf(step)));

/** A bot that has nothing to do. */
async function startIdle(killAt?: KillAt): Promise<RunningBot> {
  const bot = await bots.start({ directory: rig.directory, config: rig.config() }, killAt);
  await rig.scans(1);
  return bot;
}

/** Another bot goes on in this process, a minute later: with it people see one message for the begin, and one for the end. */
async function expectToldOnce(step: number): Promise<void> {
  const messages = 1 + (step % 2);
  rig.clock.skip(aMinute);
  await rig.start();
  await rig.chat.until(() => messagesOf(step).length >= messages, 10_000, `step ${step} is told`);
  await rig.scans(2);
  expect(messagesOf(step)).toHaveLength(messages);
  await rig.stop();
}

/** The commits of a cycle: what was judged, that it is being sent, that it was sent; and what comes in between. */
const commits = (most: number): readonly KillAt[] =>
  Array.from({ length: most }, (_, index) => [`before:${index + 1}`, `after:${index + 1}`] as const).flat();
const kills = thorough ? commits(5).flatMap((kill) => [kill, kill]) : commits(3);

test(
  "promise 3: killed at each commit of a cycle: nothing is lost, and nothing told twice",
  async () => {
    await open("lark", kills.length);
    for (const [step, killAt] of kills.entries()) {
      const bot = await startIdle(killAt);
      const gate = createGate();
      rig.fleet.faults.next({ kind: "held", gate, done: false }, { fits: (parameters) => isScan({ parameters }) });
      await gate.reached();
      move(step);
      bot.signal("SIGUSR2");
      gate.open();
      expect((await bot.finished).code).toBeNull();
      await expectToldOnce(step);
    }
  },
  patience,
);

test.each([
  ["lark", "before the platform has it", false],
  ["lark", "when the platform has it, before its answer", true],
  ["dingtalk", "when the platform has it, before its answer", true],
] as const)(
  "promise 3: killed while it sends to %s, %s: it is shown once",
  async (platform, _when, done) => {
    const steps = thorough ? [0, 1] : [0];
    await open(platform, steps.length);
    for (const step of steps) {
      const bot = await startIdle();
      const gate = createGate();
      rig.chat.disturb("sends", { kind: "held", gate, done });
      move(step);
      await gate.reached();
      expect(messagesOf(step)).toHaveLength(step + (done ? 1 : 0));
      bot.signal("SIGKILL");
      await bot.finished;
      gate.open();
      await expectToldOnce(step);
    }
  },
  patience,
);

test(
  "promise 3: killed at any moment: nothing is lost, and nothing told twice",
  async () => {
    const random = createRandom(7);
    const steps = Math.max(crashes, 2);
    await open("lark", steps);
    for (let step = 0; step < steps; step += 1) {
      const bot = await startIdle();
      move(step);
      // Anywhere between two scans, and in what follows from the second.
      await wait(random() * 400);
      bot.signal("SIGKILL");
      await bot.finished;
      await expectToldOnce(step);
    }
  },
  patience,
);
