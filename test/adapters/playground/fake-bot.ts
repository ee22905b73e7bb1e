import type { Bot, Click, ClickReply, Message } from "../../../src/bot/index.ts";
import type { Block, Card } from "../../../src/cards/index.ts";

/** A card with what a test gives. */
export function cardOf(title: string, blocks: readonly Block[] = [], about: Partial<Card> = {}): Card {
  return { header: { title, colour: "blue", tags: [] }, blocks, command: undefined, locale: "en", ...about };
}

/** A stand-in for the bot, at the edge: it keeps what it is given, and answers as the test says. */
export interface FakeBot extends Bot {
  readonly messages: readonly Message[];
  readonly clicks: readonly Click[];
  onMessage: (message: Message) => void | Promise<void>;
  onClick: (click: Click) => ClickReply | Promise<ClickReply>;
}

export function createFakeBot(): FakeBot {
  const messages: Message[] = [];
  const clicks: Click[] = [];
  const bot: FakeBot = {
    messages,
    clicks,
    onMessage: () => {},
    onClick: () => ({ kind: "toast", text: "Nothing happens.", colour: "orange" }),
    async receive(message) {
      messages.push(message);
      await bot.onMessage(message);
      return true;
    },
    joined: async () => true,
    left: async () => true,
    async click(click) {
      clicks.push(click);
      return await bot.onClick(click);
    },
  };
  return bot;
}
