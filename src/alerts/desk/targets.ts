import type { DeskCall } from "../../bot/index.ts";
import { everything } from "../../commands/index.ts";
import { isInScope } from "../alerted.ts";
import type { Episode } from "../episode.ts";
import type { AlertMemory } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Watch } from "../watch.ts";

/** What somebody means with a target: an alert card, some alerts, or everything of the chat. */
export type Target =
  | { readonly kind: "card"; readonly notice: Notice }
  | { readonly kind: "everything"; readonly watches: readonly Watch[] }
  /** Alerts of one runtime; none that is open where it is quiet. */
  | { readonly kind: "runtime"; readonly runtime: string; readonly name: string; readonly episodes: readonly Episode[] }
  /** Several runtimes have this name: one alert of each. */
  | { readonly kind: "several"; readonly episodes: readonly Episode[] }
  | { readonly kind: "nothing" };

/** How many alerts of a runtime are looked at. */
const most = 50;

/** Who means something, and what there is in the chat. */
export interface Looking extends Pick<DeskCall, "asker" | "grant"> {
  /** Those of the chat. */
  readonly watches: readonly Watch[];
}

/** Tells whether somebody may see an alert. */
export function sightOf({ watches, grant }: Pick<Looking, "watches" | "grant">): (episode: Episode) => boolean {
  const byId = new Map(watches.map((watch) => [watch.id, watch]));
  return (episode) => isInScope(episode, grant.scope, byId.get(episode.watch));
}

/**
 * Finds what somebody means, among what belongs to this chat; an alert that somebody may not see is as if it were not there.
 * Rejects when the store fails.
 */
export async function findTarget(
  memory: Pick<AlertMemory, "episodes" | "outbox">,
  { asker, grant, watches }: Looking,
  target: string,
): Promise<Target> {
  if (target === everything) {
    return { kind: "everything", watches };
  }
  const notice = await memory.outbox.get(target);
  if (notice !== undefined && notice.channel === asker.channel && notice.chat === asker.chat) {
    return { kind: "card", notice };
  }
  const ids = watches.map(({ id }) => id);
  const sees = sightOf({ watches, grant });
  const episode = await memory.episodes.get(target);
  if (episode !== undefined && ids.includes(episode.watch)) {
    return runtimeOf([episode].filter(sees));
  }
  const episodes = (await memory.episodes.ofRuntime(target, ids, most)).filter(sees);
  const runtimes = new Set(episodes.map(({ runtime }) => runtime));
  if (runtimes.size > 1) {
    return {
      kind: "several",
      episodes: [...runtimes].flatMap((id) => episodes.find(({ runtime }) => runtime === id) ?? []),
    };
  }
  return runtimeOf(episodes);
}

function runtimeOf(episodes: readonly Episode[]): Target {
  const [first] = episodes;
  return first === undefined
    ? { kind: "nothing" }
    : { kind: "runtime", runtime: first.runtime, name: first.seen.name ?? first.runtime, episodes };
}
