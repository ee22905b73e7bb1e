import type { Found } from "../../../src/doctor/index.ts";
import { otherCloudOf } from "../domain.ts";
import { appIdPattern, refusalWords } from "../link-refusal.ts";
import { failedBy } from "./found.ts";
import type { LarkExamination, Session } from "./session.ts";

/** Whether the platform knows the app. */
export async function examineToken({ appId, domain: named }: LarkExamination, session: Session): Promise<Found> {
  if (!appIdPattern.test(appId)) {
    const { what, todo } = refusalWords["app-id"];
    return { state: "failed", says: `${what}.`, todo };
  }
  const token = await session.tokens.get();
  if (token.ok) {
    return { state: "ok", says: `Lark gives the app …${appId.slice(-4)} access at ${session.domain}.` };
  }
  const found = failedBy(token.failure);
  const other = otherCloudOf(session.domain);
  if (found.state !== "failed" || token.failure.kind !== "credentials" || other === undefined) {
    return found;
  }
  // The secret is not tried on the other cloud: it is nothing that one should get to know.
  return {
    ...found,
    todo: `${found.todo} channels.lark.domain is ${named}; an app made in the other cloud needs ${other}.`,
  };
}
