import { type Command, defaultSize, parse, print } from "../../commands/index.ts";
import type { Filters } from "../../fleet/index.ts";
import type { Button } from "../card.ts";
import { askable, button } from "../parts.ts";

/** A button of a command that holds ids; undefined where nothing can be asked for with them. */
export function pressable(
  label: string,
  command: Command,
  role: Button["role"] = "other",
  style: Button["style"] = "default",
): Button | undefined {
  const text = askable(command);
  return text === undefined ? undefined : button(label, text, role, style);
}

/** The canonical text of a command that is put together as a text, such as one with a stored filter; undefined when it has none. */
export function readText(text: string): string | undefined {
  const parsed = parse(text.trim());
  return parsed.ok ? print(parsed.command) : undefined;
}

/** The command that shows one runtime, or lists several, by their ids; undefined when these cannot be asked for. */
export function detailsOf(ids: readonly string[]): string | undefined {
  const all = [...new Set(ids)];
  const [only] = all;
  if (only === undefined) {
    return undefined;
  }
  return all.length === 1 ? askable({ kind: "show", target: only }) : listOf({ id: all });
}

function listOf(filters: Filters): string | undefined {
  return askable({ kind: "list", filters, page: 1, size: defaultSize });
}
