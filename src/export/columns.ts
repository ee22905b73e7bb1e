import type { Texts } from "../cards/index.ts";
import type { Agent, Runtime } from "../fleet/index.ts";
import type { Cell } from "./cell.ts";

/** One column of a file of runtimes. */
export interface Column {
  readonly heading: string;
  /** Characters that a spreadsheet shows of it at first. */
  readonly width: number;
  readonly value: (runtime: Runtime) => Cell;
}

/**
 * The columns of a file. Values of enumerations stay as the API spells them and kinds of risk as filters do, so that a file
 * can be compared with another in any language, and filtered by what it says.
 */
export function columnsOf({ columns, fields, words }: Texts, showsUsers: boolean): readonly Column[] {
  const column = (heading: string, width: number, value: Column["value"]): Column => ({ heading, width, value });
  const flag = (value: boolean | undefined) => (value === undefined ? undefined : value ? words.yes : words.no);
  return [
    column(fields.id, 24, ({ id }) => id),
    column(fields.name, 24, ({ name }) => name),
    column(fields.status, 12, ({ status }) => status),
    column(fields.agents, 9, ({ agents }) => agents.length),
    column(fields.provider, 16, ofAgents("provider")),
    column(fields.version, 16, ofAgents("version")),
    column(fields.agentStatus, 14, ofAgents("status")),
    ...(showsUsers ? [column(fields.users, 24, ({ users }) => together(users))] : []),
    column(columns.risk, 28, ({ risks }) => (risks === undefined ? words.unknown : together(risks) || words.none)),
    column(fields.region, 16, ({ region }) => region),
    column(fields.os, 12, ({ os }) => os),
    column(fields.group, 20, ({ groupName }) => groupName),
    column(fields.groupId, 20, ({ groupId }) => groupId),
    column(fields.modelConfigured, 12, ({ modelConfigured }) => flag(modelConfigured)),
    column(fields.templateName, 20, ({ modelTemplateName }) => modelTemplateName),
    column(fields.template, 20, modelTemplates),
    column(fields.channels, 24, channels),
    column(fields.resource, 24, ({ resourceId }) => resourceId),
    column(fields.management, 16, ({ management }) => together(management)),
    column(fields.office, 24, ({ other }) => (typeof other.OfficeSiteId === "string" ? other.OfficeSiteId : undefined)),
  ];
}

const between = "; ";

/** Several values as one, each once. */
function together(values: readonly (string | undefined)[]): string {
  return [...new Set(values)].filter((value) => value !== undefined && value !== "").join(between);
}

/** What each agent has, in the agents' order: an agent that lacks it leaves its place empty. */
function ofAgents(field: "provider" | "version" | "status"): Column["value"] {
  return ({ agents }) => {
    const values = agents.map((agent: Agent) => agent[field] ?? "");
    return values.every((value) => value === "") ? undefined : values.join(between);
  };
}

function modelTemplates({ modelTemplateId, agents }: Runtime): Cell {
  return together([modelTemplateId, ...agents.map((agent) => agent.modelTemplateId)]);
}

function channels(runtime: Runtime): Cell {
  return together([...runtime.channels, ...runtime.agents.flatMap((agent) => agent.channels)]);
}
