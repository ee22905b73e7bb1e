import type { Chats, Grant } from "../../bot/index.ts";
import { printFilters } from "../../commands/index.ts";
import type { Filters } from "../../fleet/index.ts";
import { isInScope } from "../alerted.ts";
import { noticeId } from "../ids.ts";
import type { AlertMemory, Change, NewNotice, Term } from "../memory.ts";
import type { createStanding } from "../standing.ts";
import type { Time } from "../time.ts";
import type { InTurn } from "../turns.ts";
import type { Pause, Watch } from "../watch.ts";

/** A watch that may be scanned now. */
export interface Ready {
  readonly watch: Watch;
  readonly filters: Filters;
  readonly grant: Grant;
}

export interface UpkeepOptions {
  readonly memory: Pick<AlertMemory, "watches" | "outbox">;
  readonly chats: Chats;
  readonly standing: ReturnType<typeof createStanding>;
  readonly time: Time;
  readonly newId: () => string;
  /** What is given up counts as untold: a scan that was judged before must not be written down after that. */
  readonly inTurn: InTurn;
}

/**
 * Brings a watch into the state that its chat, its filter and the rights of who set it up are in now, and says whether it may be
 * scanned. One that stands still says so once, and goes on by itself when it may again. Rejects when the store fails.
 */
export type Upkeep = (term: Term, watch: Watch) => Promise<Ready | "paused" | "fenced">;

export function createUpkeep({ memory, chats, standing, time, newId, inTurn }: UpkeepOptions): Upkeep {
  async function pause(term: Term, watch: Watch, why: Pause): Promise<"paused" | "fenced"> {
    if (watch.paused === why) {
      return "paused";
    }
    if (why === "chat") {
      const giveUp = () => memory.outbox.giveUp(term, watch, "The bot is not in this chat any more.");
      if ((await inTurn(giveUp)) === "fenced") {
        return "fenced";
      }
    }
    const notices = why === "chat" ? [] : [pausedNotice(watch, why)];
    // Not blind any more, either: it does not look.
    const patch = { paused: why, blindSince: undefined };
    const done = await memory.watches.commit(term, changeOf(watch, patch, notices));
    return done === "fenced" ? "fenced" : "paused";
  }

  function pausedNotice(watch: Watch, why: Pause): NewNotice {
    const now = time.now();
    return {
      id: noticeId(newId),
      ...{ channel: watch.channel, chat: watch.chat, watch: watch.id, kind: "paused", target: undefined },
      about: { kind: "paused", why, filter: watch.filter },
      ...{ madeAt: now.wall, owedSince: now.steady },
    };
  }

  /** What the bot was told in vain while it was not in the chat is told anew, as the present state. */
  async function resume(term: Term, watch: Watch): Promise<boolean> {
    const patch = watch.paused === "chat" ? { paused: undefined, primed: false } : { paused: undefined };
    return (await memory.watches.commit(term, changeOf(watch, patch, []))) !== "fenced";
  }

  /** A scope that has changed is as an edit: what it hides now ends without a word. */
  async function rescope(watch: Watch, scope: Filters): Promise<void> {
    const { revision: _, primed: __, paused: ___, blindSince: ____, ...kept } = watch;
    const next = { ...kept, scope: printFilters(scope), madeAt: time.now().wall };
    await memory.watches.save(next, (episode) => isInScope(episode, scope, undefined), time.now());
  }

  return async (term, watch) => {
    if (await chats.isGone(watch.channel, watch.chat)) {
      return pause(term, watch, "chat");
    }
    const allowed = standing(watch);
    if (!allowed.ok) {
      return pause(term, watch, allowed.why);
    }
    if (watch.paused !== undefined && !(await resume(term, watch))) {
      return "fenced";
    }
    if (printFilters(allowed.grant.scope) !== watch.scope) {
      await rescope(watch, allowed.grant.scope);
    }
    const current = (await memory.watches.of(watch)).find(({ id }) => id === watch.id);
    return current === undefined ? "paused" : { watch: current, filters: allowed.filters, grant: allowed.grant };
  };
}

/** A change of the watch alone. */
function changeOf(watch: Watch, patch: Change["patch"], notices: readonly NewNotice[]): Change {
  return {
    ...{ watch: watch.id, revision: watch.revision, scan: undefined, episodes: [], notices, revised: [] },
    ...{ dropped: [], stale: [], patch, setups: [] },
  };
}
