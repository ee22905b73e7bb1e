import { type Command, limits, print } from "../commands/index.ts";
import { plainProvider, plainVersion, type Runtime, worstRisk } from "../fleet/index.ts";
import type { Block, Button, Card, Cell, Colour, Locale, Row, Tag, TextBlock } from "./card.ts";
import type { Texts } from "./texts/index.ts";

/** What every card is made with. */
export interface Setting {
  readonly locale: Locale;
  readonly texts: Texts;
}

interface CardParts {
  readonly title: string;
  readonly colour: Colour;
  readonly tags?: readonly Tag[] | undefined;
  readonly blocks: readonly (Block | undefined)[];
  readonly command?: string | undefined;
}

/** A card of the blocks that are there. */
export function card(setting: Setting, parts: CardParts): Card {
  return {
    header: { title: parts.title, colour: parts.colour, tags: parts.tags ?? [] },
    blocks: parts.blocks.filter((block) => block !== undefined),
    command: parts.command,
    locale: setting.locale,
  };
}

export function text(content: string, tone: TextBlock["tone"] = "normal"): TextBlock {
  return { kind: "text", text: content, tone };
}

export function note(content: string | false | undefined): TextBlock | undefined {
  return content === false || content === undefined ? undefined : text(content, "small");
}

export function button(
  label: string,
  command: Command | string,
  role: Button["role"] = "other",
  style: Button["style"] = "default",
): Button {
  return { label, command: typeof command === "string" ? command : print(command), role, style };
}

export function buttons(...all: readonly (Button | false | undefined)[]): Block | undefined {
  const present = all.filter((one) => one !== false && one !== undefined);
  return present.length === 0 ? undefined : { kind: "buttons", buttons: present };
}

/** How a runtime is called: by its name, or else by its id. */
export function nameOf(runtime: Runtime, texts: Texts): string {
  return runtime.name || runtime.id || texts.words.unknown;
}

/** The command that shows a runtime; undefined when it has no id to be asked for by. */
export function showCommand(runtime: Runtime): string | undefined {
  const usable = runtime.id !== "" && runtime.id.length <= limits.valueLength;
  return usable ? print({ kind: "show", target: runtime.id }) : undefined;
}

/** Red for an agent that is gone, orange for one that was changed. */
export function riskColour(runtime: Runtime): Colour | undefined {
  const risk = worstRisk(runtime);
  return risk === undefined ? undefined : risk === "agent-uninstalled" ? "red" : "orange";
}

export function riskText(runtime: Runtime, texts: Texts): string {
  return (runtime.risks ?? []).map((risk) => texts.risks[risk].short).join(", ");
}

/** A documented status in the reader's language; others as the API spelled them. */
export function statusText(status: string | undefined, names: Readonly<Record<string, string>>): string {
  return status === undefined || status === "" ? "–" : (names[status] ?? status);
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
    default:
      return status === undefined ? undefined : "blue";
  }
}

/** The agents of a runtime in one line: provider, version, status. */
export function agentsText(runtime: Runtime, texts: Texts): string {
  const lines = runtime.agents.map((agent) =>
    [
      agent.provider && plainProvider(agent.provider),
      agent.version && plainVersion(agent.version),
      agent.status && statusText(agent.status, texts.agentStatus),
    ]
      .filter(Boolean)
      .join(" "),
  );
  return lines.filter((line) => line !== "").join(" + ") || "–";
}

/** Users in one line: the first two and how many more. */
export function usersText(users: readonly string[]): string {
  const [shown, more] = [users.slice(0, 2), users.length - 2];
  return shown.length === 0 ? "–" : `${shown.join(", ")}${more > 0 ? ` +${more}` : ""}`;
}

export function runtimeRow(runtime: Runtime, texts: Texts): Row {
  const risk = riskColour(runtime);
  const cells: readonly Cell[] = [
    { text: nameOf(runtime, texts) },
    { text: statusText(runtime.status, texts.desktopStatus), colour: statusColour(runtime.status) },
    { text: agentsText(runtime, texts) },
    { text: usersText(runtime.users) },
    { text: riskText(runtime, texts) || (runtime.risks === undefined ? "?" : "–"), colour: risk },
  ];
  return { cells, command: showCommand(runtime), label: nameOf(runtime, texts), colour: risk };
}

export function runtimeTable(runtimes: readonly Runtime[], texts: Texts): Block | undefined {
  const { columns } = texts;
  return runtimes.length === 0
    ? undefined
    : {
        kind: "table",
        columns: [
          { key: "name", label: columns.name, weight: 3 },
          { key: "status", label: columns.status, weight: 2 },
          { key: "agent", label: columns.agent, weight: 4 },
          { key: "users", label: columns.users, weight: 3 },
          { key: "risk", label: columns.risk, weight: 3 },
        ],
        rows: runtimes.map((runtime) => runtimeRow(runtime, texts)),
      };
}
