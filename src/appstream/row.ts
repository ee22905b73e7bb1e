import { z } from "zod";
import type { Agent, InstantMessaging, RiskKind, Runtime } from "../fleet/index.ts";
import { boundedFields, entries, flag, isRecord, text, texts } from "./lenient.ts";

const riskSchema = z.object({ AgentUninstalled: flag, ModelModified: flag, ChannelModified: flag });
const messagingSchema = z.object({ AgentImStatus: text, CloudSpaceStatus: text, AgentImOnlineStatus: text });
const groupSchema = z.object({ ResourceGroupId: text, ResourceGroupName: text });

const agentSchema = z.object({
  AgentPlatform: text,
  AgentProvider: text,
  AgentInstanceVersion: text,
  AgentInstanceStatus: text,
  ModelConfigure: flag,
  ChannelConfigure: flag,
  ChannelConfiguredList: texts,
  DeploymentSource: text,
  ModelTemplateId: text,
});

const rowSchema = z.object({
  DesktopId: text,
  ResourceId: text,
  RegionId: text,
  RegionLocation: text,
  DesktopName: text,
  DesktopStatus: text,
  OsType: text,
  AuthUsers: texts,
  HasAuthUser: flag,
  AgentInstanceInfoList: entries,
  ModelConfigure: flag,
  ModelTemplateId: text,
  ModelTemplateName: text,
  ChannelConfigure: flag,
  ChannelConfiguredList: texts,
  QrCodeConfiguringList: texts,
  AgentImInfo: z.unknown().optional(),
  RiskInfo: z.unknown().optional(),
  ResourceGroup: z.unknown().optional(),
  ManagementStatuses: texts,
});

/** More agents than this on one runtime are not read. */
const mostAgents = 50;

type Fields = readonly (readonly [string, unknown])[];

/** Reads a part of a row; undefined when it is null, absent or no object. */
function readPart<Part>(schema: z.ZodType<Part>, value: unknown): Part | undefined {
  return isRecord(value) ? schema.safeParse(value).data : undefined;
}

/** The fields of `value` that `schema` does not name; `prefix` tells where they came from. */
function unknownFields(schema: { readonly shape: object }, value: unknown, prefix = ""): Fields {
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .filter(([name]) => !Object.hasOwn(schema.shape, name))
    .map(([name, content]) => [`${prefix}${name}`, content]);
}

function toAgent(value: unknown): Agent | undefined {
  const fields = readPart(agentSchema, value);
  if (fields === undefined) return undefined;
  return {
    platform: fields.AgentPlatform,
    provider: fields.AgentProvider,
    version: fields.AgentInstanceVersion,
    status: fields.AgentInstanceStatus,
    modelConfigured: fields.ModelConfigure,
    channelConfigured: fields.ChannelConfigure,
    channels: fields.ChannelConfiguredList,
    source: fields.DeploymentSource,
    modelTemplateId: fields.ModelTemplateId,
    other: boundedFields(unknownFields(agentSchema, value)),
  };
}

/** Undefined unless the API said yes or no to at least one kind of risk. */
function toRisks(value: unknown): readonly RiskKind[] | undefined {
  const fields = readPart(riskSchema, value);
  if (fields === undefined) return undefined;
  const said: readonly (readonly [RiskKind, boolean | undefined])[] = [
    ["agent-uninstalled", fields.AgentUninstalled],
    ["model-modified", fields.ModelModified],
    ["channel-modified", fields.ChannelModified],
  ];
  if (said.every(([, holds]) => holds === undefined)) return undefined;
  return said.filter(([, holds]) => holds === true).map(([kind]) => kind);
}

function toMessaging(value: unknown): InstantMessaging | undefined {
  const fields = readPart(messagingSchema, value);
  if (fields === undefined) return undefined;
  const messaging = {
    status: fields.AgentImStatus,
    cloudSpace: fields.CloudSpaceStatus,
    online: fields.AgentImOnlineStatus,
  };
  return Object.values(messaging).every((field) => field === undefined) ? undefined : messaging;
}

/**
 * Reads one row of ListDesktopAgentRuntime. Whatever is null, absent or of a wrong type is undefined or an empty list;
 * values that this version does not know are kept as they came, fields that it does not know are in `other` (those of
 * a part under the part's name and a dot). Texts over 1,000 characters are cut. Undefined when the row is no object.
 */
export function parseRow(row: unknown): Runtime | undefined {
  const fields = readPart(rowSchema, row);
  if (fields === undefined) return undefined;
  const group = readPart(groupSchema, fields.ResourceGroup);
  return {
    id: fields.DesktopId ?? "",
    resourceId: fields.ResourceId,
    name: fields.DesktopName,
    status: fields.DesktopStatus,
    os: fields.OsType,
    region: fields.RegionId,
    regionLocation: fields.RegionLocation,
    users: fields.AuthUsers,
    hasUser: fields.HasAuthUser,
    agents: fields.AgentInstanceInfoList.slice(0, mostAgents)
      .map(toAgent)
      .filter((agent) => agent !== undefined),
    modelConfigured: fields.ModelConfigure,
    modelTemplateId: fields.ModelTemplateId,
    modelTemplateName: fields.ModelTemplateName,
    channelConfigured: fields.ChannelConfigure,
    channels: fields.ChannelConfiguredList,
    qrCodeChannels: fields.QrCodeConfiguringList,
    messaging: toMessaging(fields.AgentImInfo),
    risks: toRisks(fields.RiskInfo),
    groupId: group?.ResourceGroupId,
    groupName: group?.ResourceGroupName,
    management: fields.ManagementStatuses,
    other: boundedFields([
      ...unknownFields(rowSchema, row),
      ...unknownFields(messagingSchema, fields.AgentImInfo, "AgentImInfo."),
      ...unknownFields(riskSchema, fields.RiskInfo, "RiskInfo."),
      ...unknownFields(groupSchema, fields.ResourceGroup, "ResourceGroup."),
    ]),
  };
}
