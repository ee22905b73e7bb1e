import type { Found } from "../../../src/doctor/index.ts";
import { noProxies } from "../../../src/network/index.ts";
import { connect, usualTimes } from "../connection.ts";
import { linkLimits } from "../limits.ts";
import { refusalWords } from "../link-refusal.ts";
import { loadSdk } from "../sdk.ts";
import type { LarkExamination, Session } from "./session.ts";

/** An attempt is given up in time for the check to say so. */
const times = { ...usualTimes, attempt: 15_000, handshake: 8_000 };

const unsaid = "Which events and callbacks are subscribed, Lark does not tell.";

/**
 * Whether the long connection comes about. It is open for a moment beside those of a running bot; what Lark should hand to it
 * just then is left for Lark to deliver again.
 */
export async function examineConnection(
  { appId, appSecret, clock, proxies = noProxies }: LarkExamination,
  { domain, http }: Session,
  signal: AbortSignal,
): Promise<Found> {
  const open = Promise.withResolvers<"open">();
  const connection = connect({
    ...{ sdk: loadSdk(), appId, appSecret: appSecret(), domain, http, clock, proxies },
    times,
    onOpen: () => open.resolve("open"),
    answer: async () => ({ code: 500 }),
    refuse: () => undefined,
  });
  const close = (): void => void connection.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    const how = await Promise.race([open.promise, connection.ended]);
    if (how === "open") {
      return { state: "ok", says: `The long connection was opened, and closed again. ${unsaid}` };
    }
    if (how.kind === "refused") {
      const { what, todo } = refusalWords[how.refusal];
      return { state: "failed", says: how.code === undefined ? `${what}.` : `${what} (code ${how.code}).`, todo };
    }
    const reason = how.kind === "moved" ? "it was moved" : how.reason;
    const usual = `Let this machine open WebSockets to the outside: proxies often do not pass them. Up to ${linkLimits.attempt / 1_000} s are waited for one.`;
    return {
      state: "failed",
      says: `Could not connect to Lark: ${reason}.`,
      todo: (how.kind === "failed" ? how.todo : undefined) ?? usual,
    };
  } finally {
    signal.removeEventListener("abort", close);
    await connection.close();
  }
}
