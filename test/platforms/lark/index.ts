export type { Code } from "./answers.ts";
export { type Pressable, pressables, type Target } from "./card.ts";
export type { Chat, Chats, ChatType } from "./chats.ts";
export type { Connection, Disturbance } from "./connection.ts";
export type { Envelope, Mention } from "./events.ts";
export { createFakeLark, type FakeLark } from "./fake-lark.ts";
export type { ApiFault, Faults, Pong, Which } from "./faults.ts";
export type { ShownMessage, Version } from "./messages.ts";
export {
  type ClientConfig,
  documentedLimits,
  type FakeLarkOptions,
  type Limits,
  type Mode,
  type WebhookMode,
} from "./options.ts";
export type { Writing } from "./people.ts";
export type { Press, Pressed } from "./press.ts";
export type { Acknowledgement, RequestRecord } from "./record.ts";
export type { Upload } from "./upload-api.ts";
export { encrypt, sign, type Tampering, type WebhookReply } from "./webhook-sender.ts";
