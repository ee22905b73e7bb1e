import type { DeskCall, Grant } from "../../bot/index.ts";
import type { Answer, DigestView } from "../../cards/index.ts";
import { type Command, type DigestOnCommand, printFilters, weekdays } from "../../commands/index.ts";
import { nextSlot } from "../digest/slots.ts";
import type { AlertMemory, Digest } from "../memory.ts";
import { shownFilter } from "../shown-filter.ts";
import type { Time } from "../time.ts";

export interface DigestDeskOptions {
  readonly memory: Pick<AlertMemory, "digests">;
  readonly zone: string;
  readonly time: Time;
  readonly onSaved: () => void;
}

/** Sets up, ends and shows this chat's digest. Rejects when the store fails. */
export function createDigestDesk({ memory, zone, time, onSaved }: DigestDeskOptions) {
  return {
    async on(command: DigestOnCommand, { asker, grant, locale }: DeskCall): Promise<Answer> {
      const { channel, chat, user: author } = asker;
      const { wall } = time.now();
      const before = await memory.digests.of(asker);
      const filter = printFilters(command.filters);
      const digest = {
        ...{ channel, chat, author, locale, filter, at: command.at, lastSlot: wall, skipped: [], paused: undefined },
        days: command.days ?? weekdays,
        zone: command.zone ?? zone,
        // Another list is not compared with this one.
        last: before?.filter === filter ? before.last : undefined,
      };
      await memory.digests.save(digest);
      onSaved();
      const next = nextSlot(wall, digest);
      return { kind: "digest-set", command, digest: viewOf(digest, grant), next, edited: before !== undefined };
    },
    async off(command: Command, { asker }: DeskCall): Promise<Answer> {
      return { kind: "digest-off", command, was: await memory.digests.remove(asker) };
    },
    async status(command: Command, { asker, grant }: DeskCall): Promise<Answer> {
      const digest = await memory.digests.of(asker);
      return {
        ...{ kind: "digest-status", command, digest: digest && viewOf(digest, grant) },
        next: digest && nextSlot(Math.max(digest.lastSlot, time.now().wall), digest),
        last: digest?.last?.slot,
        skipped: digest?.skipped ?? [],
        paused: digest?.paused,
      };
    },
  };
}

function viewOf({ at, days, zone, filter, author }: Omit<Digest, "revision">, grant: Grant): DigestView {
  return { at, days, zone, filter: shownFilter(filter, grant), author };
}
