import { everything } from "../../commands/index.ts";
import type { Episode } from "../episode.ts";
import type { AlertMemory } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Time } from "../time.ts";

/**
 * Whether a chat wants to be told what it is owed: `later` while all of it is muted; `unwanted` where that is over already, as it
 * ends without a word, and for a reminder of which nothing is left that has to be told again. Scans see to that as long as a
 * notice was not tried; this is for what people say later. Rejects when the store fails.
 */
export type Wanted = (notice: Notice) => Promise<"wanted" | "later" | "unwanted">;

/** How many of the alerts of one notice are looked at. */
const mostSeen = 2_000;

export function createWanted({
  memory,
  time,
}: {
  readonly memory: Pick<AlertMemory, "episodes" | "mutes">;
  readonly time: Pick<Time, "now">;
}): Wanted {
  async function episodesOf({ id, kind, about }: Notice): Promise<readonly Episode[]> {
    if (about.kind === "some") {
      return memory.episodes.some(about.episodes);
    }
    const all =
      kind === "resolved"
        ? await memory.episodes.endedWith(id, mostSeen)
        : await memory.episodes.ofNotice(id, 0, mostSeen);
    return all.episodes;
  }

  async function mutedNow(notice: Notice): Promise<ReadonlySet<string>> {
    const { steady } = time.now();
    const mutes = await memory.mutes.of(notice);
    return new Set(mutes.filter(({ until }) => until > steady).map(({ target }) => target));
  }

  return async (notice) => {
    if (notice.about.kind !== "episodes" && notice.about.kind !== "some") {
      return "wanted";
    }
    const muted = await mutedNow(notice);
    const whileMuted = notice.kind === "resolved" || notice.kind === "passed" ? "unwanted" : "later";
    if (muted.has(everything)) {
      return whileMuted;
    }
    if (muted.size === 0 && notice.kind !== "reminder") {
      return "wanted";
    }
    const episodes = await episodesOf(notice);
    if (episodes.length === 0) {
      return "wanted";
    }
    if (notice.kind === "reminder" && episodes.every(({ acked, state }) => acked !== undefined || state === "ended")) {
      return "unwanted";
    }
    return episodes.every(({ runtime }) => muted.has(runtime)) ? whileMuted : "wanted";
  };
}
