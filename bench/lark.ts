import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFakeLark, type FakeLark } from "../test/platforms/lark/index.ts";
import { measureDeskhand, startBot } from "./bot.ts";
import { createDriver, type Measured, measure, type Stage } from "./driver.ts";
import { type Figure, figuresOfPlatform } from "./figures.ts";
import { startKoishi } from "./rivals/koishi.ts";

/** Deskhand and a bare bot over the real SDK, and Koishi over its own adapter, against the same stand-in for Lark. */
export async function measureLark(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  // People and chats without end: what is measured is the bot, not how the platform slows it down. Cards are not checked.
  const fake = createFakeLark({ checkCard: () => [], keep: 100_000 });
  await fake.start();
  try {
    const channels = [larkChannel(fake)];
    const own = await measureDeskhand(stageOf(fake), { folder, channels, connected: () => connected(fake) });
    // The others answer with the card that Deskhand sent last.
    const card = join(folder, "card.json");
    await writeFile(card, fake.sent.at(-1)?.content ?? "");
    const bare = await measureBare(fake, card);
    const koishi = await measureKoishi(fake, card);
    return figuresOfPlatform("Lark", own, { "a bare bot on the SDK": bare, Koishi: koishi });
  } finally {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The line of the configuration that connects to the stand-in. */
export function larkChannel({ appId, appSecret, url }: FakeLark): string {
  return `lark: { enabled: true, appId: ${appId}, appSecret: ${appSecret}, domain: "${url}" }`;
}

export async function connected(fake: Pick<FakeLark, "until" | "connections">): Promise<void> {
  await fake.until(() => fake.connections.length > 0, 10_000);
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

async function measureBare(fake: FakeLark, card: string): Promise<Measured> {
  const bot = await startBot(["bench/bare-lark.ts", fake.url, fake.appId, fake.appSecret, card], () => connected(fake));
  try {
    return await measure(createDriver(stageOf(fake)));
  } finally {
    await bot.stop();
  }
}

/** Undefined where Koishi cannot be installed, as without a network: the other figures stand without it. */
async function measureKoishi(fake: FakeLark, cardFile: string): Promise<Measured | undefined> {
  const { url, appId, appSecret } = fake;
  const rival = await startKoishi({ url, appId, appSecret, cardFile }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : "Koishi could not be started.");
    return undefined;
  });
  if (rival === undefined) return undefined;
  try {
    return await measure(createDriver(stageOf(fake)));
  } finally {
    await rival.stop();
  }
}
