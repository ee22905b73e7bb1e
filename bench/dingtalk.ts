import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buttonsOf, createFakeDingTalk, type FakeDingTalk, type Shown } from "../test/platforms/dingtalk/index.ts";
import { type Bot, measureDeskhand, startBot, startDeskhand } from "./bot.ts";
import { createDriver, type Measured, measure, type Stage } from "./driver.ts";
import { type Figure, figure, figuresOfPlatform } from "./figures.ts";
import { startSimulated } from "./simulated.ts";

/** Deskhand and a bare bot, both over the real SDK, against the same stand-in for DingTalk. */
export async function measureDingTalk(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  // No limits: what is measured is the bot, not how the platform slows it down. Cards are not checked.
  const fake = createFakeDingTalk({ checkCard: () => [], keep: 100_000 });
  await fake.start();
  try {
    const calls = await countCalls(fake, folder);
    const channels = [dingTalkChannel(fake)];
    const own = await measureDeskhand(stageOf(fake), { folder, channels, connected: () => connected(fake) });
    const bare = await measureBare(fake, folder);
    return [...figuresOfPlatform("DingTalk", own, { "a bare bot on the SDK": bare }), ...calls];
  } finally {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The line of the configuration that connects to the stand-in. */
export function dingTalkChannel({ clientId, clientSecret, url }: FakeDingTalk): string {
  const app = `clientId: ${clientId}, clientSecret: ${clientSecret}`;
  return `dingtalk: { enabled: true, ${app}, apiBase: "${url}", oapiBase: "${url}", monthlyCalls: 0 }`;
}

export async function connected(fake: Pick<FakeDingTalk, "until" | "connections">): Promise<void> {
  await fake.until(() => fake.connections.length > 0, 10_000);
}

/** An answer names no message: it belongs to the first one of its chat that has none. */
export function stageOf(fake: FakeDingTalk): Stage {
  return {
    write: (turn, text) => fake.write({ chat: `cid${turn % 500}`, user: `person${turn % 500}`, text }).chat,
    listen(answered) {
      fake.watch(({ chat }, { how }) => {
        if (how === "deliver") answered(chat);
      });
    },
    async press(turn, label) {
      const user = `presser${turn}`;
      const card = fake.sent.at(-1)?.id ?? "";
      // A press shows who pressed another page, and everyone only a little later: this person may see the first page.
      const there = buttonsOf(fake.viewOf(card, user)).some((button) => button.label.includes(label));
      const pressed = await fake.press({ card, user, label: there ? label : "Next" });
      if (pressed.outcome !== "card") throw new Error(`A press was not answered: ${pressed.reason}`);
    },
  };
}

/** Milliseconds after which every call that a command or a press costs is made. */
const callsMade = 3_000;

/** Calls of the month's quota for a list, and for a page turn. */
async function countCalls(fake: FakeDingTalk, folder: string): Promise<readonly Figure[]> {
  const simulated = await startSimulated(240);
  const bot = await startDeskhand({
    folder,
    endpoint: simulated.endpoint,
    channels: [dingTalkChannel(fake)],
    connected: () => connected(fake),
  });
  try {
    const list = await callsOf(fake, () => createDriver(stageOf(fake)).answer("/runtimes"));
    const turn = await callsOf(fake, () => stageOf(fake).press(0, "Next"));
    return [
      figure("calls of DingTalk's quota for a list", list, 1, ""),
      figure("calls of DingTalk's quota for a page turn", turn, 1, ""),
    ];
  } finally {
    await bot.stop();
    await simulated.stop();
  }
}

async function callsOf(fake: FakeDingTalk, work: () => Promise<unknown>): Promise<number> {
  const before = fake.spent.calls;
  await work();
  await sleep(callsMade);
  return fake.spent.calls - before;
}

async function measureBare(fake: FakeDingTalk, folder: string): Promise<Measured> {
  const file = join(folder, "card.json");
  await writeFile(file, cardOf(fake.sent.at(-1)));
  const bot = await startBare(fake, file);
  try {
    return await measure(createDriver(stageOf(fake)));
  } finally {
    await bot.stop();
  }
}

function startBare(fake: FakeDingTalk, file: string): Promise<Bot> {
  const { url, clientId, clientSecret } = fake;
  return startBot(["bench/bare-dingtalk.ts", url, clientId, clientSecret, file], () => connected(fake));
}

/** What of the body of createAndDeliver is the card alone, as Deskhand sent it last. */
function cardOf(shown: Shown | undefined): string {
  const card = { cardTemplateId: shown?.template, cardData: { cardParamMap: shown?.content } };
  return JSON.stringify({ ...card, callbackType: "STREAM", userIdType: 1 });
}
