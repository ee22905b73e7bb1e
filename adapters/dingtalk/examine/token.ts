import type { Found } from "../../../src/doctor/index.ts";
import { failedBy } from "./found.ts";
import type { DingTalkExamination, Session } from "./session.ts";

/** Whether DingTalk knows the app. */
export async function examineToken({ clientId, apiBase }: DingTalkExamination, { tokens }: Session): Promise<Found> {
  const token = await tokens.get();
  return token.ok
    ? { state: "ok", says: `DingTalk gives the app …${clientId.slice(-4)} access at ${apiBase}.` }
    : failedBy(token.failure);
}
