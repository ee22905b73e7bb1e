import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buttonsOf, createFakeDingTalk, type FakeDingTalk, type Shown } from "../test/platforms/dingtalk/index.ts";
import { startBot, startDeskhand } from "./bot.ts";
import { type Contestant, contest, type Standing } from "./contest.ts";
import type { Stage } from "./driver.ts";
import type { Plan } from "./plan.ts";
import type { Result } from "./result.ts";
import { startSimulated } from "./simulated.ts";
import { chartsOf, figuresOf, tablesOf } from "./standings.ts";

/** Deskhand and a bare bot, both over the real SDK, against the same stand-in for DingTalk. */
export async function measureDingTalk(plan: Plan): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  const fake = createSilentDingTalk();
  await fake.start();
  try {
    const own = await contestOwn(fake, folder, plan);
    const file = join(folder, "card.json");
    await writeFile(file, cardOf(fake.sent.at(-1)));
    const bare = await contest(bareBot(fake, file, plan), plan);
    const field = { platform: "DingTalk", own, bare, others: [] };
    return { figures: figuresOf(field), tables: tablesOf(field), charts: chartsOf(field) };
  } finally {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** No limits: what is measured is the bot, not how the platform slows it down. Cards are not checked. */
export function createSilentDingTalk(): FakeDingTalk {
  return createFakeDingTalk({ checkCard: () => [], keep: 100_000 });
}

/** The line of the configuration that connects to the stand-in. */
export function dingTalkChannel({ clientId, clientSecret, url }: FakeDingTalk): string {
  const app = `clientId: ${clientId}, clientSecret: ${clientSecret}`;
  return `dingtalk: { enabled: true, ${app}, apiBase: "${url}", oapiBase: "${url}", monthlyCalls: 0 }`;
}

/** A group that is told of risks, and in which nobody writes. */
export function dingTalkWatch(fake: FakeDingTalk): { readonly channel: string; readonly chat: string } {
  return { channel: "dingtalk", chat: fake.directory.group("cidwatch").id };
}

export async function connected(fake: Pick<FakeDingTalk, "until" | "connections">): Promise<void> {
  await fake.until(() => fake.connections.length > 0, 30_000);
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

async function contestOwn(fake: FakeDingTalk, folder: string, plan: Plan): Promise<Standing> {
  const simulated = await startSimulated(240);
  const options = {
    ...{ folder, endpoint: simulated.endpoint },
    ...{ channels: [dingTalkChannel(fake)], watches: [dingTalkWatch(fake)], connected: () => connected(fake) },
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

function bareBot(fake: FakeDingTalk, file: string, plan: Plan): Contestant {
  const args = ["bench/bare-dingtalk.ts", fake.url, fake.clientId, fake.clientSecret, file];
  return {
    ...{ name: "bare bot on DingTalk's SDK", stage: stageOf(fake), load: plan.load.own, pages: false },
    start: () => startBot({ args, connected: () => connected(fake) }),
  };
}

/** What of the body of createAndDeliver is the card alone, as Deskhand sent it last. */
function cardOf(shown: Shown | undefined): string {
  const card = { cardTemplateId: shown?.template, cardData: { cardParamMap: shown?.content } };
  return JSON.stringify({ ...card, callbackType: "STREAM", userIdType: 1 });
}
