import type { CardNote } from "./card-note.ts";
import { commandOfId } from "./render/button-id.ts";

/** All that may name a pressed button. */
export interface Names {
  /** From where ids stand, the surest first. */
  readonly ids: readonly string[];
  /** From where words stand: they hold somebody's text, and are never read as an id. */
  readonly labels: readonly string[];
}

/**
 * What a press means: by an id of the last versions of the card, else by an id that says it, else by a label of what was shown
 * last. @param how surely: only by an id of the card's versions, which means the same whatever another process has shown since
 */
export function commandOf({ ids, labels }: Names, card: CardNote | undefined, how: "surely" | "likely") {
  const shown = new Map(card?.last.map((button) => [button.label, button]));
  // The public template may give a label where others give an id.
  const own = ids.filter((id) => !shown.has(id));
  const byNote = firstOf(own, (id) => commandOfNoted(card, id));
  if (byNote !== undefined || how === "surely") {
    return byNote;
  }
  return (
    firstOf(own, commandOfId) ??
    firstOf([...labels, ...ids], (name) => {
      const button = shown.get(name);
      return button && (button.command ?? commandOfId(button.id));
    })
  );
}

/** The buttons that say by their ids what they mean have no command beside them. */
function commandOfNoted(card: CardNote | undefined, id: string): string | undefined {
  const button = [...(card?.last ?? []), ...(card?.older ?? [])].find((one) => one.id === id);
  return button && (button.command ?? commandOfId(id));
}

function firstOf(names: readonly string[], read: (name: string) => string | undefined): string | undefined {
  for (const name of names) {
    const found = read(name);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
