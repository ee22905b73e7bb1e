import type { Found } from "../../../src/doctor/index.ts";
import { noProxies } from "../../../src/network/index.ts";
import { connect } from "../connection.ts";
import { linkLimits } from "../link-limits.ts";
import { refusalWords } from "../link-refusal.ts";
import { loadSdk } from "../stream-client.ts";
import type { DingTalkExamination, Session } from "./session.ts";

/** An attempt is given up in time for the check to say so. */
const times = { ...linkLimits, attempt: 15_000 };

/**
 * Whether the stream comes about. It is open for a moment beside those of a running bot; what DingTalk should hand to it just
 * then is not acknowledged, so that it is delivered again.
 */
export async function examineStream(
  { clientId, clientSecret, apiBase, clock, proxies = noProxies }: DingTalkExamination,
  { http }: Session,
  signal: AbortSignal,
): Promise<Found> {
  const open = Promise.withResolvers<"open">();
  const connection = connect({
    ...{ sdk: loadSdk(), clientId, clientSecret: clientSecret(), apiBase, http, clock, proxies, times },
    onOpen: () => open.resolve("open"),
    answer: async () => undefined,
    refuse: () => undefined,
    onPush: () => undefined,
  });
  const close = (): void => void connection.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    const how = await Promise.race([open.promise, connection.ended]);
    if (how === "open") {
      return { state: "ok", says: "The stream was opened, and closed again." };
    }
    if (how.kind === "refused") {
      const { what, todo } = refusalWords[how.refusal];
      return { state: "failed", says: how.code === undefined ? `${what}.` : `${what} (code ${how.code}).`, todo };
    }
    const reason = how.kind === "moved" ? "it was moved" : how.reason;
    return {
      state: "failed",
      says: `Could not connect to DingTalk: ${reason}.`,
      todo:
        (how.kind === "failed" ? how.todo : undefined) ??
        "Let this machine open WebSockets to the outside: proxies often do not pass them.",
    };
  } finally {
    signal.removeEventListener("abort", close);
    await connection.close();
  }
}
