import { risk } from "./columns.ts";
import type { FleetAgent, SimulatedFleet } from "./fleet.ts";

/** A row of the answer as it goes into JSON: absent fields are undefined, which JSON leaves out. */
export type Row = Readonly<Record<string, unknown>>;

/** Numbers of the draws that decide how a row shows what it has. */
const subjects = {
  region: 50,
  os: 51,
  osShown: 52,
  users: 53,
  hasUser: 54,
  qr: 55,
  riskShown: 56,
  group: 57,
  management: 58,
  unknown: 59,
  lists: 60,
  im: 61,
  agents: 62,
} as const;

/** The row of the runtime at this position, with its risks when they were asked for. */
export function buildRow(fleet: SimulatedFleet, index: number, includeRiskInfo: boolean): Row {
  const draw = (subject: number) => fleet.draw(index, subject);
  const region = fleet.region(index);
  const users = fleet.users(index);
  const agents = fleet.agents(index);
  const model = fleet.model(index);
  const channels = fleet.channels(index);
  const group = fleet.group(index);
  return {
    DesktopId: fleet.id(index),
    ResourceId: fleet.resourceId(index),
    RegionId: region.id,
    RegionLocation: draw(subjects.region) < 0.03 ? undefined : region.location,
    DesktopName: fleet.name(index),
    DesktopStatus: fleet.status(index),
    OsType: draw(subjects.osShown) < 0.02 ? undefined : draw(subjects.os) < 0.55 ? "Linux" : "Windows",
    AuthUsers: users.length > 0 ? users : none(draw(subjects.users)),
    // "No" is also said by silence, "yes" never.
    HasAuthUser: users.length > 0 ? true : draw(subjects.hasUser) < 0.1 ? undefined : false,
    AgentInstanceInfoList:
      agents.length > 0
        ? agents.map((agent) => agentRow(agent, model?.id, channels))
        : draw(subjects.agents) < 0.3
          ? null
          : [],
    ModelConfigure: model !== undefined,
    ModelTemplateId: model?.id,
    ModelTemplateName: model?.name,
    ChannelConfigure: channels.length > 0,
    ChannelConfiguredList: channels.length > 0 ? channels : none(draw(subjects.lists)),
    QrCodeConfiguringList: draw(subjects.qr) < 0.06 ? ["wechat"] : none(draw(subjects.lists)),
    AgentImInfo: messagingRow(fleet, index),
    RiskInfo: includeRiskInfo
      ? riskRow(fleet.risks(index), draw(subjects.riskShown))
      : noRisk(draw(subjects.riskShown)),
    ResourceGroup:
      group === undefined
        ? draw(subjects.group) < 0.5
          ? null
          : undefined
        : { ResourceGroupId: group.id, ResourceGroupName: group.name },
    ManagementStatuses: managementRow(fleet.management(index), draw(subjects.management)),
    ...unknownFields(draw(subjects.unknown), fleet.officeSiteId(index)),
  };
}

/** The three ways in which the API says that a list is empty. */
function none(drawn: number): readonly string[] | null | undefined {
  if (drawn < 0.7) return [];
  return drawn < 0.9 ? null : undefined;
}

function agentRow(agent: FleetAgent, model: string | undefined, channels: readonly string[]): Row {
  return {
    AgentPlatform: agent.platformText,
    AgentProvider: agent.providerText,
    AgentInstanceVersion: agent.version,
    AgentInstanceStatus: agent.status,
    ModelConfigure: model !== undefined,
    ChannelConfigure: channels.length > 0,
    ChannelConfiguredList: channels,
    DeploymentSource: agent.source,
    ModelTemplateId: model ?? null,
  };
}

function messagingRow(fleet: SimulatedFleet, index: number): Row | null | undefined {
  const messaging = fleet.messaging(index);
  if (messaging === undefined) return fleet.draw(index, subjects.im) < 0.5 ? null : undefined;
  return {
    AgentImStatus: messaging.status,
    CloudSpaceStatus: messaging.cloudSpace,
    AgentImOnlineStatus: messaging.online,
  };
}

function riskRow(risks: number, drawn: number): Row {
  const said = (bit: number) => ((risks & bit) !== 0 ? true : drawn < 0.03 ? null : false);
  return {
    ModelModified: said(risk.modelModified),
    ChannelModified: said(risk.channelModified),
    AgentUninstalled: said(risk.agentUninstalled),
  };
}

/** Rows without risk information have null there, a few have no such field. */
function noRisk(drawn: number): null | undefined {
  return drawn < 0.05 ? undefined : null;
}

function managementRow(management: readonly string[], drawn: number): readonly string[] | null | undefined {
  return management.length > 0 ? management : none(drawn);
}

/** Fields that the API's page does not know, on a few rows. */
function unknownFields(drawn: number, officeSiteId: string): Row {
  if (drawn < 0.02) return { OfficeSiteId: officeSiteId };
  if (drawn < 0.03) return { HardwareInfo: { Cpu: 4, MemoryGiB: 8, Gpu: null }, Labels: ["trial"] };
  return {};
}
