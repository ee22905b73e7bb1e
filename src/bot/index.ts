export { type Access, type Grant, operatorGrant } from "./access.ts";
export { createBot, type RunningBot } from "./bot.ts";
export type { Bot, Channel, Click, ClickReply, Message, Sent } from "./channel.ts";
export type { Log } from "./log.ts";
export { createRun, type Run } from "./run.ts";
