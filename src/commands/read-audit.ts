import { type Command, defaultAuditDays, defaultSize } from "./command.ts";
import { gatherAll, wordOf } from "./gather.ts";
import { findKey, takes } from "./keys.ts";
import { quote } from "./print.ts";
import { isOutline, type Outline, type Read } from "./problem.ts";
import type { Token } from "./token.ts";

/** `/audit` and what follows it; alone, it asks for the last day. */
export function readAudit(tokens: readonly Token[], text: string): Read<Command> {
  const stray = strayWord(tokens, text);
  if (stray !== undefined) {
    return stray;
  }
  const gathered = gatherAll("audit", tokens, text);
  if (isOutline(gathered)) {
    return gathered;
  }
  const { user: users } = gathered.filters;
  const { days = String(defaultAuditDays), size = String(defaultSize), page = "1", until } = gathered.options;
  return {
    kind: "audit",
    ...(users !== undefined && { users }),
    ...{ days: Number(days), page: Number(page), size: Number(size) },
    ...(until !== undefined && { until }),
  };
}

/** What stands without a key is how many days back, or whose doing. */
function strayWord(tokens: readonly Token[], text: string): Outline | undefined {
  const token = tokens.find(({ key }) => key === undefined);
  const word = token && wordOf(token, text);
  const named = word === undefined ? undefined : findKey(word);
  if (token === undefined || word === undefined || (named !== undefined && takes("audit", named))) {
    return undefined;
  }
  const [, days] = /^(\d{1,3})(?:d|days?|天)?$/iu.exec(word.normalize("NFKC")) ?? [];
  const nearest = days === undefined ? `user=${quote(word, "value")}` : `days=${days}`;
  return { kind: "unknown-word", word, span: token, nearest };
}
