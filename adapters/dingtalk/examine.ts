import type { Check, Found } from "../../src/doctor/index.ts";
import { createHttp } from "../../src/platform/index.ts";
import { noMeter } from "../../src/telemetry/index.ts";
import { createApi } from "./api.ts";
import { apiLimits } from "./api-limits.ts";
import type { MonthCalls } from "./calls.ts";
import { examineCard } from "./examine/card.ts";
import { examineCardPermission, examineRobot } from "./examine/permissions.ts";
import { examineQuota } from "./examine/quota.ts";
import { type DingTalkExamination, type Session, silent } from "./examine/session.ts";
import { examineStream } from "./examine/stream.ts";
import { examineTemplate } from "./examine/template.ts";
import { examineToken } from "./examine/token.ts";
import { createDingTalkPace } from "./pace.ts";
import { createDingTalkTokens } from "./token.ts";

/**
 * The checks of DingTalk, in the order in which they make sense. Each opens what it needs and leaves nothing open. Without a
 * `chat` nobody gets anything; two calls of the month are made to learn of permissions. A stream is open for a moment, and
 * leaves messages to other processes.
 */
export function dingtalkChecks(options: DingTalkExamination): readonly Check[] {
  /** Several exchanges, each with a deadline of its own, have to end before the check has to. */
  const asking = (name: string, needs: readonly string[], exchanges: number, look: Look): Check => ({
    ...{ part: "dingtalk", name, needs, deadline: exchanges * apiLimits.exchange + 2_000 },
    look: (signal) => inSession(options, signal, look),
  });

  const { chat } = options;
  const card: readonly Check[] =
    chat === undefined
      ? []
      : [asking("a card to a chat", ["token"], 5, (session) => examineCard({ ...options, chat }, session))];
  return [
    asking("token", [], 1, (session) => examineToken(options, session)),
    asking("stream", ["token"], 4, (session, signal) => examineStream(options, session, signal)),
    asking("robot", ["token"], 2, examineRobot),
    asking("cards", ["token"], 2, examineCardPermission),
    asking("template", [], 1, async () => examineTemplate(options)),
    asking("calls", [], 1, () => examineQuota(options)),
    ...card,
  ];
}

type Look = (session: Session, signal: AbortSignal) => Promise<Found>;

async function inSession(options: DingTalkExamination, signal: AbortSignal, look: Look): Promise<Found> {
  const { exchange: timeout, answerBytes: longest, connections } = apiLimits;
  const { clock, proxies } = options;
  const about = { ...options, log: silent, meter: noMeter };
  const http = createHttp({ clock, timeout, longest, connections, proxies });
  const tokens = createDingTalkTokens({ ...about, http });
  const pace = createDingTalkPace(options);
  const { calls, spent } = createOwnCalls();
  const api = createApi({ ...about, http, tokens, calls, pace, tries: 1 });
  const close = (): void => {
    api.stop();
    pace.stop();
    http.stop();
  };
  signal.addEventListener("abort", close, { once: true });
  try {
    return await look({ http, tokens, api, spent }, signal);
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

/** Counts for itself alone: what is examined writes nothing to the store. */
function createOwnCalls(): { readonly calls: MonthCalls; readonly spent: () => number } {
  let made = 0;
  const nothing = (): void => undefined;
  return {
    spent: () => made,
    calls: {
      called() {
        made += 1;
      },
      ...{ pushed: nothing, spent: nothing, succeeded: nothing },
      sparing: () => false,
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    },
  };
}
