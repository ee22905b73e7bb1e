import type { RiskKind } from "../../../src/fleet/index.ts";
import type { Row } from "../../../src/simulator/index.ts";

/** A runtime as a test sets it up. */
export interface MovableRuntime {
  /** DesktopId. */
  readonly id: string;
  /** The provider that lists it, also when the agent is gone. */
  readonly provider: string;
  readonly name: string;
  readonly status: string;
  readonly agentStatus: string;
  readonly version: string;
  readonly users: readonly string[];
  readonly group: string | undefined;
  readonly region: string;
  readonly os: string;
  readonly office: string | undefined;
  readonly template: string | undefined;
  readonly channels: readonly string[];
  readonly risks: readonly RiskKind[];
  /** Whether rows say what risks there are; `null` is there in place of it otherwise. Whether it is at risk counts all the same. */
  readonly riskShown: boolean;
  /** Whether lists have it; asked for by its id it is always there. */
  readonly listed: boolean;
  /** Fields of its row that are to be otherwise. */
  readonly fields: Row;
}

/** What a test changes of a runtime. */
export type RuntimeChange = Partial<Omit<MovableRuntime, "id">>;

/** A running agent of nobody's concern: `ecd-0001` is `agent-0001`. */
export function plainRuntime(number: number): MovableRuntime {
  const digits = String(number).padStart(4, "0");
  return {
    id: `ecd-${digits}`,
    provider: "OpenClaw",
    name: `agent-${digits}`,
    status: "Running",
    agentStatus: "Running",
    version: "2026.4.15",
    users: ["li.na"],
    group: "rg-finance",
    region: "cn-shanghai",
    os: "Linux",
    office: undefined,
    template: "mt-general",
    channels: ["feishu"],
    risks: [],
    riskShown: true,
    listed: true,
    fields: {},
  };
}

/** Its row of ListDesktopAgentRuntime. */
export function rowOf(runtime: MovableRuntime, includeRiskInfo: boolean): Row {
  const { channels, template, group, users } = runtime;
  return {
    DesktopId: runtime.id,
    ResourceId: `res-${runtime.id}`,
    RegionId: runtime.region,
    DesktopName: runtime.name,
    DesktopStatus: runtime.status,
    OsType: runtime.os,
    AuthUsers: users,
    HasAuthUser: users.length > 0,
    AgentInstanceInfoList: agentsOf(runtime),
    ModelConfigure: template !== undefined,
    ModelTemplateId: template,
    ModelTemplateName: template,
    ChannelConfigure: channels.length > 0,
    ChannelConfiguredList: channels,
    RiskInfo: includeRiskInfo && runtime.riskShown ? riskInfoOf(runtime) : null,
    ResourceGroup: group === undefined ? null : { ResourceGroupId: group, ResourceGroupName: group },
    ManagementStatuses: [],
    ...runtime.fields,
  };
}

function agentsOf({ risks, provider, version, agentStatus, channels, template }: MovableRuntime): readonly Row[] {
  if (risks.includes("agent-uninstalled")) return [];
  return [
    {
      AgentPlatform: "ENTERPRISE",
      AgentProvider: provider,
      AgentInstanceVersion: version,
      AgentInstanceStatus: agentStatus,
      ModelConfigure: template !== undefined,
      ChannelConfigure: channels.length > 0,
      ChannelConfiguredList: channels,
      DeploymentSource: "Admin",
      ModelTemplateId: template,
    },
  ];
}

function riskInfoOf({ risks }: MovableRuntime): Row {
  return {
    ModelModified: risks.includes("model-modified"),
    ChannelModified: risks.includes("channel-modified"),
    AgentUninstalled: risks.includes("agent-uninstalled"),
  };
}
