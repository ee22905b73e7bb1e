import type { Answer } from "../cards/index.ts";

/** An answer that says what went wrong also says where the log and the traces have it. */
export function withTraceId(answer: Answer, traceId: string | undefined): Answer {
  return answer.kind === "failure" || answer.kind === "internal" ? { ...answer, traceId } : answer;
}
