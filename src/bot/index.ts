export { type Access, type Grant, operatorGrant } from "./access.ts";
export { createBot, type RunningBot } from "./bot.ts";
export type { Bot, Channel, Click, ClickReply, Joined, Message, SendOptions, Sent } from "./channel.ts";
export { type Count, faultOf, type Log, withoutAddresses } from "./log.ts";
export {
  type Arrival,
  arrivalKey,
  arrivalSchema,
  type Chats,
  type Inbox,
  type Memory,
  type Showing,
  type ShownCard,
  type ShownCards,
  whereOf,
} from "./memory.ts";
export { createRun, type Run } from "./run.ts";
export { within } from "./within.ts";
