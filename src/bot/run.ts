import type { Answer } from "../cards/index.ts";
import { type Command, type FleetCommand, type ListCommand, print, type SummaryCommand } from "../commands/index.ts";
import type { CallOptions, Filters, Reader, Runtime } from "../fleet/index.ts";
import type { Grant, Right } from "./access.ts";
import { asksForUsers, concealUsers } from "./conceal.ts";
import { createSameAnswer } from "./same-answer.ts";

/** Runs a command that asks of the fleet, within a grant, and says what came of it. Failures are answers. */
export type Run = (command: FleetCommand, grant: Grant, call: CallOptions) => Promise<Answer>;

export interface RunOptions {
  readonly reader: Reader;
  /** The providers that are asked when a command names none. */
  readonly providers: readonly string[];
  /** Told once, when a list of everything holds no runtime at all: mostly a wrong region. */
  readonly onNothing?: (() => void) | undefined;
}

/** Whether a command may not be run with a grant. */
export function refuses(command: Command, grant: Grant): boolean {
  return refusalOf(command, grant) !== undefined;
}

/**
 * Why a command may not be run with a grant: for want of a right, or as it asks for users where they are not shown. Tells no
 * more than the command itself does; of what stands in a view `refuses` tells.
 */
export function refusalOf(command: Command, grant: Grant): "right" | "users" | undefined {
  const wanted = rightFor(command);
  if (!grant.rights.has("query") || (wanted !== undefined && !grant.rights.has(wanted))) {
    return "right";
  }
  return grant.show !== "full" && asksForUsers(command) ? "users" : undefined;
}

/** What a command takes beside the right to ask. */
function rightFor(command: Command): Right | undefined {
  switch (command.kind) {
    case "export":
      return "export";
    case "alerts-on":
      return command.preview ? undefined : "alerts";
    case "alerts-off":
    case "alerts-test":
    case "alerts-ack":
    case "alerts-mute":
    case "alerts-unmute":
    case "digest-on":
    case "digest-off":
      return "alerts";
    case "view-save":
    case "view-drop":
      return "views";
    case "audit":
      return "admin";
    case "list":
    case "show":
    case "summary":
    case "trend":
    case "why":
    case "alerts-status":
    case "alerts-show":
    case "digest-status":
    case "view-list":
    case "lang":
    case "help":
      return undefined;
  }
}

export function createRun({ reader, providers, onNothing }: RunOptions): Run {
  let toldNothing = false;
  const sameAnswer = createSameAnswer();

  return async (command, grant, call) => {
    if (refuses(command, grant)) {
      return { kind: "refused" };
    }
    switch (command.kind) {
      case "list":
        return list(command, grant, call);
      case "summary":
        return summary(command, grant, call);
      case "show":
        return show(command, grant, call);
      case "export":
        throw new Error("An export is run by what makes files.");
      case "help":
        return { kind: "help", command, providers, byUser: grant.show === "full", canAudit: grant.rights.has("admin") };
    }
  };

  async function list(command: ListCommand, grant: Grant, call: CallOptions): Promise<Answer> {
    const { filters, page, size, sort } = command;
    const outcome = await reader.list({ filters, page, size, sort }, grant.scope, call);
    if (!outcome.ok) {
      return { kind: "failure", command, failure: outcome.failure };
    }
    if (outcome.value.kind === "too-large") {
      return { kind: "too-large", command, tooLarge: outcome.value };
    }
    const nothingAtAll = outcome.value.total === 0 && isEmpty(filters) && isEmpty(grant.scope);
    if (nothingAtAll && !toldNothing) {
      toldNothing = true;
      onNothing?.();
    }
    const listing = { ...outcome.value, runtimes: outcome.value.runtimes.map(visible(grant)) };
    return sameAnswer(print(command), {
      ...{ kind: "list", command, listing, providers },
      showsUsers: grant.show !== "hidden",
      canExport: grant.rights.has("export"),
      ...(nothingAtAll && { nothingAtAll }),
    });
  }

  async function summary(command: SummaryCommand, grant: Grant, call: CallOptions): Promise<Answer> {
    const outcome = await reader.summarise({ filters: command.filters, by: command.by }, grant.scope, call);
    if (!outcome.ok) {
      return { kind: "failure", command, failure: outcome.failure };
    }
    return outcome.value.kind === "too-large"
      ? { kind: "too-large", command, tooLarge: outcome.value }
      : { kind: "summary", command, summary: outcome.value, canExport: grant.rights.has("export") };
  }

  async function show(command: Extract<Command, { kind: "show" }>, grant: Grant, call: CallOptions): Promise<Answer> {
    const { target } = command;
    const showsUsers = grant.show !== "hidden";
    const outcome = await reader.find(target, grant.scope, call);
    if (!outcome.ok) {
      return { kind: "failure", command, failure: outcome.failure };
    }
    const [runtime, ...others] = outcome.value.map(visible(grant));
    if (runtime === undefined) {
      return { kind: "missing", command, target };
    }
    return others.length === 0
      ? { kind: "runtime", command, runtime, byUser: grant.show === "full" }
      : { kind: "choices", command, target, runtimes: [runtime, ...others].slice(0, mostChoices), showsUsers };
  }
}

function isEmpty(filters: Filters): boolean {
  return Object.keys(filters).length === 0;
}

/** Runtimes of one name that can be chosen from on one card. */
const mostChoices = 20;

/** Shows runtimes as a grant lets them be seen. */
export function visible(grant: Grant): (runtime: Runtime) => Runtime {
  return (runtime) => concealUsers(runtime, grant.show);
}
