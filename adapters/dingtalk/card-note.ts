import { z } from "zod";
import { jsonOf } from "../../src/platform/index.ts";
import { commandOfId } from "./render/button-id.ts";
import type { CardButton } from "./render.ts";
import { sendLimits } from "./send-limits.ts";
import type { Mark } from "./views.ts";

/** What is remembered of a card: where it stands, and what its buttons mean. */
export interface CardNote {
  readonly chat: string;
  /** Undefined in notes of earlier versions of this program. */
  readonly mark: Mark | undefined;
  /** The buttons of the version that was shown last. */
  readonly last: readonly NotedButton[];
  /** Buttons of the versions before it whose ids do not say what they mean, newest first: somebody may still see them. */
  readonly older: readonly Meaning[];
}

export interface NotedButton {
  readonly label: string;
  readonly id: string;
  /** Undefined where the id says it. */
  readonly command: string | undefined;
}

/** What is to be noted of a card. */
export interface ShownNow {
  readonly chat: string;
  readonly mark: Mark;
  readonly buttons: readonly CardButton[];
}

interface Meaning {
  readonly id: string;
  readonly command: string;
}

const text = z.string().max(sendLimits.noteCharacters);
/** In short, as there are many: labels with ids and commands, and ids with commands. */
const noteSchema = z.object({
  chat: z.string().min(1).max(300),
  mark: z.string().min(1).max(100).optional(),
  last: z.array(z.tuple([text, text, text]).or(z.tuple([text, text]))).max(sendLimits.buttons),
  older: z.array(z.tuple([text, text])).max(sendLimits.buttons),
});

/** Reads a note's text; undefined for what is none. Never throws. */
export function readCardNote(noted: string | undefined): CardNote | undefined {
  const { data } = noteSchema.safeParse(jsonOf(noted));
  return (
    data && {
      chat: data.chat,
      mark: data.mark,
      last: data.last.map(([label, id, command]) => ({ label, id, command })),
      older: data.older.map(([id, command]) => ({ id, command })),
    }
  );
}

/** A card as it is shown now, with what is known of its versions before. */
export function nextCardNote(before: CardNote | undefined, now: ShownNow): CardNote {
  const { chat, mark, buttons } = now;
  const last = buttons.slice(0, sendLimits.buttons).map(({ label, id, command }) => ({
    ...{ label, id },
    command: commandOfId(id) === undefined ? command : undefined,
  }));
  const known = new Set(last.map(({ id }) => id));
  const older: Meaning[] = [];
  for (const { id, command } of [...(before?.last ?? []), ...(before?.older ?? [])]) {
    if (command !== undefined && !known.has(id) && last.length + older.length < sendLimits.buttons) {
      known.add(id);
      older.push({ id, command });
    }
  }
  return { chat, mark, last, older };
}

/** The note's text. Of one that is too long, the oldest buttons are left out, and then those of the longest commands. */
export function writeCardNote({ chat, mark, last, older }: CardNote): string {
  const left = { last: [...last], older: [...older] };
  for (;;) {
    const written = JSON.stringify({
      ...{ chat, mark },
      last: left.last.map(({ label, id, command }) => (command === undefined ? [label, id] : [label, id, command])),
      older: left.older.map(({ id, command }) => [id, command]),
    });
    if (written.length <= sendLimits.noteCharacters || (left.older.pop() ?? dropLongest(left.last)) === undefined) {
      return written;
    }
  }
}

function dropLongest(buttons: NotedButton[]): NotedButton | undefined {
  const lengths = buttons.map(({ label, id, command = "" }) => label.length + id.length + command.length);
  return buttons.splice(lengths.indexOf(Math.max(...lengths)), 1)[0];
}
