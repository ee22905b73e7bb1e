import type { DeskCall, Grant } from "../../bot/index.ts";
import type { Answer, NoticeView, ScanView, WatchStatus } from "../../cards/index.ts";
import { type Command, printFilters } from "../../commands/index.ts";
import { watchViewOf } from "../alert-views.ts";
import { alertedOf, isInScope, mostSifted } from "../alerted.ts";
import type { AlertMemory, Mute, ScanRow } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Time } from "../time.ts";
import type { Watch } from "../watch.ts";
import { mutesInSight } from "./mutes-in-sight.ts";

export interface StatusOptions {
  readonly memory: Pick<AlertMemory, "watches" | "episodes" | "mutes" | "outbox">;
  readonly zone: string;
  readonly interval: number;
  readonly groupLimit: number;
  readonly budget: { readonly calls: number; readonly pushes: number };
  readonly used: () => Promise<{ readonly calls: number; readonly pushes: number }>;
  readonly time: Time;
}

/** How the watches of a chat are doing. Rejects when the store fails. */
export interface Status {
  answer(command: Command, call: DeskCall): Promise<Answer>;
  ofWatches(call: DeskCall): Promise<readonly WatchStatus[]>;
}

/** What was given up no longer ago than this is shown, milliseconds; and how many of it. */
const lately = 24 * 60 * 60_000;
const mostFailed = 5;

export function createStatus(options: StatusOptions): Status {
  const { memory, zone, interval, groupLimit, budget, used, time } = options;

  async function statusOf(watch: Watch, grant: Grant, mutes: readonly Mute[]): Promise<WatchStatus> {
    // What is in sight may stand behind much that is not.
    const isWhole = ["", watch.scope].includes(printFilters(grant.scope));
    const [open, scans, complete] = await Promise.all([
      memory.episodes.open([watch.id], isWhole ? groupLimit : mostSifted),
      memory.watches.scans(watch.id, 1),
      memory.watches.lastComplete(watch.id),
    ]);
    const seen = open.episodes.filter((episode) => isInScope(episode, grant.scope, watch));
    const { paused, blindSince } = watch;
    const viewOf = (scan: ScanRow) => scanViewOf(scan, seesCount(scan, watch, grant));
    return {
      ...{ watch: watchViewOf(watch, grant), paused, blindSince },
      lastComplete: complete && viewOf(complete),
      last: scans[0] && viewOf(scans[0]),
      open: seen.slice(0, groupLimit).map((episode) => alertedOf(episode, grant, mutes, time.now().steady)),
      total: isWhole ? open.total : seen.length,
    };
  }

  async function ofWatches({ asker, grant }: DeskCall): Promise<readonly WatchStatus[]> {
    const mutes = await activeMutes(asker);
    const watches = await memory.watches.of(asker);
    return Promise.all(watches.map((watch) => statusOf(watch, grant, mutes)));
  }

  async function shownMutes({ asker, grant }: DeskCall): Promise<readonly Mute[]> {
    const watches = await memory.watches.of(asker);
    return mutesInSight(memory, { watches, grant }, await activeMutes(asker));
  }

  async function activeMutes(place: DeskCall["asker"]): Promise<readonly Mute[]> {
    const { steady } = time.now();
    return (await memory.mutes.of(place)).filter(({ until }) => until > steady);
  }

  return {
    ofWatches,
    async answer(command, call) {
      const { asker } = call;
      const [watches, mutes, owed, failed, spent] = await Promise.all([
        ofWatches(call),
        shownMutes(call),
        memory.outbox.owed(asker),
        memory.outbox.last(asker, mostFailed, ["failed"]),
        used(),
      ]);
      const { wall } = time.now();
      return {
        ...{ kind: "watch-status", command, zone, watches, owed, interval },
        mutes: mutes.map(({ target, label, untilWall, by }) => ({ target, label, until: untilWall, by })),
        failed: failed.filter(({ madeAt }) => wall - madeAt < lately).map(noticeViewOf),
        calls: { used: spent.calls, of: budget.calls },
        pushes: { used: spent.pushes, of: budget.pushes },
      };
    },
  };
}

export function noticeViewOf(notice: Notice): NoticeView {
  const { id, kind, state, madeAt, sentAt, attempts, message, reason } = notice;
  return { id, kind, state, madeAt, sentAt, attempts, message, reason };
}

/** Whether what a scan has counted is what somebody may see: it was made within the same scope. */
function seesCount({ wall }: ScanRow, { scope, madeAt }: Watch, grant: Grant): boolean {
  return scope === printFilters(grant.scope) && wall >= madeAt;
}

function scanViewOf({ wall, complete, reason, atRisk }: ScanRow, seesCount: boolean): ScanView {
  return { at: wall, complete, reason, atRisk: seesCount ? atRisk : undefined };
}
