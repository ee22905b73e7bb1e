import { z } from "zod";
import { createRate } from "../rate.ts";
import type { ApiAnswer } from "../server.ts";
import { refusal, success } from "./answers.ts";
import { isShared } from "./card.ts";
import type { Chat, Chats } from "./chats.ts";
import type { Messages, ShownMessage } from "./messages.ts";
import type { Settings } from "./options.ts";
import type { Presses } from "./press.ts";
import type { Uploads } from "./upload-api.ts";

/** The calls about messages. `size` is the length of the whole request body in bytes. */
export interface MessageApi {
  create(query: URLSearchParams, body: unknown, size: number): ApiAnswer;
  reply(id: string, body: unknown, size: number): ApiAnswer;
  patch(id: string, body: unknown, size: number): ApiAnswer;
  recall(id: string): ApiAnswer;
  /** GET of one message. A card comes as it was sent where `card_msg_content_type` asks for that. */
  read(id: string, query: URLSearchParams): ApiAnswer;
  /** POST /open-apis/interactive/v1/card/update. */
  delayedUpdate(body: unknown, size: number): ApiAnswer;
}

const content = z.object({ msg_type: z.string(), content: z.string(), uuid: z.string().max(50).optional() });
const createBody = content.extend({ receive_id: z.string() });
const replyBody = content.extend({ reply_in_thread: z.boolean().optional() });
const patchBody = z.object({ content: z.string() });
const updateBody = z.object({ token: z.string(), card: z.record(z.string(), z.unknown()) });
type Content = z.infer<typeof content>;

const hour = 3_600_000;
const day = 24 * hour;
/** Of a callback's token (document "Delayed update of cards"). */
const tokenLife = hour / 2;
const tokenUses = 2;

const asText = z.object({ text: z.string().min(1) });
const asFile = z.object({ file_key: z.string() });
const asImage = z.object({ image_key: z.string() });

export function createMessageApi(options: {
  readonly settings: Settings;
  readonly messages: Messages;
  readonly chats: Chats;
  readonly presses: Presses;
  readonly uploads: Uploads;
  readonly ids: (prefix: string) => string;
}): MessageApi {
  const { settings, messages, chats } = options;
  const { limits, now } = settings;
  const uuids = new Map<string, { readonly id: string; readonly at: number }>();
  const chatRate = createRate(1000);
  const updateRate = createRate(1000);

  function wrongBody(error: z.ZodError): ApiAnswer {
    const issue = error.issues[0];
    return refusal(230001, `${issue?.path.join(".") || "body"}: ${issue?.message ?? "invalid"}`);
  }

  function wrongCard(card: string): ApiAnswer | undefined {
    const wrong = settings.checkCard(card);
    if (wrong.length === 0) return undefined;
    return refusal(230099, `ErrCode: 200621; ErrMsg: parse card json err; ErrPath: ${wrong.slice(0, 3).join(" | ")};`);
  }

  function wrongContent(given: Content): ApiAnswer | undefined {
    let value: unknown;
    try {
      value = JSON.parse(given.content);
    } catch {
      return refusal(230001, "content is not a string in json format");
    }
    switch (given.msg_type) {
      case "interactive":
        return wrongCard(given.content);
      case "text":
        return asText.safeParse(value).success ? undefined : refusal(230001, "text can not be empty");
      case "file": {
        const file = asFile.safeParse(value);
        const known = file.success && options.uploads.get(file.data.file_key) !== undefined;
        return known ? undefined : refusal(230001, "invalid file_key");
      }
      case "image": {
        const image = asImage.safeParse(value);
        const known = image.success && options.uploads.get(image.data.image_key) !== undefined;
        return known ? undefined : refusal(230001, "invalid image_key");
      }
      case "post":
        return undefined;
      default:
        return refusal(230001, "invalid msg_type");
    }
  }

  function tooLong(type: string, size: number): ApiAnswer | undefined {
    const limit = type === "text" ? limits.textBytes : limits.cardBytes;
    return limit > 0 && size > limit ? refusal(230025) : undefined;
  }

  function wrongChat(chat: Chat | undefined): ApiAnswer | undefined {
    if (chat?.dissolved === true) return refusal(232009);
    return chat === undefined || !chat.botIn ? refusal(230002) : undefined;
  }

  const described = (message: ShownMessage): ApiAnswer => success(facts(message));

  function facts(message: ShownMessage) {
    return {
      message_id: message.id,
      ...(message.root === undefined ? {} : { root_id: message.root }),
      ...(message.replyTo === undefined ? {} : { parent_id: message.replyTo }),
      ...(message.thread === undefined ? {} : { thread_id: message.thread }),
      msg_type: message.type,
      create_time: String(message.createdAt),
      update_time: String(message.versions.at(-1)?.at ?? message.createdAt),
      deleted: message.state !== "shown",
      updated: message.versions.length > 1,
      chat_id: message.chat,
      sender: { id: settings.appId, id_type: "app_id", sender_type: "app", tenant_key: settings.tenantKey },
      body: { content: message.content },
    };
  }

  function readAs(message: ShownMessage, how: string | null): ShownMessage {
    const isProjected = message.type === "interactive" && how !== "user_card_content";
    return isProjected ? { ...message, content: JSON.stringify({ title: "", elements: [] }) } : message;
  }

  /** The message that the same uuid gave within the last hour. */
  function earlier(uuid: string | undefined): ShownMessage | undefined {
    const entry = uuid === undefined ? undefined : uuids.get(uuid);
    return entry !== undefined && now() - entry.at < hour ? messages.get(entry.id) : undefined;
  }

  function post(
    given: Content,
    chat: Chat | undefined,
    size: number,
    parent?: ShownMessage,
    thread?: string,
  ): ApiAnswer {
    const before = earlier(given.uuid);
    if (before !== undefined) return described(before);
    const wrong = wrongChat(chat) ?? tooLong(given.msg_type, size) ?? wrongContent(given);
    if (wrong !== undefined || chat === undefined) return wrong ?? refusal(230002);
    if (chatRate.take(chat.id, limits.chatPerSecond, now()) > 0) return refusal(230020);
    const message = messages.add({
      chat: chat.id,
      by: "bot",
      author: settings.botOpenId,
      type: given.msg_type,
      content: given.content,
      ...(parent === undefined ? {} : { replyTo: parent.id }),
      ...(thread === undefined ? {} : { thread }),
      ...(given.uuid === undefined ? {} : { uuid: given.uuid }),
    });
    if (given.uuid !== undefined) {
      uuids.set(given.uuid, { id: message.id, at: now() });
      if (uuids.size > settings.keep) uuids.delete(uuids.keys().next().value ?? "");
    }
    return described(message);
  }

  function gone(message: ShownMessage): ApiAnswer | undefined {
    if (message.state === "recalled") return refusal(230011);
    return message.state === "deleted" ? refusal(230110) : undefined;
  }

  function changeable(message: ShownMessage): ApiAnswer | undefined {
    if (message.by !== "bot") return refusal(230017);
    const missing = gone(message);
    if (missing !== undefined) return missing;
    if (limits.updateDays > 0 && now() - message.createdAt > limits.updateDays * day) return refusal(230031);
    if (message.type !== "interactive") return refusal(230054);
    if (!isShared(message.content)) return refusal(230099, "ErrMsg: the card was sent without update_multi;");
    // Whoever sends a change while a callback is open has followed every rule and is still refused: no complaint.
    return message.locks > 0 ? { ...refusal(230099, "ErrMsg: card action is lock;"), blame: undefined } : undefined;
  }

  function newCard(message: ShownMessage, card: string, size: number): ApiAnswer | undefined {
    const wrong = changeable(message) ?? tooLong("interactive", size) ?? wrongCard(card);
    if (wrong !== undefined) return wrong;
    if (!isShared(card)) return refusal(230099, "ErrMsg: update_multi is to be true;");
    return updateRate.take(message.id, limits.updatesPerSecond, now()) > 0 ? refusal(230020) : undefined;
  }

  return {
    create(query, body, size) {
      const read = createBody.safeParse(body);
      if (!read.success) return wrongBody(read.error);
      const { receive_id: receiver } = read.data;
      switch (query.get("receive_id_type")) {
        case "chat_id":
          return /^oc_[\w-]+$/.test(receiver)
            ? post(read.data, chats.get(receiver), size)
            : refusal(230001, "invalid receive_id");
        case "open_id":
          return /^ou_[\w-]+$/.test(receiver)
            ? post(read.data, chats.of(receiver) ?? chats.ensure(options.ids("oc_"), "p2p", receiver), size)
            : refusal(230001, "invalid receive_id");
        default:
          return refusal(230001, "receive_id_type is to be chat_id or open_id here");
      }
    },
    reply(id, body, size) {
      const read = replyBody.safeParse(body);
      if (!read.success) return wrongBody(read.error);
      const parent = messages.get(id);
      if (parent === undefined) return refusal(230001, "invalid message_id");
      const missing = earlier(read.data.uuid) === undefined ? gone(parent) : undefined;
      if (missing !== undefined) return missing;
      // What is answered in a thread stays in it (document "Reply to a message").
      const thread = parent.thread ?? (read.data.reply_in_thread === true ? options.ids("omt_") : undefined);
      return post(read.data, chats.get(parent.chat), size, parent, thread);
    },
    patch(id, body, size) {
      const read = patchBody.safeParse(body);
      if (!read.success) return wrongBody(read.error);
      const message = messages.get(id);
      if (message === undefined) return refusal(230001, "invalid message_id");
      const wrong = newCard(message, read.data.content, size);
      if (wrong !== undefined) return wrong;
      messages.change(id, read.data.content, "patch");
      return success({});
    },
    read(id, query) {
      const message = messages.get(id);
      if (message === undefined) return refusal(230001, "invalid message_id");
      const wrong = gone(message) ?? wrongChat(chats.get(message.chat));
      return wrong ?? success({ items: [facts(readAs(message, query.get("card_msg_content_type")))] });
    },
    recall(id) {
      const message = messages.get(id);
      if (message === undefined) return refusal(230001, "invalid message_id");
      if (message.by !== "bot") return refusal(230017);
      const missing = gone(message);
      if (missing !== undefined) return missing;
      messages.recall(id);
      return success({});
    },
    delayedUpdate(body, size) {
      const read = updateBody.safeParse(body);
      if (!read.success) return wrongBody(read.error);
      const token = options.presses.token(read.data.token);
      const message = token === undefined ? undefined : messages.get(token.message);
      if (token === undefined || message === undefined) return refusal(300020);
      if (now() - token.at > tokenLife) return refusal(300030);
      if (token.uses >= tokenUses) return refusal(300040);
      // The document: before the callback is answered such an update fails, or is undone by the answer.
      if (token.open) return refusal(300020, "the callback is not answered yet");
      const card = JSON.stringify(read.data.card);
      const wrong = newCard(message, card, size);
      if (wrong !== undefined) return wrong;
      token.uses += 1;
      messages.change(message.id, card, "token");
      return success({});
    },
  };
}
