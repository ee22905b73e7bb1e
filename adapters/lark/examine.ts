import type { Check, Found } from "../../src/doctor/index.ts";
import { noMeter } from "../../src/telemetry/index.ts";
import { baseUrlOf } from "./domain.ts";
import { examineBot } from "./examine/bot.ts";
import { examineCard } from "./examine/card.ts";
import { examineConnection } from "./examine/connection.ts";
import { examinePermissions } from "./examine/permissions.ts";
import { type LarkExamination, type Session, silent } from "./examine/session.ts";
import { examineToken } from "./examine/token.ts";
import { examineWebhook } from "./examine/webhook.ts";
import { createSdkHttp } from "./http.ts";
import { limits } from "./limits.ts";
import { createLarkTokens } from "./token.ts";

/**
 * The checks of Lark, in the order in which they make sense. Each opens what it needs and leaves nothing open. They read, but
 * for the one that sends a card to `chat`; a long connection is open for a moment, and leaves events to other processes.
 */
export function larkChecks(options: LarkExamination): readonly Check[] {
  const domain = baseUrlOf(options.domain);

  /** Several exchanges, each with a deadline of its own, have to end before the check has to. */
  const asking = (name: string, needs: readonly string[], exchanges: number, look: Look): Check => ({
    ...{ part: "lark", name, needs, deadline: exchanges * limits.exchange + 2_000 },
    look: (signal) => inSession({ ...options, domain }, signal, look),
  });

  const events =
    options.events === "websocket"
      ? asking("long connection", ["token"], 4, (session, signal) => examineConnection(options, session, signal))
      : asking("webhook", ["token"], 1, async () => examineWebhook(options));
  const { chat } = options;
  const card: readonly Check[] =
    chat === undefined
      ? []
      : [asking("a card to a chat", ["token", "bot"], 6, (session) => examineCard({ ...options, chat }, session))];
  return [
    asking("token", [], 1, (session) => examineToken(options, session)),
    asking("bot", ["token"], 2, examineBot),
    asking("permissions", ["token"], 2, examinePermissions),
    events,
    ...card,
  ];
}

type Look = (session: Session, signal: AbortSignal) => Promise<Found>;

async function inSession(options: LarkExamination, signal: AbortSignal, look: Look): Promise<Found> {
  const { domain, clock, proxies } = options;
  const http = createSdkHttp({ timeout: limits.exchange, clock, proxies });
  const close = (): void => http.stop();
  signal.addEventListener("abort", close, { once: true });
  try {
    const tokens = createLarkTokens({ ...options, http, log: silent, meter: noMeter });
    return await look({ domain, http, tokens }, signal);
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}
