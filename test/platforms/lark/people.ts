import type { Chat, Chats, ChatType } from "./chats.ts";
import type { Envelope, Envelopes, Mention } from "./events.ts";
import type { Messages } from "./messages.ts";

/** A message that somebody writes; exactly one of `text`, `post`, and `type` with `content`. */
export interface Writing {
  /** A chat that is not there yet is made, with the bot in it. */
  readonly chat: string;
  readonly chatType?: ChatType | undefined;
  /** The open_id of the writer. */
  readonly user: string;
  readonly text?: string | undefined;
  /** The content of a post: { title?, content: [[…]] }. */
  readonly post?: object | undefined;
  readonly type?: string | undefined;
  /** JSON text. */
  readonly content?: string | undefined;
  /** Their keys are @_user_1, @_user_2 … in this order; a text that lacks one begins with it. */
  readonly mentions?: readonly Mention[] | undefined;
  readonly replyTo?: string | undefined;
  /** omt_…: the message stands in this thread. */
  readonly thread?: string | undefined;
  /** `app`: another bot wrote it. */
  readonly senderType?: "user" | "app" | undefined;
  readonly messageId?: string | undefined;
  readonly eventId?: string | undefined;
  /** Epoch milliseconds; now unless given. */
  readonly createTime?: number | undefined;
}

/** What people do in the chats; each is delivered as an event. */
export interface People {
  write(writing: Writing): { readonly messageId: string; readonly eventId: string };
  /** Changes a text. It is told as `im.message.updated_v1`, or once more as a new message with the same message_id. */
  edit(messageId: string, text: string, as?: "updated" | "receive"): void;
  /** Takes a message back, for everybody. */
  recall(messageId: string): void;
  /** Deletes a message: no event tells it. */
  remove(messageId: string): void;
  /** Adds the bot to a chat, which is made when it is not there; gives the id of the event. */
  admit(joining: { readonly chat: string; readonly user: string; readonly eventId?: string | undefined }): string;
  /** Takes the bot out of a chat; gives the id of the event. */
  expel(leaving: { readonly chat: string; readonly user: string; readonly eventId?: string | undefined }): string;
  /** Ends a chat: no event tells it to bots. */
  dissolve(chat: string): void;
}

/** The text with the keys of its mentions. */
function mentioning(text: string, mentions: readonly Mention[]): string {
  const keys = mentions.map((who, index) => (who === "all" ? "@_all" : `@_user_${index + 1}`));
  const missing = keys.filter((key) => !text.includes(key));
  return [...missing, text].join(" ");
}

function contentOf(writing: Writing): { readonly type: string; readonly content: string } {
  const { text, post, type, content, mentions = [] } = writing;
  if (text !== undefined) return { type: "text", content: JSON.stringify({ text: mentioning(text, mentions) }) };
  if (post !== undefined) return { type: "post", content: JSON.stringify(post) };
  if (type !== undefined && content !== undefined) return { type, content };
  throw new Error("a message has a text, a post, or a type and a content");
}

export function createPeople(options: {
  readonly chats: Chats;
  readonly messages: Messages;
  readonly envelopes: Envelopes;
  readonly deliver: (envelope: Envelope) => void;
}): People {
  const { chats, messages, envelopes, deliver } = options;

  function chatOf(id: string): Chat {
    const chat = chats.get(id);
    if (chat === undefined) throw new Error(`there is no chat ${id}`);
    return chat;
  }

  function shown(messageId: string) {
    const message = messages.get(messageId);
    if (message === undefined) throw new Error(`there is no message ${messageId}`);
    return message;
  }

  return {
    write(writing) {
      const { user, chatType = "group", mentions, senderType, eventId } = writing;
      const chat = chats.ensure(writing.chat, chatType, chatType === "p2p" ? user : undefined);
      if (!chat.botIn || chat.dissolved) throw new Error(`the bot hears nothing from ${chat.id}: it is not in there`);
      const message = messages.add({
        ...contentOf(writing),
        chat: chat.id,
        by: "person",
        author: user,
        ...(writing.messageId === undefined ? {} : { id: writing.messageId }),
        ...(writing.createTime === undefined ? {} : { createdAt: writing.createTime }),
        ...(writing.replyTo === undefined ? {} : { replyTo: writing.replyTo }),
        ...(writing.thread === undefined ? {} : { thread: writing.thread }),
      });
      const envelope = envelopes.message(message, chat, { mentions, senderType, eventId });
      deliver(envelope);
      return { messageId: message.id, eventId: envelope.header.event_id };
    },
    edit(messageId, text, as = "updated") {
      messages.change(messageId, JSON.stringify({ text }), "edit");
      const message = shown(messageId);
      const chat = chatOf(message.chat);
      deliver(as === "updated" ? envelopes.edited(message, chat) : envelopes.message(message, chat, {}));
    },
    recall(messageId) {
      messages.recall(messageId);
      deliver(envelopes.recalled(shown(messageId)));
    },
    remove: (messageId) => messages.remove(messageId),
    admit({ chat: id, user, eventId }) {
      const chat = chats.ensure(id);
      chats.admit(id);
      const envelope = envelopes.membership("added", chat, user, eventId);
      deliver(envelope);
      return envelope.header.event_id;
    },
    expel({ chat: id, user, eventId }) {
      chats.expel(id);
      const envelope = envelopes.membership("deleted", chatOf(id), user, eventId);
      deliver(envelope);
      return envelope.header.event_id;
    },
    dissolve: (chat) => chats.dissolve(chat),
  };
}
