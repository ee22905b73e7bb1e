import type { FakeLark } from "../../platforms/lark/index.ts";
import { verificationToken } from "./rig.ts";

type Envelope = Parameters<FakeLark["deliver"]>[0];

/** Of the stand-in, unless a test gives it another. */
const appId = "cli_0123456789abcdef";

interface Happening {
  readonly id: string;
  readonly type: string;
  readonly event: object;
}

/** An event as the platform would deliver it, made by hand. */
export function envelope({ id, type, event }: Happening): Envelope {
  return {
    schema: "2.0",
    header: {
      event_id: id,
      event_type: type,
      create_time: String(Date.now()),
      token: verificationToken,
      app_id: appId,
      tenant_key: "tenant0000000000",
    },
    event,
  };
}

interface ClickAbout {
  readonly id: string;
  readonly card: string;
  readonly chat: string;
  readonly user: string;
  readonly command: string;
}

/** A press on a button of the bot, whose id the test knows. */
export function click({ id, card, chat, user, command }: ClickAbout): Envelope {
  const value = { deskhand: 1, command, locale: "en" };
  return callback({ id, card, chat, user, value });
}

/** A press on a button with any value. */
function callback(about: Omit<ClickAbout, "command"> & { readonly value: unknown }): Envelope {
  return envelope({
    id: about.id,
    type: "card.action.trigger",
    event: {
      operator: { open_id: about.user },
      token: "c-by-hand",
      action: { value: about.value, tag: "button" },
      context: { open_message_id: about.card, open_chat_id: about.chat },
    },
  });
}

interface MessageAbout {
  readonly id: string;
  readonly message: string;
  readonly chat: string;
  readonly user: string;
  readonly text: string;
}

/** A message in a 1:1 chat. */
export function message({ id, message: messageId, chat, user, text }: MessageAbout): Envelope {
  return envelope({
    id,
    type: "im.message.receive_v1",
    event: {
      sender: { sender_id: { open_id: user }, sender_type: "user" },
      message: {
        message_id: messageId,
        create_time: String(Date.now()),
        chat_id: chat,
        chat_type: "p2p",
        message_type: "text",
        content: JSON.stringify({ text }),
      },
    },
  });
}
