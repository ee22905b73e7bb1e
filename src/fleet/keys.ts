import {
  among,
  define,
  exactly,
  type FilterDefinition,
  flagText,
  holds,
  type Matcher,
  showsAny,
} from "./filter-definition.ts";
import type { RiskKind, Runtime } from "./runtime.ts";
import { agentStatuses, channelNames, desktopStatuses, riskNames } from "./values.ts";

const namesGiven = (values: readonly string[]): boolean => values[0] !== "yes" && values[0] !== "no";

function allChannels(runtime: Runtime): readonly string[] {
  return [...runtime.channels, ...runtime.agents.flatMap((agent) => agent.channels)];
}

function matchRisk(values: readonly string[]): Matcher {
  if (!namesGiven(values)) {
    return (runtime) => runtime.risks !== undefined && runtime.risks.length > 0 === (values[0] === "yes");
  }
  const wanted = new Set(values);
  return (runtime) => runtime.risks?.some((risk: RiskKind) => wanted.has(risk)) ?? false;
}

/**
 * The filter keys in their canonical order, each with the parameter of ListDesktopAgentRuntime (version 2021-09-01) that
 * it stands for. `managed`, `online` and `office` are parameters that the public SDKs know and the API's page does not yet.
 */
export const filterKeys = {
  provider: define("list", "AgentProvider", {
    chinese: "提供商",
    values: ["OpenClaw", "HermesAgent"],
    open: true,
    example: "OpenClaw",
    several: true,
    // One call each: the planner takes the providers out, as the API takes one a call.
    send: () => ({}),
    ...among((runtime) => runtime.agents.map((agent) => agent.provider)),
  }),
  status: define("list", "DesktopStatuses", {
    chinese: "状态",
    values: Object.keys(desktopStatuses),
    chineseValues: desktopStatuses,
    example: "Running",
    ...among((runtime) => [runtime.status]),
  }),
  agent: define("list", "AgentInstanceStatuses", {
    chinese: "代理状态",
    values: Object.keys(agentStatuses),
    chineseValues: agentStatuses,
    example: "Unavailable",
    several: true,
    ...among((runtime) => runtime.agents.map((agent) => agent.status)),
  }),
  version: define("list", "AgentInstanceVersions", {
    chinese: "版本",
    example: "2026.3.13",
    several: true,
    ...exactly((runtime) => runtime.agents.map((agent) => agent.version)),
  }),
  id: define("list", "DesktopIds", {
    chinese: "编号",
    example: "ecd-8f2k1",
    ...exactly((runtime) => [runtime.id]),
  }),
  resource: define("list", "ResourceIds", {
    chinese: "资源",
    example: "ecd-8f2k1",
    ...exactly((runtime) => [runtime.resourceId]),
  }),
  name: define("list", "DesktopNames", {
    chinese: "名称",
    example: "agent-017",
    // Whether the service matches names exactly is not documented: its answer is always checked against what was asked.
    matchedHere: () => true,
    match: (values) => {
      const wanted = new Set(values.map((value) => value.toLowerCase()));
      return (runtime) => runtime.name !== undefined && wanted.has(runtime.name.toLowerCase());
    },
    shows: showsAny((runtime) => [runtime.name]),
  }),
  user: define("list", "AuthUsers", {
    chinese: "用户",
    example: "li.na",
    several: true,
    ...exactly((runtime) => runtime.users),
  }),
  assigned: define("flag", "HasAuthUser", {
    chinese: "已分配",
    example: "no",
    ...holds((runtime) => runtime.hasUser),
  }),
  model: define("flag", "ModelConfigure", {
    chinese: "模型",
    example: "no",
    ...holds((runtime) => runtime.modelConfigured),
  }),
  template: define("one", "ModelTemplateId", {
    chinese: "模型组",
    example: "mt-xxxx",
    several: true,
    ...exactly((runtime) => [runtime.modelTemplateId, ...runtime.agents.map((agent) => agent.modelTemplateId)]),
  }),
  channel: define("flag-or-names", "ChannelConfigure", {
    chinese: "渠道",
    values: Object.keys(channelNames),
    chineseValues: channelNames,
    example: "feishu",
    several: true,
    send: (values) => ({ ChannelConfigure: namesGiven(values) ? "true" : flagText(values) }),
    matchedHere: namesGiven,
    match: (values) =>
      namesGiven(values)
        ? among(allChannels).match(values)
        : holds((runtime) => runtime.channelConfigured).match(values),
    shows: (runtime) => runtime.channelConfigured !== undefined || allChannels(runtime).length > 0,
  }),
  source: define("one", "DeploymentSource", {
    chinese: "来源",
    values: ["User", "Admin"],
    example: "Admin",
    several: true,
    ...among((runtime) => runtime.agents.map((agent) => agent.source)),
  }),
  group: define("one", "ResourceGroupId", {
    chinese: "资源组",
    example: "rg-finance",
    ...exactly((runtime) => [runtime.groupId]),
  }),
  platform: define("one", "AgentPlatform", {
    chinese: "平台",
    values: ["ENTERPRISE", "ENTERPRISE_JVS"],
    example: "ENTERPRISE",
    several: true,
    ...among((runtime) => runtime.agents.map((agent) => agent.platform)),
  }),
  edition: define("whole", "BizType", { chinese: "版本类型", example: "1" }),
  risk: define("flag-or-names", "IncludeRiskInfo + HasRisk", {
    chinese: "风险",
    also: ["HasRisk"],
    values: Object.keys(riskNames),
    chineseValues: riskNames,
    example: "yes",
    several: true,
    // HasRisk works only together with IncludeRiskInfo.
    send: (values) => ({ IncludeRiskInfo: "true", HasRisk: namesGiven(values) ? "true" : flagText(values) }),
    matchedHere: namesGiven,
    match: matchRisk,
    shows: (runtime) => runtime.risks !== undefined,
  }),
  "risk-info": define("flag", "IncludeRiskInfo", { chinese: "风险信息", example: "yes" }),
  os: define("list", "", {
    chinese: "系统",
    also: ["OsType"],
    values: ["Linux", "Windows"],
    open: true,
    example: "Windows",
    send: () => ({}),
    matchedHere: () => true,
    ...among((runtime) => [runtime.os]),
  }),
  region: define("list", "", {
    chinese: "地域",
    also: ["RegionId"],
    example: "cn-hangzhou",
    send: () => ({}),
    matchedHere: () => true,
    ...among((runtime) => [runtime.region]),
  }),
  managed: define("one", "ManagementStatus", {
    chinese: "管理状态",
    values: ["Hibernated"],
    open: true,
    example: "Hibernated",
    several: true,
    ...among((runtime) => runtime.management),
  }),
  online: define("flag", "AgentImOnlineStatus", {
    chinese: "在线",
    example: "yes",
    send: (values) => ({ AgentImOnlineStatus: values[0] === "yes" ? "Online" : "Offline" }),
    match: (values) => {
      const wanted = values[0] === "yes" ? "online" : "offline";
      return (runtime) => runtime.messaging?.online?.toLowerCase() === wanted;
    },
    shows: showsAny((runtime) => [runtime.messaging?.online]),
  }),
  office: define("one", "OfficeSiteId", { chinese: "办公网络", example: "cn-hangzhou+os-xxxx" }),
} as const satisfies Readonly<Record<string, FilterDefinition>>;

export type FilterKey = keyof typeof filterKeys;

const definitions: Readonly<Record<FilterKey, FilterDefinition>> = filterKeys;

/** The filter keys in their canonical order. */
export const filterKeyNames = Object.keys(filterKeys).filter((key): key is FilterKey => key in filterKeys);

export function filterDefinition(key: FilterKey): FilterDefinition {
  return definitions[key];
}

/** What a list is narrowed to: the values of each key, "yes" and "no" for flags. A key that is absent narrows nothing. */
export type Filters = { readonly [Key in FilterKey]?: readonly string[] };

/** What a list can be sorted by, with its Chinese name. The API has no such parameter: sorting reads the whole list. */
export const sortKeys = {
  name: "名称",
  status: "状态",
  region: "地域",
  version: "版本",
  risk: "风险",
  user: "用户",
} as const;

export type SortKey = keyof typeof sortKeys;

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** A page of a narrowed and sorted list. */
export interface Query {
  readonly filters: Filters;
  /** From 1. */
  readonly page: number;
  /** 1 to 50. */
  readonly size: number;
  readonly sort: Sort | undefined;
}
