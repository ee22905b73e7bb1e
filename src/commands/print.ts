import { type Filters, filterKeyNames } from "../fleet/index.ts";
import { type Command, defaultSize } from "./command.ts";

/** The one canonical text of a command: `parse(print(command))` is the command. */
export function print(command: Command): string {
  switch (command.kind) {
    case "list": {
      const { page, size, sort } = command;
      return words(
        "/runtimes",
        printFilters(command.filters),
        sort && `sort=${sort.descending ? "-" : ""}${sort.key}`,
        page !== 1 && `page=${page}`,
        size !== defaultSize && `size=${size}`,
      );
    }
    case "show":
      return words("/runtimes show", quote(command.target, "word"));
    case "summary":
      return words("/runtimes summary", printFilters(command.filters), command.by && `by=${command.by}`);
    case "export":
      return words("/runtimes export", printFilters(command.filters), command.format && `format=${command.format}`);
    case "help":
      return words("/help", command.topic);
  }
}

/** Filters as they stand in a command; empty when there are none. */
export function printFilters(filters: Filters): string {
  return filterKeyNames
    .filter((key) => filters[key] !== undefined)
    .map((key) => `${key}=${filters[key]?.map((value) => quote(value, "value")).join(",")}`)
    .join(" ");
}

function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join(" ");
}

// What can stand without quotes whatever is around it. Everything else is quoted, which is always right.
const bareValue = /^[\p{L}\p{N}_.@+~#/-]+$/u;
const bareWord = /^[\p{L}\p{N}_.@][\p{L}\p{N}_.@+~#/-]*$/u;
const fullWidth = /[\uFF00-\uFFEF]/;

/**
 * `[` is escaped as well: chat clients send `[text](address)` for what they take for a link, and a name that looks like one
 * must come back as it was.
 */
function quote(text: string, place: "value" | "word"): string {
  const bare = place === "value" ? bareValue : bareWord;
  return bare.test(text) && !fullWidth.test(text) ? text : `"${text.replace(/["“”„‟＂「」『』\\[]/g, "\\$&")}"`;
}
