import { type Filters, filterKeyNames } from "../fleet/index.ts";
import {
  type AuditCommand,
  type Command,
  type DigestOnCommand,
  defaultAuditDays,
  defaultSize,
  defaultTrendDays,
  muteTimes,
} from "./command.ts";
import { printDuration } from "./duration.ts";
import { printTime } from "./time-of-day.ts";
import { printDays } from "./weekdays.ts";

/** The one canonical text of a command: `parse(print(command))` is the command. */
export function print(command: Command): string {
  switch (command.kind) {
    case "list": {
      const { page, size, sort } = command;
      return words(
        "/runtimes",
        narrowing(command),
        sort && `sort=${sort.descending ? "-" : ""}${sort.key}`,
        page !== 1 && `page=${page}`,
        size !== defaultSize && `size=${size}`,
      );
    }
    case "show":
      return words("/runtimes show", quote(command.target, "word"));
    case "summary":
      return words("/runtimes summary", narrowing(command), command.by && `by=${command.by}`);
    case "export":
      return words("/runtimes export", narrowing(command), command.format && `format=${command.format}`);
    case "trend": {
      const { days, by } = command;
      return words(
        "/runtimes trend",
        narrowing(command),
        days !== defaultTrendDays && `days=${days}`,
        by && `by=${by}`,
      );
    }
    case "why":
      return words("/why", quote(command.target, "word"));
    case "alerts-on":
      return words("/alerts on", narrowing(command), command.preview && "preview");
    case "alerts-show":
      return words("/alerts show", quote(command.alert, "word"), command.page !== 1 && `page=${command.page}`);
    case "alerts-mute": {
      const time = command.for !== muteTimes.usual && `for=${printDuration(command.for)}`;
      return words("/alerts mute", quote(command.target, "word"), time);
    }
    case "alerts-ack":
      return words("/alerts ack", quote(command.target, "word"));
    case "alerts-unmute":
      return words("/alerts unmute", quote(command.target, "word"));
    case "digest-on":
      return printDigest(command);
    case "view-save":
      return words("/view save", quote(command.name, "word"), printFilters(command.filters));
    case "view-drop":
      return words("/view drop", quote(command.name, "word"));
    case "lang":
      return words("/lang", command.locale);
    case "audit":
      return printAudit(command);
    case "help":
      return words("/help", command.topic);
    default:
      return plain[command.kind];
  }
}

/** Commands that are nothing but words. */
const plain = {
  "alerts-off": "/alerts off",
  "alerts-status": "/alerts status",
  "alerts-test": "/alerts test",
  "digest-off": "/digest off",
  "digest-status": "/digest status",
  "view-list": "/view list",
} as const;

function printDigest(command: DigestOnCommand): string {
  const { at, days, zone } = command;
  return words(
    "/digest on",
    `at=${printTime(at)}`,
    days && `days=${printDays(days)}`,
    zone !== undefined && `tz=${quote(zone, "value")}`,
    narrowing(command),
  );
}

function printAudit({ users, days, size, page, until }: AuditCommand): string {
  return words(
    "/audit",
    users && `user=${users.map((user) => quote(user, "value")).join(",")}`,
    days !== defaultAuditDays && `days=${days}`,
    size !== defaultSize && `size=${size}`,
    page !== 1 && `page=${page}`,
    until && `until=${until}`,
  );
}

function narrowing({ view, filters }: { readonly view?: string | undefined; readonly filters: Filters }): string {
  return words(view !== undefined && `view=${quote(view, "value")}`, printFilters(filters));
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
 * A text as a command takes it: in quotes where it needs them.
 *
 * `[` is escaped as well: chat clients send `[text](address)` for what they take for a link, and a name that looks like one
 * must come back as it was.
 */
export function quote(text: string, place: "value" | "word"): string {
  const bare = place === "value" ? bareValue : bareWord;
  return bare.test(text) && !fullWidth.test(text) ? text : `"${text.replace(/["“”„‟＂「」『』\\[]/g, "\\$&")}"`;
}
