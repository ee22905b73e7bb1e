import { type ApiError, apiError } from "./api-error.ts";
import { agentStatuses, deploymentSources, desktopStatuses, onlineStatuses, platforms } from "./vocabulary.ts";

/** Parameters of a request, flattened: lists as `Name.1`, `Name.2`. */
export type Parameters = ReadonlyMap<string, string>;

/** What narrows the list; a filter that was not given is undefined. */
export interface Filters {
  readonly provider: string;
  readonly providers: readonly string[] | undefined;
  readonly ids: readonly string[] | undefined;
  readonly resources: readonly string[] | undefined;
  readonly names: readonly string[] | undefined;
  readonly statuses: readonly string[] | undefined;
  readonly users: readonly string[] | undefined;
  readonly versions: readonly string[] | undefined;
  readonly agentStatuses: readonly string[] | undefined;
  readonly platforms: readonly string[] | undefined;
  readonly agentTemplates: readonly string[] | undefined;
  readonly platform: string | undefined;
  readonly modelTemplate: string | undefined;
  readonly source: string | undefined;
  readonly group: string | undefined;
  readonly management: string | undefined;
  readonly online: string | undefined;
  readonly region: string | undefined;
  readonly office: string | undefined;
  readonly model: boolean | undefined;
  readonly channel: boolean | undefined;
  readonly hasUser: boolean | undefined;
  readonly hasRisk: boolean | undefined;
  readonly bizType: number | undefined;
}

/** A request that can be answered. */
export interface ListRequest {
  readonly filters: Filters;
  readonly includeRiskInfo: boolean;
  /** From 1. */
  readonly page: number;
  /** As asked for, before the server's cap. */
  readonly size: number;
}

/** Entries that one list may have. */
const listLimit = 100;

/** Understands the parameters of ListDesktopAgentRuntime, or says what the API would refuse. Unknown ones are ignored. */
export function readParameters(given: Parameters): ListRequest | ApiError {
  const reader = createReader(given);
  const provider = reader.text("AgentProvider");
  if (provider === undefined) {
    return apiError(400, "MissingAgentProvider", "AgentProvider is mandatory for this action.");
  }
  const includeRiskInfo = reader.flag("IncludeRiskInfo") ?? false;
  const hasRisk = reader.flag("HasRisk");
  const request: ListRequest = {
    filters: {
      provider,
      providers: reader.list("AgentProviderList"),
      ids: reader.list("DesktopIds"),
      resources: reader.list("ResourceIds"),
      names: reader.list("DesktopNames"),
      statuses: reader.list("DesktopStatuses", desktopStatuses),
      users: reader.list("AuthUsers"),
      versions: reader.list("AgentInstanceVersions"),
      agentStatuses: reader.list("AgentInstanceStatuses", agentStatuses),
      platforms: reader.list("AgentPlatformList", platforms),
      agentTemplates: reader.list("AgentTemplateIds"),
      platform: reader.text("AgentPlatform", platforms),
      modelTemplate: reader.text("ModelTemplateId"),
      source: reader.text("DeploymentSource", deploymentSources),
      group: reader.text("ResourceGroupId"),
      management: reader.text("ManagementStatus"),
      online: reader.text("AgentImOnlineStatus", onlineStatuses),
      region: reader.text("BizRegionId"),
      office: reader.text("OfficeSiteId"),
      model: reader.flag("ModelConfigure"),
      channel: reader.flag("ChannelConfigure"),
      hasUser: reader.flag("HasAuthUser"),
      // The page: it takes effect only together with IncludeRiskInfo.
      hasRisk: includeRiskInfo ? hasRisk : undefined,
      bizType: reader.whole("BizType"),
    },
    includeRiskInfo,
    page: Math.max(reader.whole("PageNumber", 0) ?? 1, 1),
    size: reader.whole("PageSize", 1) ?? 20,
  };
  return reader.problem() ?? request;
}

interface Reader {
  /** An empty text is the same as none. */
  text(name: string, values?: readonly string[]): string | undefined;
  flag(name: string): boolean | undefined;
  whole(name: string, least?: number): number | undefined;
  list(name: string, values?: readonly string[]): readonly string[] | undefined;
  /** The first parameter that was not as it should be. */
  problem(): ApiError | undefined;
}

function createReader(given: Parameters): Reader {
  let problem: ApiError | undefined;
  const lists = groupLists(given);
  const refuse = (name: string, why: string): undefined => {
    problem ??= apiError(400, `InvalidParameter.${name}`, `The specified parameter ${name} is not valid: ${why}.`);
  };
  const known = (name: string, value: string, values: readonly string[] | undefined): boolean => {
    if (values === undefined || values.includes(value)) return true;
    refuse(name, `it must be one of ${values.join(", ")}`);
    return false;
  };
  return {
    text(name, values) {
      const value = given.get(name);
      if (value === undefined || value === "") return undefined;
      return known(name, value, values) ? value : undefined;
    },
    flag(name) {
      const value = given.get(name);
      if (value === undefined) return undefined;
      return value === "true" ? true : value === "false" ? false : refuse(name, "it must be true or false");
    },
    whole(name, least) {
      const value = given.get(name);
      if (value === undefined) return undefined;
      const number = /^-?\d{1,9}$/.test(value) ? Number(value) : undefined;
      if (number === undefined) return refuse(name, "it must be a whole number");
      return least !== undefined && number < least ? refuse(name, `it must be ${least} or more`) : number;
    },
    list(name, values) {
      if (given.has(name)) return refuse(name, `its entries are written ${name}.1, ${name}.2 and so on`);
      const entries = lists.get(name);
      if (entries === undefined) return undefined;
      if (entries.size > listLimit) return refuse(name, `it may have ${listLimit} entries`);
      const result: string[] = [];
      for (let place = 1; place <= entries.size; place += 1) {
        const value = entries.get(String(place));
        if (value === undefined) return refuse(name, "its entries must be numbered from 1 without gaps");
        if (value === "") return refuse(name, "an entry is empty");
        if (!known(name, value, values)) return undefined;
        result.push(value);
      }
      return result;
    },
    problem: () => problem,
  };
}

/** Entries by list and by what stands after the dot. */
function groupLists(given: Parameters): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const lists = new Map<string, Map<string, string>>();
  for (const [key, value] of given) {
    const dot = key.indexOf(".");
    if (dot < 1) continue;
    const name = key.slice(0, dot);
    const entries = lists.get(name) ?? new Map<string, string>();
    lists.set(name, entries.set(key.slice(dot + 1), value));
  }
  return lists;
}
