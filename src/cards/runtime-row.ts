import { limits, print } from "../commands/index.ts";
import { plainProvider, plainVersion, type Runtime, worstRisk } from "../fleet/index.ts";
import type { Block, Cell, Colour, Column, PickerOption, Row } from "./card.ts";
import { clip, lengths } from "./clip.ts";
import { wordFor } from "./parts.ts";
import type { Texts } from "./texts/index.ts";

/** How a runtime is called: by its name, or else by its id. */
export function nameOf(runtime: Runtime, texts: Texts): string {
  return clip(runtime.name || runtime.id || texts.words.unknown, lengths.cell);
}

/** The command that shows a runtime; undefined when it has no id to be asked for by. */
function showCommand(runtime: Runtime): string | undefined {
  const usable = runtime.id !== "" && runtime.id.length <= limits.valueLength;
  return usable ? print({ kind: "show", target: runtime.id }) : undefined;
}

/** The runtimes to show one by one; those of one name are told apart by their ids. */
export function detailsOptions(runtimes: readonly Runtime[], texts: Texts): readonly PickerOption[] {
  const names = runtimes.map((runtime) => nameOf(runtime, texts));
  const often = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return runtimes.flatMap((runtime, index): PickerOption[] => {
    const command = showCommand(runtime);
    const name = names[index] ?? "";
    const label = often.has(name) ? `${clip(name, 40)} (${clip(runtime.id, 36)})` : clip(name, lengths.label);
    return command === undefined ? [] : [{ label, command, selected: false }];
  });
}

/** Red for an agent that is gone, orange for one that was changed. */
export function riskColour(runtime: Runtime): Colour | undefined {
  const risk = worstRisk(runtime);
  return risk === undefined ? undefined : risk === "agent-uninstalled" ? "red" : "orange";
}

/** A documented status in the reader's language; others as the API spelled them. */
export function statusText(status: string | undefined, names: Readonly<Record<string, string>>): string {
  return status === undefined || status === "" ? "–" : (wordFor(status, names) ?? status);
}

export function statusColour(status: string | undefined): Colour | undefined {
  switch (status) {
    case "Running":
    case "Deployed":
      return "green";
    case "Stopped":
    case "Undeployed":
    case "Deleted":
      return "grey";
    case "Expired":
    case "Unavailable":
      return "red";
    case undefined:
    case "":
      return undefined;
    default:
      return "blue";
  }
}

/** The agents of a runtime in one line: provider, version, status. */
function agentsText(runtime: Runtime, texts: Texts): string {
  const lines = runtime.agents
    .slice(0, 3)
    .map((agent) =>
      [
        agent.provider && plainProvider(agent.provider),
        agent.version && plainVersion(agent.version),
        agent.status && statusText(agent.status, texts.agentStatus),
      ]
        .filter(Boolean)
        .join(" "),
    );
  const more = runtime.agents.length - lines.length;
  const shown = lines.filter((line) => line !== "").join(" + ");
  return shown === "" ? "–" : `${shown}${more > 0 ? ` +${more}` : ""}`;
}

/** Users in one line: the first two and how many more. */
export function usersText(users: readonly string[], texts: Texts): string {
  const [shown, more] = [users.slice(0, 2).map((user) => clip(user, lengths.label)), users.length - 2];
  return shown.length === 0 ? "–" : `${texts.together(shown)}${more > 0 ? ` +${more}` : ""}`;
}

function riskText(runtime: Runtime, texts: Texts): string {
  if (runtime.risks === undefined) {
    return texts.words.unknown;
  }
  return texts.together(runtime.risks.map((risk) => texts.risks[risk].short)) || "–";
}

export interface RuntimeTableOptions {
  readonly texts: Texts;
  /** Whether the reader may see who is authorised. */
  readonly showsUsers: boolean;
}

/** One runtime a row; undefined when there is none. */
export function runtimeTable(runtimes: readonly Runtime[], options: RuntimeTableOptions): Block | undefined {
  return runtimes.length === 0
    ? undefined
    : { kind: "table", columns: columnsOf(options), rows: runtimes.map((runtime) => rowOf(runtime, options)) };
}

function columnsOf({ texts: { columns }, showsUsers }: RuntimeTableOptions): readonly Column[] {
  return [
    { key: "name", label: columns.name, weight: 3 },
    { key: "status", label: columns.status, weight: 2 },
    { key: "agent", label: columns.agent, weight: 4 },
    ...(showsUsers ? [{ key: "users", label: columns.users, weight: 3 }] : []),
    { key: "risk", label: columns.risk, weight: 3 },
  ];
}

function rowOf(runtime: Runtime, { texts, showsUsers }: RuntimeTableOptions): Row {
  const risk = riskColour(runtime);
  const cell = (content: string, colour?: Colour): Cell => ({ text: clip(content, lengths.cell), colour });
  return {
    cells: [
      cell(nameOf(runtime, texts)),
      cell(statusText(runtime.status, texts.desktopStatus), statusColour(runtime.status)),
      cell(agentsText(runtime, texts)),
      ...(showsUsers ? [cell(usersText(runtime.users, texts))] : []),
      cell(riskText(runtime, texts), risk),
    ],
    command: showCommand(runtime),
    label: nameOf(runtime, texts),
    colour: risk,
  };
}
