import { LRUCache } from "lru-cache";
import { z } from "zod";
import { createRefusals, jsonOf } from "../../src/platform/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import { channelName, type NoteReader, readNote } from "./read-note.ts";
import { sendLimits } from "./send-limits.ts";

/** What is known of the chats: how to write to them. A chat is named by its conversationId. */
export interface Conversations {
  /** Something was written there. What lasts is kept as a note; the session webhook is secret and stays in memory. */
  heard(about: Heard): void;
  /** How to write there; a chat that nothing is known of is taken for a group. Never rejects. */
  find(chat: string): Promise<Conversation>;
  /** The platform says that a session webhook is over. */
  expired(chat: string, webhook: string): void;
}

export interface Heard {
  readonly chat: string;
  readonly kind: "group" | "single";
  /** Who wrote it; absent for people outside of the organisation. */
  readonly staffId: string | undefined;
  /** `until`: epoch milliseconds. */
  readonly webhook: { readonly url: string; readonly until: number } | undefined;
  /** The platform's id of what was written, for the log. */
  readonly message: string;
}

export interface Conversation {
  readonly kind: "group" | "single";
  /** Whom the robot talks with, in a chat of two. */
  readonly staffId: string | undefined;
  /** Secret. It is good for another minute at least. */
  readonly webhook: string | undefined;
}

export interface ConversationsOptions extends NoteReader {
  /** Which session webhooks may be written to. */
  readonly allowed: (address: string) => boolean;
  readonly meter: Meter;
}

interface Place {
  readonly kind: "group" | "single";
  readonly staffId: string | undefined;
}

interface Known {
  readonly place: Place;
  /** When its note was written by this process, by the clock's `elapsed`. */
  readonly notedAt: number;
  readonly webhook: Heard["webhook"];
}

const noteKind = "conversation";
const noteSchema = z.object({
  kind: z.enum(["group", "single"]),
  staffId: z.string().min(1).max(200).optional(),
});

const refusals = {
  webhook:
    "A message came with a session webhook that is no address of DingTalk, and nothing is sent there. Set apiBase and oapiBase if DingTalk has another address here.",
} as const;

export function createConversations(options: ConversationsOptions): Conversations {
  const { notes, allowed, clock } = options;
  const known = new LRUCache<string, Known>({ max: sendLimits.conversations });
  const refuse = createRefusals({
    ...options,
    messages: refusals,
    count: (reason) => options.meter.count("dingtalk_refused", { reason }),
  });

  function webhookOf({ webhook, chat, message }: Heard): Heard["webhook"] {
    if (webhook === undefined || allowed(webhook.url)) {
      return webhook;
    }
    refuse("webhook", { chat, message });
    return undefined;
  }

  /** Writes the note where it says something new, or is old. @returns when it was written last */
  function note(chat: string, place: Place, before: Known | undefined): number {
    const now = clock.elapsed();
    const isSame = before?.place.kind === place.kind && before.place.staffId === place.staffId;
    if (isSame && now - before.notedAt < sendLimits.renoted) {
      return before.notedAt;
    }
    notes.put({ channel: channelName, kind: noteKind, key: chat, text: JSON.stringify(place) });
    return now;
  }

  /** A chat in which this process has heard nothing is looked up each time: another one may have heard more by now. */
  async function placeOf(chat: string): Promise<Place> {
    const text = await readNote(options, noteKind, chat, sendLimits.note);
    const { kind, staffId } = noteSchema.safeParse(jsonOf(text)).data ?? { kind: "group" };
    return { kind, staffId };
  }

  const usable = (webhook: Heard["webhook"]) =>
    webhook !== undefined && webhook.until - clock.now() >= sendLimits.webhookMargin ? webhook.url : undefined;

  return {
    heard(about) {
      const { chat, kind } = about;
      const before = known.get(chat);
      const place: Place = { kind, staffId: kind === "single" ? about.staffId : undefined };
      const given = webhookOf(about);
      // A message that is delivered late brings an older one.
      const isOlder = (before?.webhook?.until ?? 0) > (given?.until ?? 0);
      const webhook = isOlder ? before?.webhook : given;
      known.set(chat, { place, notedAt: note(chat, place, before), webhook });
    },
    async find(chat) {
      const heard = known.get(chat);
      const { kind, staffId } = heard?.place ?? (await placeOf(chat));
      return { kind, staffId, webhook: usable(known.get(chat)?.webhook) };
    },
    expired(chat, webhook) {
      const heard = known.get(chat);
      if (heard?.webhook?.url === webhook) {
        known.set(chat, { ...heard, webhook: undefined });
      }
    },
  };
}
