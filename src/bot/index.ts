export { type Access, type Asker, type Grant, grantOf, operatorGrant } from "./access.ts";
export {
  type Audit,
  type AuditEntry,
  type Audited,
  type AuditPage,
  type AuditQuery,
  auditDetailSchema,
  auditWordsSchema,
} from "./audit.ts";
export { createBot, type RunningBot } from "./bot.ts";
export type {
  Bot,
  Channel,
  ChatFile,
  Click,
  ClickReply,
  FileLimits,
  FileType,
  Joined,
  Message,
  SendOptions,
  Sent,
  ShowOptions,
  UpdateOptions,
} from "./channel.ts";
export { concealCommand, concealed, concealFilters, concealUsers } from "./conceal.ts";
export { type Delivery, sendKey } from "./deliver.ts";
export type { Desk, DeskCall } from "./desk.ts";
export type { ExportCall, Exported, Exporter, ExportRequest } from "./exporter.ts";
export { linkSignals } from "./linked.ts";
export { faultOf, type Log, withoutAddresses } from "./log.ts";
export {
  type Arrival,
  arrivalKey,
  arrivalSchema,
  type ChannelMemory,
  type Chats,
  type Inbox,
  type Memory,
  type Note,
  type Notes,
  type Showing,
  type ShownCard,
  type ShownCards,
  type Tallies,
  whereOf,
} from "./memory.ts";
export { outcomeOf } from "./outcome.ts";
export { createRun, type Run } from "./run.ts";
export { unfiledAnswer } from "./unfiled.ts";
export { withTraceId } from "./with-trace-id.ts";
export { within } from "./within.ts";
