import type { CommandProblem } from "../commands/index.ts";
import { type Context, found } from "./describe.ts";
import type { Found, Path } from "./problem.ts";

/** What is wrong with a text that cannot be read as filters. */
export function describeFilter(context: Context, path: Path, text: string, { span, nearest }: CommandProblem): Found {
  const part = context.shown.part(path, text.slice(span.start, span.end) || text);
  const message = part === undefined ? "this is not a filter" : `${part} is not a filter`;
  const example = "write it as after /runtimes, such as group=rg-finance";
  return found(context, path, message, nearest === undefined ? example : `did you mean ${nearest}?`);
}
