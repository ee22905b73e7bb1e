import type { Audit, Audited, DeskCall, Grant } from "../../bot/index.ts";
import type { Actor, Answer, AuditLine } from "../../cards/index.ts";
import type { AuditCommand } from "../../commands/index.ts";
import type { Person } from "../people.ts";
import type { Time } from "../time.ts";
import { shownCommand } from "./shown-command.ts";

export interface AuditDeskOptions {
  readonly audit: Audit;
  readonly people: readonly Person[];
  readonly zone: string;
  readonly time: Time;
}

const day = 24 * 60 * 60_000;

/**
 * Says who did what in a chat. Ids of those who act there are shown to everyone who may ask; the names that runtimes know them by
 * only where users are shown in full. Rejects when the store fails.
 */
export function createAuditDesk({ audit, people, zone, time }: AuditDeskOptions) {
  function namesOn(channel: string, { show }: Grant): ReadonlyMap<string, string> {
    const known = people.flatMap(({ user, ids }): readonly (readonly [string, string])[] => {
      const id = Object.hasOwn(ids, channel) ? ids[channel] : undefined;
      return id === undefined ? [] : [[id, user]];
    });
    return new Map(show === "full" ? known : []);
  }

  return async (command: AuditCommand, { asker, grant }: DeskCall): Promise<Answer> => {
    const { channel, chat } = asker;
    const names = namesOn(channel, grant);
    const { users, days, page, size, until } = command;
    const kept = audit.kept();
    const found = await audit.read({
      ...{ channel, chat, until, size },
      users: users && [...users, ...[...names].filter(([, name]) => users.includes(name)).map(([id]) => id)],
      since: time.now().wall - Math.min(days * day, kept),
      skip: (page - 1) * size,
    });
    const actor = (id: string): Actor => ({ id, name: names.get(id) });
    return {
      ...{ kind: "audit", command, zone, kept },
      ...found,
      entries: found.entries.map((entry) => lineOf(entry, actor(entry.user), grant)),
      people: found.people.map(({ id, count }) => ({ ...actor(id), count })),
    };
  };
}

function lineOf({ user: _, text, ...entry }: Audited, who: Actor, grant: Grant): AuditLine {
  return {
    ...entry,
    who,
    text: entry.outcome === "bad" && grant.show !== "full" ? undefined : shownCommand(text, grant),
  };
}
