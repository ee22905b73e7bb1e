import type { Shown, Town } from "./town/town.ts";

/** Cards that tell that a risk began, in each of the reasons for which there is a new message. */
const begin = /at risk \((?:new|present state|again|mute over|came and went)\)$/;
/** Those that tell that it is over. */
const end = /^(?:Over: |No longer listed: |\d+ alerts? ha(?:s|ve) ended$)/;

const kinds = { begin, end } as const;

/** The messages of a chat that tell of the begin, or the end, of a runtime's risk. */
export function tellingsOf(town: Town, chat: string, name: string, what: keyof typeof kinds): readonly Shown[] {
  return town.told(chat).filter(({ title, words }) => kinds[what].test(title) && words.includes(name));
}

/** Whether every watched chat of these towns was told. */
export function isToldEverywhere(towns: readonly Town[], name: string, what: keyof typeof kinds): boolean {
  return towns.every((town) => town.watched.every((chat) => tellingsOf(town, chat, name, what).length > 0));
}
