import type { NewNotice } from "../../../src/alerts/memory.ts";
import type { Notice } from "../../../src/alerts/notice.ts";
import { shown, type Visible } from "./platform.ts";
import { chat, type World } from "./world.ts";

/** Owes a chat something that somebody has asked for, to see that it arrives. */
export async function owe(world: World, id: string, part: Partial<NewNotice> = {}): Promise<void> {
  const at = world.now();
  await world.memory.outbox.add(undefined, {
    ...{ id, channel: "lark", chat, watch: undefined, kind: "test", target: undefined },
    about: { kind: "test", by: id, at },
    ...{ madeAt: at, owedSince: at },
    ...part,
  });
}

export async function stateOf(world: World, id: string): Promise<Notice["state"] | undefined> {
  return (await world.memory.outbox.get(id))?.state;
}

/** Everything that a message shows now, as text. */
export function wordsOf(message: Visible | undefined): string {
  return message === undefined ? "" : JSON.stringify(shown(message));
}

/** What was sent to a chat, each by a word of its own. */
export function sentTo({ platform }: World, where: string, words: readonly string[]): readonly string[] {
  const messages = platform.messages.filter((message) => message.chat === where);
  return messages.map((message) => words.find((word) => wordsOf(message).includes(word)) ?? "?");
}
