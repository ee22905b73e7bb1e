export { type Access, type AccessRule, type Grant, operatorGrant, type Right, type UserDisplay } from "./access.ts";
export { createBot, type RunningBot } from "./bot.ts";
export type { Bot, Channel, Click, ClickReply, Message, SendOptions, Sent } from "./channel.ts";
export type { Log } from "./log.ts";
export { createRun, type Run } from "./run.ts";
