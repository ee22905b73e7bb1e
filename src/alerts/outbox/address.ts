import type { Channel } from "../../bot/index.ts";
import type { Locale } from "../../cards/index.ts";
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
  readonly memory: Pick<AlertMemory, "watches" | "digests" | "languages">;
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
      return { ok: false, waits: false, reason: "Nobody wants it any more." };
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
