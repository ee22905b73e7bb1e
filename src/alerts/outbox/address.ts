import type { Channel, Grant } from "../../bot/index.ts";
import type { Locale } from "../../cards/index.ts";
import { isInScope, mostSifted } from "../alerted.ts";
import type { Episode } from "../episode.ts";
import type { AlertMemory } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { createStanding, Standing } from "../standing.ts";
import type { Addressed } from "./send.ts";

/** Where a notice goes and what may be shown there now, or why it is not sent. Rejects when the store fails. */
export type Address = (
  notice: Notice,
  channels: ReadonlyMap<string, Channel>,
) => Promise<
  | { readonly ok: true; readonly value: Addressed }
  /** `waits`: it may be sent once the bot is set up otherwise. */
  | { readonly ok: false; readonly waits: boolean; readonly reason: string }
>;

export interface AddressOptions {
  readonly memory: Pick<AlertMemory, "watches" | "digests" | "languages" | "episodes">;
  readonly standing: ReturnType<typeof createStanding>;
  /** Of chats that have no language of their own. */
  readonly locale: Locale;
}

/** What a notice shows that is not about runtimes. */
const nobody = { rights: new Set<never>(), scope: {}, show: "hidden", mention: false } as const;

export function createAddress({ memory, standing, locale }: AddressOptions): Address {
  async function setUpBy(notice: Notice): Promise<(Standing & { readonly locale: Locale }) | undefined> {
    if (notice.kind === "digest") {
      const digest = await memory.digests.of(notice);
      return digest && { ...digest, origin: "command" };
    }
    return (await memory.watches.of(notice)).find(({ id }) => id === notice.watch);
  }

  /**
   * What the card of a watch that was removed shows for the last time: what ended with it, as far as everybody in the chat may see
   * it, without users. Undefined where nothing did, or where it was not sent.
   */
  async function whatIsLeft(notice: Notice): Promise<Grant | undefined> {
    if (notice.state !== "sent" || notice.watch === undefined) {
      return undefined;
    }
    const everybody = standing({ ...notice, origin: "configuration", author: "", filter: "" });
    const silent = (await membersOf(notice)).filter(({ end }) => end === "silent");
    // Those that ended before it were out of its sight.
    const last = Math.max(...silent.map(({ until = 0 }) => until));
    const shown = silent.filter(
      (episode) => episode.until === last && everybody.ok && isInScope(episode, everybody.grant.scope, undefined),
    );
    return shown.length === 0 ? undefined : { ...nobody, scope: { id: shown.map(({ runtime }) => runtime) } };
  }

  async function membersOf({ id, about, target }: Notice): Promise<readonly Episode[]> {
    return about.kind === "some"
      ? memory.episodes.some(about.episodes)
      : (await memory.episodes.ofNotice(target ?? id, 0, mostSifted)).episodes;
  }

  return async (notice, channels) => {
    const channel = channels.get(notice.channel);
    if (channel === undefined) {
      return { ok: false, waits: true, reason: "The channel is switched off." };
    }
    const owner = await setUpBy(notice);
    const spoken = (await memory.languages.get(notice)) ?? owner?.locale ?? locale;
    const plain = { notice, channel, locale: spoken };
    if (isPlain(notice)) {
      return { ok: true, value: { ...plain, grant: nobody } };
    }
    if (owner === undefined) {
      const left = await whatIsLeft(notice);
      return left === undefined
        ? { ok: false, waits: false, reason: "Nobody wants it any more." }
        : { ok: true, value: { ...plain, grant: left } };
    }
    const allowed = standing(owner);
    return allowed.ok
      ? { ok: true, value: { ...plain, grant: allowed.grant } }
      : { ok: false, waits: false, reason: "Who set it up may not do that any more." };
  };
}

/** Whether a notice names no runtime. */
function isPlain({ about }: Notice): boolean {
  return about.kind !== "episodes" && about.kind !== "some" && about.kind !== "digest";
}
