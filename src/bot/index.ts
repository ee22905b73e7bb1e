export type { Bot, Channel, Click, ClickReply, Message, SendOptions, Sent } from "./channel.ts";
