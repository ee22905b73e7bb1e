import { createHash } from "node:crypto";
import { type Audit, faultOf, type Log } from "../../bot/index.ts";
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
  readonly audit: Pick<Audit, "keep" | "kept">;
  readonly time: Time;
  readonly log: Log;
}

/** Makes the watches of the configuration, and removes those that stand there no more. Rejects when the store fails. */
export async function alignConfigured(options: ConfiguredOptions): Promise<void> {
  const { memory, configured, time } = options;
  const wanted = new Map(configured.map((one) => [watchId(one, one.filter), one]));
  const stored = (await memory.watches.all()).filter(({ origin }) => origin === "configuration");
  for (const watch of stored.filter(({ id }) => !wanted.has(id))) {
    await memory.watches.remove(watch.id, time.now());
    await writeDown(options, watch, "off");
  }
  const known = new Map<string, Watch>(stored.map((watch) => [watch.id, watch]));
  for (const [id, { channel, chat, filter, locale }] of wanted) {
    if (known.get(id)?.locale !== locale) {
      const about = { origin: "configuration", author: "", scope: "", madeAt: time.now().wall } as const;
      await memory.watches.save({ id, channel, chat, filter, locale, ...about }, () => true, time.now());
      await writeDown(options, { id, channel, chat, filter }, known.has(id) ? "edited" : "new");
    }
  }
}

type About = Pick<Watch, "id" | "channel" | "chat" | "filter">;

/** Into the audit of the chat. An audit that cannot be written keeps no watch from being kept. */
async function writeDown(
  { audit, time, log }: ConfiguredOptions,
  { id, channel, chat, filter }: About,
  what: "new" | "edited" | "off",
): Promise<void> {
  const { wall: at } = time.now();
  if (audit.kept() === 0) {
    return;
  }
  const text = filter === "" ? "/alerts on" : `/alerts on ${filter}`;
  try {
    await audit.keep({
      ...{ channel, chat, user: "", how: "configuration", id: `${id} ${at}`, at, text, outcome: "ok" },
      detail: { kind: "watch", what },
    });
  } catch (error) {
    log.error({ channel, chat, fault: faultOf(error) }, "What the configuration changed could not be written down.");
  }
}
