import type { Command } from "../commands/index.ts";
import type { Filters } from "../fleet/index.ts";

/** The name of the saved view that a command adds its filters to; undefined where there is none. */
export function viewOf(command: Command): string | undefined {
  return "view" in command ? command.view : undefined;
}

/** The command with the filters of its view in place of the view; one without a view is left as it is. */
export function widen(command: Command, viewFilters: Filters): Command {
  if (!("view" in command) || command.view === undefined) {
    return command;
  }
  const { view: _, ...rest } = command;
  return { ...rest, filters: unite(viewFilters, command.filters) };
}

/** The filters of a view with those of a command. A key that both name is the command's. */
function unite(ofView: Filters, own: Filters): Filters {
  // Whoever wants to know nothing of risk does not ask for it either: together they could not be typed.
  const { risk, ...others } = ofView;
  const isAsked = risk !== undefined && own["risk-info"]?.[0] !== "no";
  return { ...others, ...(isAsked && { risk }), ...own };
}
