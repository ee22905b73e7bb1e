import type { ChatFile, SendOptions, Sent } from "../../src/bot/index.ts";
import type { Api, Asked } from "./api.ts";
import type { Conversation, Conversations } from "./conversations.ts";
import type { Failure } from "./failure.ts";
import { createOnce, type Tried } from "./once.ts";
import { sendLimits } from "./send-limits.ts";
import { fileId, unsent } from "./sent.ts";

export interface SendFileOptions {
  readonly api: Pick<Api, "upload" | "sendGroup" | "sendUser">;
  readonly conversations: Pick<Conversations, "find">;
}

export type SendFile = (chat: string, file: ChatFile, options: SendOptions) => Promise<Sent>;

/**
 * Creates what sends files: uploaded first, then in a message of the robot. Such a message has no key against doubles on the
 * platform: this process sends one a key.
 */
export function createSendFile({ api, conversations }: SendFileOptions): SendFile {
  const once = createOnce();

  async function send(chat: string, file: ChatFile, key: string): Promise<Tried> {
    const conversation = await conversations.find(chat);
    if (conversation.kind === "single" && conversation.staffId === undefined) {
      return refused("Files cannot be sent to people outside of the organisation.");
    }
    const { name, type, path, bytes } = file;
    const uploaded = await api.upload({ type: "file", name, bytes, content: { path } });
    if (!uploaded.ok) {
      // Nobody sees what is only uploaded: it may be uploaded again.
      return { sent: notSent(uploaded.failure, "keyed"), left: false };
    }
    const asked = await sendByRobot(chat, conversation, { mediaId: uploaded.value, fileName: name, fileType: type });
    return asked.ok
      ? { sent: { ok: true, message: fileId(key), certain: true }, left: true }
      : { sent: notSent(asked.failure, "unkeyed"), left: asked.failure.maybeSent };
  }

  function sendByRobot(chat: string, { kind, staffId }: Conversation, param: object): Promise<Asked<undefined>> {
    return kind === "single" && staffId !== undefined
      ? api.sendUser(staffId, "sampleFile", param)
      : api.sendGroup(chat, "sampleFile", param);
  }

  return async (chat, file, { key }) => {
    const problem = problemOf(file);
    return problem === undefined ? once.send(key, () => send(chat, file, key)) : refused(problem).sent;
  };
}

/** Where the month's calls are spent, more tries only cost calls that are not there. */
function notSent(failure: Failure, keyed: "keyed" | "unkeyed"): Sent {
  const sent = unsent(failure, keyed);
  return sent.ok || failure.kind !== "quota" ? sent : { ...sent, recoverable: false };
}

/** What DingTalk would not take (document "Upload media files"). */
function problemOf({ type, bytes }: ChatFile): string | undefined {
  if (type !== "xlsx" && type !== "zip") {
    return `DingTalk takes no files of type ${type}: send xlsx or zip.`;
  }
  if (bytes <= 0) {
    return "An empty file cannot be sent.";
  }
  return bytes > sendLimits.fileBytes ? `DingTalk takes files of ${sendLimits.fileBytes} bytes at most.` : undefined;
}

function refused(reason: string): Tried {
  return { sent: { ok: false, recoverable: false, reason }, left: false };
}
