import { z } from "zod";
import type { ApiAnswer } from "../server.ts";
import { oldRefusal, refusal, success } from "./answers.ts";
import type { Directory } from "./directory.ts";
import type { Faults } from "./faults.ts";
import { isMsgKey, isWebhookType, type ReadMessage, readRobotMessage, readWebhookMessage } from "./message-types.ts";
import type { Settings } from "./options.ts";
import { sentence } from "./sentence.ts";
import type { Sessions } from "./sessions.ts";
import type { Shows } from "./shown.ts";
import type { Uploads } from "./upload-api.ts";

/** The calls that send messages. */
export interface RobotApi {
  /** POST /v1.0/robot/groupMessages/send. */
  group(body: unknown): ApiAnswer;
  /** POST /v1.0/robot/oToMessages/batchSend. */
  direct(body: unknown): ApiAnswer;
  /** POST to a session webhook; `session` is the secret of its address. */
  webhook(session: string | null, body: unknown, bytes: number): ApiAnswer;
}

const groupBody = z.strictObject({
  robotCode: z.string(),
  openConversationId: z.string(),
  msgKey: z.string(),
  msgParam: z.string(),
});
const directBody = z.strictObject({
  robotCode: z.string(),
  userIds: z.array(z.string()),
  msgKey: z.string(),
  msgParam: z.string(),
});

/** Bytes of `msgParam`, and of what a session webhook takes. */
const paramBytes = 15_000;
const webhookBytes = 20_000;
/** Receivers of one call. */
const mostUsers = 20;

export function createRobotApi(options: {
  readonly settings: Settings;
  readonly directory: Directory;
  readonly shows: Shows;
  readonly uploads: Uploads;
  readonly sessions: Sessions;
  readonly faults: Pick<Faults, "throttled">;
}): RobotApi {
  const { settings, directory, shows, uploads, sessions } = options;

  const wrongBody = (error: z.ZodError): ApiAnswer => refusal("invalidParameter.param.invalid", sentence(error));

  function wrongRobot(robotCode: string): ApiAnswer | undefined {
    if (robotCode === "") return refusal("invalidParameter.robotCode.empty");
    return robotCode === settings.robotCode ? undefined : refusal("invalidParameter.robotCode.notExsit");
  }

  function read(msgKey: string, msgParam: string): Extract<ReadMessage, { ok: true }> | ApiAnswer {
    if (!isMsgKey(msgKey)) return refusal("invalidParameter.msgKey.invalid", msgKey);
    const bytes = Buffer.byteLength(msgParam);
    if (bytes > paramBytes) return refusal("invalidParameter.msgParam.tooLong", `${bytes} bytes`);
    const message = readRobotMessage(msgKey, msgParam, uploads);
    return message.ok ? message : refusal("invalidParameter.msgParam.invalid", message.why);
  }

  return {
    group(body) {
      const given = groupBody.safeParse(body);
      if (!given.success) return wrongBody(given.error);
      const { robotCode, openConversationId, msgKey, msgParam } = given.data;
      const wrong = wrongRobot(robotCode);
      if (wrong !== undefined) return wrong;
      if (openConversationId === "") return refusal("invalidParameter.openConversationId.empty");
      const message = read(msgKey, msgParam);
      if ("status" in message) return message;
      const chat = directory.chat(openConversationId);
      if (chat === undefined || !chat.group || !chat.robotIn) return refusal("conversation.org.notMatch");
      const { kind, content } = message;
      const shown = shows.add({ chat: chat.id, via: "robot", kind, content });
      return success({ processQueryKey: shown.id });
    },
    direct(body) {
      const given = directBody.safeParse(body);
      if (!given.success) return wrongBody(given.error);
      const { robotCode, userIds, msgKey, msgParam } = given.data;
      const wrong = wrongRobot(robotCode);
      if (wrong !== undefined) return wrong;
      if (userIds.length === 0) return refusal("invalidParameter.userIds.empty");
      if (userIds.length > mostUsers) return refusal("invalidParameter.userIds.overMax", `${userIds.length} userIds`);
      const message = read(msgKey, msgParam);
      if ("status" in message) return message;
      const { kind, content } = message;
      const invalidStaffIdList = userIds.filter((id) => directory.staff(id) === undefined);
      const known = userIds.filter((id) => directory.staff(id) !== undefined);
      const flowControlledStaffIdList = known.filter((id) => options.faults.throttled.has(id));
      const reached = known.filter((id) => !options.faults.throttled.has(id));
      const shown = reached.map((id) => shows.add({ chat: directory.single(id).id, via: "robot", kind, content }));
      return success({ processQueryKey: shown[0]?.id ?? "", invalidStaffIdList, flowControlledStaffIdList });
    },
    webhook(session, body, bytes) {
      const chat = directory.chat(sessions.chatOf(session) ?? "");
      if (chat === undefined || !chat.robotIn) return oldRefusal(300001);
      if (bytes > webhookBytes) return oldRefusal(460101, `${bytes} bytes`);
      if (!isWebhookType(body)) return oldRefusal(400105);
      const message = readWebhookMessage(body);
      if (!message.ok) return oldRefusal(40035, message.why);
      shows.add({ chat: chat.id, via: "webhook", kind: message.kind, content: message.content });
      return success({ errcode: 0, errmsg: "ok" });
    },
  };
}
