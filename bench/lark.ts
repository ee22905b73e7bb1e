import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFakeLark, type FakeLark } from "../test/platforms/lark/index.ts";
import { startBot, startDeskhand } from "./bot.ts";
import { type Contestant, contest, type Standing } from "./contest.ts";
import type { Stage } from "./driver.ts";
import type { Plan } from "./plan.ts";
import type { Result } from "./result.ts";
import { createFakeSlack, type FakeSlack } from "./rivals/fake-slack.ts";
import { install, type Rival } from "./rivals/install.ts";
import { startSimulated } from "./simulated.ts";
import { chartsOf, figuresOf, tablesOf } from "./standings.ts";

/**
 * Deskhand, a bare bot over the real SDK, Koishi over its own adapter and Hubot over the SDK against one stand-in for
 * Lark; and Bolt against one for Slack, with a message of the same size.
 */
export async function measureLark(plan: Plan): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  const fake = createSilentLark();
  const slack = createFakeSlack();
  await Promise.all([fake.start(), slack.start()]);
  try {
    const own = await contestOwn(fake, folder, plan);
    // The others answer with the card that Deskhand sent last.
    const card = fake.sent.at(-1)?.content ?? "";
    const cards = { lark: join(folder, "card.json"), slack: join(folder, "slack.json") };
    await Promise.all([writeFile(cards.lark, card), writeFile(cards.slack, slackCard(Buffer.byteLength(card)))]);
    const bare = await contest(bareBot(fake, cards.lark, plan), plan);
    const others: Standing[] = [];
    for (const rival of ["koishi", "hubot", "bolt"] as const) {
      const contestant =
        rival === "bolt" ? await onSlack(slack, cards.slack, plan) : await onLark(rival, fake, cards.lark, plan);
      if (contestant !== undefined) others.push(await contest(contestant, plan));
    }
    const field = { platform: "Lark", own, bare, others };
    return { figures: figuresOf(field), tables: tablesOf(field), charts: chartsOf(field) };
  } finally {
    await Promise.all([fake.stop(), slack.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** People and chats without end: what is measured is the bot, not how the platform slows it down. Cards are not checked. */
export function createSilentLark(): FakeLark {
  return createFakeLark({ checkCard: () => [], keep: 100_000 });
}

/** The line of the configuration that connects to the stand-in. */
export function larkChannel({ appId, appSecret, url }: FakeLark): string {
  return `lark: { enabled: true, appId: ${appId}, appSecret: ${appSecret}, domain: "${url}" }`;
}

/** A chat that is told of risks, and in which nobody writes. */
export function larkWatch(fake: FakeLark): { readonly channel: string; readonly chat: string } {
  return { channel: "lark", chat: fake.chats.ensure("oc_watch", "group").id };
}

export async function connected(fake: Pick<FakeLark, "until" | "connections">, count = 1): Promise<void> {
  await fake.until(() => fake.connections.length >= count, 30_000);
}

export function stageOf(fake: FakeLark): Stage {
  return {
    write: (turn, text) => fake.write({ chat: `oc_${turn % 500}`, user: `ou_${turn % 500}`, text }).messageId,
    listen: (answered) => fake.watch(({ replyTo }) => answered(replyTo ?? "")),
    async press(turn, label) {
      await fake.press({ message: fake.sent.at(-1)?.id ?? "", user: `ou_${turn}`, label });
    },
  };
}

async function contestOwn(fake: FakeLark, folder: string, plan: Plan): Promise<Standing> {
  const simulated = await startSimulated(240);
  const options = {
    ...{ folder, endpoint: simulated.endpoint },
    ...{ channels: [larkChannel(fake)], watches: [larkWatch(fake)], connected: () => connected(fake) },
  };
  try {
    return await contest(
      {
        ...{ name: "Deskhand", stage: stageOf(fake), load: plan.load.own, pages: true },
        start: () => startDeskhand(options),
      },
      plan,
    );
  } finally {
    await simulated.stop();
  }
}

function bareBot(fake: FakeLark, card: string, plan: Plan): Contestant {
  const args = ["bench/bare-lark.ts", fake.url, fake.appId, fake.appSecret, card];
  return {
    ...{ name: "bare bot on Lark's SDK", stage: stageOf(fake), load: plan.load.own, pages: false },
    start: () => startBot({ args, connected: () => connected(fake), says: true }),
  };
}

/** Undefined where it cannot be installed. */
async function onLark(rival: Rival, fake: FakeLark, card: string, plan: Plan): Promise<Contestant | undefined> {
  const installed = await install(rival);
  if (installed === undefined) return undefined;
  const args = [installed.script, fake.url, fake.appId, fake.appSecret, card];
  const name = `${rival === "koishi" ? "Koishi" : "Hubot"} ${installed.version}`;
  return {
    ...{ name, stage: stageOf(fake), load: plan.load.others, pages: false },
    start: () => startBot({ args, connected: () => connected(fake), says: true }),
  };
}

/** Undefined where it cannot be installed. */
async function onSlack(fake: FakeSlack, card: string, plan: Plan): Promise<Contestant | undefined> {
  const installed = await install("bolt");
  if (installed === undefined) return undefined;
  const args = [installed.script, fake.url, fake.appToken, fake.botToken, card];
  const stage: Stage = {
    write: (turn, text) => fake.write({ chat: `C${turn % 500}`, user: `U${turn % 500}`, text }),
    listen: (answered) => fake.watch(answered),
    press: () => Promise.reject(new Error("There are no buttons.")),
  };
  return {
    ...{ name: `Bolt ${installed.version} (Slack)`, stage, load: plan.load.others, pages: false },
    // It says so when Slack has said hello.
    start: () => startBot({ args, connected: async () => {}, says: true }),
  };
}

/** JSON of a message of Slack of so many bytes: 20 rows, as the card has. */
function slackCard(bytes: number): string {
  const rows = 20;
  const row = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
  const cardOf = (letters: number) => ({
    text: "Agent runtimes",
    blocks: Array.from({ length: rows }, () => row("x".repeat(letters))),
  });
  const frame = JSON.stringify(cardOf(0).blocks).length;
  return JSON.stringify(cardOf(Math.max(1, Math.round((bytes - frame) / rows))));
}
