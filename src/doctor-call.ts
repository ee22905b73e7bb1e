import { parseArgs } from "node:util";
import type { ChatToTry } from "./parts/index.ts";

/** What was typed after `npm run doctor --`. */
export interface DoctorCall {
  readonly config: string | undefined;
  readonly format: "text" | "json";
  readonly chatToTry: ChatToTry | undefined;
}

/** Reads the options; a sentence when they make no call. */
export function readDoctorCall(argv: readonly string[]): DoctorCall | string {
  try {
    const { config, json, chat, channel } = parseArgs({
      args: [...argv],
      options: {
        config: { type: "string" },
        json: { type: "boolean" },
        chat: { type: "string" },
        channel: { type: "string" },
      },
    }).values;
    const chatToTry = readChat(chat, channel);
    return typeof chatToTry === "string" ? chatToTry : { config, format: json === true ? "json" : "text", chatToTry };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The chat that gets a card. Whose it is, its id tells, unless that is said. */
function readChat(chat: string | undefined, channel: string | undefined): ChatToTry | string | undefined {
  if (chat === undefined) {
    return channel === undefined ? undefined : "--channel says whose the chat of --chat is: name one.";
  }
  if (channel !== undefined && channel !== "lark" && channel !== "dingtalk") {
    return `--channel is lark or dingtalk, not ${channel}.`;
  }
  const meant = channel ?? (chat.startsWith("oc_") ? "lark" : chat.startsWith("cid") ? "dingtalk" : undefined);
  return meant === undefined
    ? "Whose chat is that? Add --channel lark or --channel dingtalk."
    : { channel: meant, chat };
}
