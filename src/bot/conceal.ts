import type { Command } from "../commands/index.ts";
import type { Filters, Runtime } from "../fleet/index.ts";
import type { UserDisplay } from "./access.ts";

/**
 * A runtime as somebody may see it. Where users are not shown in full, fields that this version does not know are left out
 * as well, since any of them may name a person.
 */
export function concealUsers(runtime: Runtime, show: UserDisplay): Runtime {
  if (show === "full") {
    return runtime;
  }
  return {
    ...runtime,
    users: show === "hidden" ? [] : runtime.users.map(mask),
    agents: runtime.agents.map((agent) => ({ ...agent, other: {} })),
    other: {},
  };
}

/** Who asked, as the log may name them where users are shown so. */
export function concealAsker(user: string, show: UserDisplay): string | undefined {
  return show === "full" ? user : show === "masked" ? mask(user) : undefined;
}

/** Stands where values were that may not be shown. */
export const concealed = "…";

/** A command as the log may have it, or who did not give it: without the users that it names where these are not shown in full. */
export function concealCommand(command: Command, show: UserDisplay): Command {
  if (show === "full") {
    return command;
  }
  if (command.kind === "audit") {
    return command.users === undefined ? command : { ...command, users: [concealed] };
  }
  return "filters" in command ? { ...command, filters: concealFilters(command.filters, show) } : command;
}

/** The same of filters. */
export function concealFilters(filters: Filters, show: UserDisplay): Filters {
  return show === "full" || filters.user === undefined ? filters : { ...filters, user: [concealed] };
}

/** The first letter and nothing else that tells one name from another, its length included. */
function mask(user: string): string {
  return `${[...user].slice(0, 1).join("")}***`;
}

/** Whether a command would tell who is authorised on what though users are not shown: by a filter, or by the order. */
export function asksForUsers(command: Command): boolean {
  switch (command.kind) {
    case "list":
      return command.filters.user !== undefined || command.sort?.key === "user";
    case "summary":
    case "export":
    case "trend":
    case "alerts-on":
    case "digest-on":
    case "view-save":
      return command.filters.user !== undefined;
    case "show":
    case "why":
    case "alerts-off":
    case "alerts-status":
    case "alerts-test":
    case "alerts-show":
    case "alerts-ack":
    case "alerts-mute":
    case "alerts-unmute":
    case "digest-off":
    case "digest-status":
    case "view-list":
    case "view-drop":
    case "lang":
    // Of an audit users are those who did something, and not those of runtimes.
    case "audit":
    case "help":
      return false;
  }
}
