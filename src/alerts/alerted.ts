import { concealUsers, type Grant } from "../bot/index.ts";
import type { Alerted, AlertedSetup } from "../cards/index.ts";
import { everything, printFilters } from "../commands/index.ts";
import { type Filters, filterDefinition, filterKeyNames } from "../fleet/index.ts";
import type { Episode } from "./episode.ts";
import type { Mute } from "./memory.ts";
import { type Setup, setupOf } from "./sketch.ts";
import type { Watch } from "./watch.ts";

/** An episode as somebody may see it. */
export function alertedOf(
  episode: Episode,
  grant: Pick<Grant, "show">,
  mutes: readonly Mute[],
  steady: number,
): Alerted {
  const runtime = concealUsers(episode.seen, grant.show);
  const { id, kind, state, since, acked, times, end, until, endedAt, beganAt, before } = episode;
  return {
    ...{ id, runtime: runtime.id, name: runtime.name, kind, state, since, acked, times },
    users: runtime.users,
    now: setupOf(runtime),
    before: before && shownSetup(before),
    end:
      end === undefined || until === undefined || endedAt === undefined
        ? undefined
        : { how: end, at: until, lasted: Math.max(0, endedAt - beganAt) },
    ...(state === "ended" ? unmuted : muteOf(episode.runtime, mutes, steady)),
  };
}

const unmuted = { mutedUntil: undefined, mutedBy: undefined } as const;

/** Until when a runtime is muted, wall time, and by what. */
function muteOf(runtime: string, mutes: readonly Mute[], steady: number): Pick<Alerted, "mutedUntil" | "mutedBy"> {
  const active = mutes.filter(({ target, until }) => until > steady && (target === runtime || target === everything));
  if (active.length === 0) {
    return unmuted;
  }
  return {
    mutedUntil: Math.max(...active.map(({ untilWall }) => untilWall)),
    mutedBy: active.some(({ target }) => target === everything) ? "everything" : "runtime",
  };
}

function shownSetup({ template, channels }: Setup): AlertedSetup {
  return { template, channels };
}

/** How many alerts are looked through where not all of them may be seen. */
export const mostSifted = 2_000;

/**
 * Whether somebody with a scope may see a runtime that a watch with a scope of its own has found. Where both are the same, the
 * API itself has narrowed it, unless it was over before the watch had that scope; else what rows do not show is not known to
 * hold.
 */
export function isInScope(
  episode: Episode,
  scope: Filters,
  watch: Pick<Watch, "scope" | "madeAt"> | undefined,
): boolean {
  const { end, until } = episode;
  const narrowed = watch !== undefined && end !== "silent" && (until === undefined || until >= watch.madeAt);
  if (narrowed && printFilters(scope) === watch.scope) {
    return true;
  }
  return filterKeyNames.every((key) => {
    const values = scope[key];
    return values === undefined || (filterDefinition(key).match?.(values)(episode.seen) ?? false);
  });
}
