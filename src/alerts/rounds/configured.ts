import { createHash } from "node:crypto";
import type { Locale } from "../../cards/index.ts";
import type { AlertMemory } from "../memory.ts";
import type { Time } from "../time.ts";
import type { Place, Watch } from "../watch.ts";

/** A watch that stands in the configuration. */
export interface ConfiguredWatch extends Place {
  /** Canonical text of its filters. */
  readonly filter: string;
  readonly locale: Locale;
}

/** The id of a chat's watch: always the same for the same. */
export function watchId({ channel, chat }: Place, configured?: string): string {
  const about = JSON.stringify([channel, chat, configured ?? null]);
  return `w${createHash("sha256").update(about).digest("base64url").replace(/[-_]/g, "").slice(0, 12)}`;
}

export interface ConfiguredOptions {
  readonly memory: Pick<AlertMemory, "watches">;
  readonly configured: readonly ConfiguredWatch[];
  readonly time: Time;
}

/** Makes the watches of the configuration, and removes those that stand there no more. Rejects when the store fails. */
export async function alignConfigured({ memory, configured, time }: ConfiguredOptions): Promise<void> {
  const wanted = new Map(configured.map((one) => [watchId(one, one.filter), one]));
  const stored = (await memory.watches.all()).filter(({ origin }) => origin === "configuration");
  for (const { id } of stored.filter((watch) => !wanted.has(watch.id))) {
    await memory.watches.remove(id, time.now());
  }
  const known = new Map<string, Watch>(stored.map((watch) => [watch.id, watch]));
  for (const [id, { channel, chat, filter, locale }] of wanted) {
    if (known.get(id)?.locale !== locale) {
      const about = { origin: "configuration", author: "", scope: "", madeAt: time.now().wall } as const;
      await memory.watches.save({ id, channel, chat, filter, locale, ...about }, () => true, time.now());
    }
  }
}
