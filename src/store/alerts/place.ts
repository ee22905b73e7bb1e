import type { Place } from "../../alerts/index.ts";
import { storedKey } from "../stored.ts";

/** A chat as part of a key, or as a condition. The ids that platforms give chats are short enough to be kept as they are. */
export function placeKey({ channel, chat }: Place): Place {
  return { channel: storedKey(channel), chat: storedKey(chat) };
}
