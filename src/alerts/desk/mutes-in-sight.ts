import { everything, printFilters } from "../../commands/index.ts";
import type { AlertMemory, Mute } from "../memory.ts";
import { type Looking, sightOf } from "./targets.ts";

/** How many mutes are looked through where not all of them may be seen, and how many alerts of each. */
const most = { mutes: 200, episodes: 50 } as const;

/**
 * Those mutes of a chat that somebody may see: of everything, made by who may see the same, and of runtimes at least one alert
 * of which is in sight. Rejects when the store fails.
 */
export async function mutesInSight(
  memory: Pick<AlertMemory, "episodes">,
  looking: Pick<Looking, "watches" | "grant">,
  mutes: readonly Mute[],
): Promise<readonly Mute[]> {
  const scope = printFilters(looking.grant.scope);
  if (scope === "") {
    return mutes;
  }
  const watches = looking.watches.map(({ id }) => id);
  const sees = sightOf(looking);
  const isSeen = async (mute: Mute) =>
    mute.target === everything ||
    mute.scope === scope ||
    (await memory.episodes.ofRuntime(mute.target, watches, most.episodes)).some(sees);
  const looked = await Promise.all(
    mutes.slice(0, most.mutes).map(async (mute) => ((await isSeen(mute)) ? [mute] : [])),
  );
  return looked.flat();
}
