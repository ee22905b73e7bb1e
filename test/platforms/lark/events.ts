import type { Chosen } from "./card.ts";
import type { Chat } from "./chats.ts";
import type { ShownMessage } from "./messages.ts";
import type { Settings } from "./options.ts";

/** What the platform delivers, before it is encrypted or framed. */
export interface Envelope {
  readonly schema: "2.0";
  readonly header: {
    readonly event_id: string;
    readonly event_type: string;
    /** Milliseconds; microseconds for card actions. */
    readonly create_time: string;
    readonly token: string;
    readonly app_id: string;
    readonly tenant_key: string;
  };
  readonly event: object;
}

/** Somebody that a message mentions: `bot`, `all`, or a person. The text says where, by the keys @_user_1, @_user_2 … */
export type Mention = "bot" | "all" | { readonly openId: string; readonly name: string };

/** Makes envelopes as the documents of the events describe them. */
export interface Envelopes {
  message(
    message: ShownMessage,
    chat: Chat,
    more: {
      readonly mentions?: readonly Mention[] | undefined;
      readonly senderType?: "user" | "app" | undefined;
      readonly eventId?: string | undefined;
    },
  ): Envelope;
  /** "Message edited": no document describes its body; it is taken to look like a message with a later update_time. */
  edited(message: ShownMessage, chat: Chat): Envelope;
  recalled(message: ShownMessage): Envelope;
  membership(kind: "added" | "deleted", chat: Chat, operator: string, eventId?: string): Envelope;
  cardAction(press: {
    readonly message: ShownMessage;
    readonly user: string;
    readonly chosen: Chosen;
    readonly token: string;
  }): Envelope;
  /** The same happening as another event. */
  again(envelope: Envelope): Envelope;
}

/** Ids of a person in the three spaces of the platform. */
function userIds(openId: string): object {
  const bare = openId.replace(/^ou_/, "");
  return { open_id: openId, union_id: `on_${bare}`, user_id: bare.slice(0, 8) };
}

export function createEnvelopes(options: {
  readonly settings: Settings;
  readonly ids: (prefix: string) => string;
  /** The verification token that events carry. */
  readonly token: () => string;
}): Envelopes {
  const { settings, ids } = options;

  function envelope(eventType: string, createTime: number, event: object, eventId = ids("")): Envelope {
    return {
      schema: "2.0",
      header: {
        event_id: eventId,
        event_type: eventType,
        create_time: String(createTime),
        token: options.token(),
        app_id: settings.appId,
        tenant_key: settings.tenantKey,
      },
      event,
    };
  }

  function mention(who: Mention, index: number): object {
    const key = `@_user_${index + 1}`;
    if (who === "all") return { key: "@_all", id: { open_id: "", union_id: "", user_id: "" }, name: "Everyone" };
    const bot = who === "bot";
    return {
      key,
      id: bot ? { open_id: settings.botOpenId, union_id: "on_bot", user_id: "" } : userIds(who.openId),
      name: bot ? "Deskhand" : who.name,
      mentioned_type: bot ? "bot" : "user",
      tenant_key: settings.tenantKey,
    };
  }

  function body(message: ShownMessage, chat: Chat, mentions: readonly Mention[] | undefined, sender: "user" | "app") {
    return {
      sender: { sender_id: userIds(message.author), sender_type: sender, tenant_key: settings.tenantKey },
      message: {
        message_id: message.id,
        ...(message.root === undefined ? {} : { root_id: message.root }),
        ...(message.replyTo === undefined ? {} : { parent_id: message.replyTo }),
        ...(message.thread === undefined ? {} : { thread_id: message.thread }),
        create_time: String(message.createdAt),
        update_time: String(message.versions.at(-1)?.at ?? message.createdAt),
        chat_id: chat.id,
        chat_type: chat.type,
        message_type: message.type,
        content: message.content,
        ...(mentions === undefined || mentions.length === 0 ? {} : { mentions: mentions.map(mention) }),
      },
    };
  }

  return {
    message: (message, chat, { mentions, senderType = "user", eventId }) =>
      envelope("im.message.receive_v1", settings.now(), body(message, chat, mentions, senderType), eventId),
    edited: (message, chat) =>
      envelope("im.message.updated_v1", settings.now(), body(message, chat, undefined, "user")),
    recalled: (message) =>
      envelope("im.message.recalled_v1", settings.now(), {
        message_id: message.id,
        chat_id: message.chat,
        recall_time: String(settings.now()),
        recall_type: "message_owner",
      }),
    membership: (kind, chat, operator, eventId) =>
      envelope(
        `im.chat.member.bot.${kind}_v1`,
        settings.now(),
        {
          chat_id: chat.id,
          operator_id: userIds(operator),
          external: false,
          operator_tenant_key: settings.tenantKey,
          name: chat.name,
          i18n_names: { zh_cn: "", en_us: chat.name, ja_jp: "" },
        },
        eventId,
      ),
    cardAction: ({ message, user, chosen, token }) =>
      envelope("card.action.trigger", settings.now() * 1000, {
        operator: { tenant_key: settings.tenantKey, ...userIds(user) },
        token,
        action: {
          value: chosen.pressable.value,
          tag: chosen.pressable.tag,
          timezone: "Asia/Shanghai",
          ...(chosen.option === undefined ? {} : { option: chosen.option }),
          ...(chosen.pressable.name === undefined ? {} : { name: chosen.pressable.name }),
        },
        host: "im_message",
        context: { open_message_id: message.id, open_chat_id: message.chat },
      }),
    again: ({ header, event }) => envelope(header.event_type, Number(header.create_time), event),
  };
}
