import { concealCommand, type Grant } from "../../bot/index.ts";
import { parse, print } from "../../commands/index.ts";

/**
 * A command as somebody may see it who did not type it: where users are not shown in full, without those that it names. Of what
 * cannot be read nobody knows what it names: undefined.
 */
export function shownCommand(text: string, grant: Pick<Grant, "show">): string | undefined {
  if (grant.show === "full" || text === "") {
    return text;
  }
  const parsed = parse(text);
  return parsed.ok ? print(concealCommand(parsed.command, grant.show)) : undefined;
}
