import { faultOf, type Log, type Notes, within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";

/** The name that all notes of this adapter stand under. */
export const channelName = "dingtalk";

export interface NoteReader {
  readonly notes: Notes;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A note, or undefined where there is none, and where the store fails or does not say within `patience` milliseconds: then
 * the log says so. Never rejects.
 */
export async function readNote(
  { notes, clock, log }: NoteReader,
  kind: string,
  key: string,
  patience: number,
): Promise<string | undefined> {
  try {
    const read = await within(clock, patience, notes.get(channelName, kind, key), late);
    if (read !== late) {
      return read;
    }
    log.error({ channel: channelName, kind }, "The store did not give a note in time.");
  } catch (error) {
    log.error({ channel: channelName, kind, fault: faultOf(error) }, "A note could not be read.");
  }
  return undefined;
}

const late = Symbol("late");
