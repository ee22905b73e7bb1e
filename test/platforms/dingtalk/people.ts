import type { Delivery } from "./delivery.ts";
import type { Chat, Directory, Person } from "./directory.ts";
import { linksOf } from "./markdown.ts";
import type { Settings } from "./options.ts";
import type { Sessions } from "./sessions.ts";
import type { Shows } from "./shown.ts";

/** A message that somebody writes; one of `text`, `richText`, and `msgtype` with `content`. */
export interface Writing {
  /** A chat that is not there yet is made; the writer's 1:1 chat unless given. */
  readonly chat?: string | undefined;
  /** Whether a new chat is a group; it is unless it is left out. */
  readonly group?: boolean | undefined;
  readonly title?: string | undefined;
  /** Who writes; somebody unknown becomes a member of staff. */
  readonly user: string;
  readonly nick?: string | undefined;
  readonly outsider?: boolean | undefined;
  readonly text?: string | undefined;
  readonly richText?: readonly object[] | undefined;
  readonly msgtype?: string | undefined;
  readonly content?: object | undefined;
  readonly msgId?: string | undefined;
  /** Epoch milliseconds; now unless given. */
  readonly createdAt?: number | undefined;
  /** Fields of the frame's data that are to be otherwise; undefined leaves one out. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

export interface Written {
  readonly msgId: string;
  readonly chat: string;
}

/** A dtmd link that somebody taps. */
export interface Tap {
  /** The id of the message. */
  readonly message: string;
  readonly user: string;
  /** The words of the link; arrows and icons beside the words may be left out. */
  readonly label: string;
}

/** What people do in the chats; each is delivered to the robot. */
export interface People {
  /** In groups the robot is mentioned: it hears nothing else there. */
  write(writing: Writing): Written;
  /** Taps a link that sends its text as the tapping person. Throws when there is none with this label. */
  tap(tap: Tap): Written;
}

const sending = "dtmd://dingtalkclient/sendMessage?content=";

export function createPeople(options: {
  readonly settings: Settings;
  readonly directory: Directory;
  readonly shows: Shows;
  readonly sessions: Sessions;
  readonly delivery: Delivery;
  readonly ids: (prefix: string) => string;
}): People {
  const { settings, directory, shows } = options;
  const robotId = `$:LWCP_v1:$${Buffer.from(settings.robotCode).toString("base64")}`;

  function writer({ user, nick, outsider }: Writing): Person {
    const known = directory.person(user);
    if (known !== undefined && nick === undefined && outsider === undefined) return known;
    return directory.add({ id: user, nick, outsider });
  }

  function place({ chat, group, title }: Writing, person: Person): Chat {
    const known = directory.chat(chat ?? "");
    if (known !== undefined) return known;
    return chat !== undefined && group !== false ? directory.group(chat, title) : directory.single(person.id, chat);
  }

  function said({ text, richText, msgtype, content }: Writing, chat: Chat): object {
    // A group's message keeps the blank after the mention that was taken out of it.
    const blank = chat.group ? " " : "";
    if (text !== undefined) return { msgtype: "text", text: { content: `${blank}${text}` } };
    if (richText !== undefined) return { msgtype: "richText", content: { richText } };
    if (msgtype !== undefined) return { msgtype, ...(content === undefined ? {} : { content }) };
    throw new Error("a message has a text, a richText, or a msgtype");
  }

  function dataOf(writing: Writing, person: Person, chat: Chat, msgId: string): object {
    const session = options.sessions.open(chat.id);
    const inGroup = {
      conversationTitle: chat.title,
      isInAtList: true,
      atUsers: [{ dingtalkId: robotId }],
    };
    return {
      conversationId: chat.id,
      conversationType: chat.group ? "2" : "1",
      ...(chat.group ? inGroup : {}),
      msgId,
      senderNick: person.nick,
      ...(person.staffId === undefined ? {} : { senderStaffId: person.staffId, senderCorpId: settings.corpId }),
      senderId: person.senderId,
      senderPlatform: "Mac",
      chatbotCorpId: settings.corpId,
      chatbotUserId: robotId,
      isAdmin: false,
      createAt: writing.createdAt ?? settings.now(),
      sessionWebhook: session.url,
      sessionWebhookExpiredTime: session.ends,
      robotCode: settings.robotCode,
      ...said(writing, chat),
      ...writing.data,
    };
  }

  function write(writing: Writing): Written {
    const person = writer(writing);
    const chat = place(writing, person);
    if (!chat.robotIn) throw new Error(`the robot hears nothing from ${chat.id}: it is not in there`);
    const msgId = writing.msgId ?? options.ids("msgid");
    options.delivery.message(msgId, dataOf(writing, person, chat, msgId));
    return { msgId, chat: chat.id };
  }

  return {
    write,
    tap({ message, user, label }) {
      const shown = shows.get(message);
      if (shown === undefined) throw new Error(`nothing is shown with the id ${message}`);
      const links = linksOf(shown.content.text ?? "").filter(({ url }) => url.startsWith(sending));
      const link = links.find(({ text }) => text === label) ?? links.find(({ text }) => text.includes(label));
      if (link === undefined) {
        const there = links.map(({ text }) => `"${text}"`).join(", ");
        throw new Error(`there is no link "${label}" to tap; the message has: ${there || "none"}`);
      }
      return write({ chat: shown.chat, user, text: decodeURIComponent(link.url.slice(sending.length)) });
    },
  };
}
