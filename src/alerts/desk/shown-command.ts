import type { Grant } from "../../bot/index.ts";
import { parse, print } from "../../commands/index.ts";
import { shownFilters } from "../shown-filter.ts";

/**
 * A command as somebody may see it who did not type it: where users are not shown in full, without those that it names. Of what
 * cannot be read nobody knows what it names: undefined.
 */
export function shownCommand(text: string, grant: Pick<Grant, "show">): string | undefined {
  if (grant.show === "full" || text === "") {
    return text;
  }
  const parsed = parse(text);
  if (!parsed.ok) {
    return undefined;
  }
  const { command } = parsed;
  if (command.kind === "audit") {
    return command.users === undefined ? text : undefined;
  }
  return "filters" in command ? print({ ...command, filters: shownFilters(command.filters, grant) }) : text;
}
