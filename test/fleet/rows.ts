import fc from "fast-check";
import type { Agent, Filters, Runtime } from "../../src/fleet/index.ts";
import type { Row } from "./memory-fleet.ts";

/** The providers that are configured in these tests. */
export const providers = ["OpenClaw", "HermesAgent", "OtherBot"] as const;

export function agentOf(part: Partial<Agent> = {}): Agent {
  return {
    platform: undefined,
    provider: "OpenClaw",
    version: undefined,
    status: undefined,
    modelConfigured: undefined,
    channelConfigured: undefined,
    channels: [],
    source: undefined,
    modelTemplateId: undefined,
    other: {},
    ...part,
  };
}

export function runtimeOf(part: Partial<Runtime> = {}): Runtime {
  return {
    id: "ecd-1",
    resourceId: undefined,
    name: undefined,
    status: undefined,
    os: undefined,
    region: undefined,
    regionLocation: undefined,
    users: [],
    hasUser: undefined,
    agents: [agentOf()],
    modelConfigured: undefined,
    modelTemplateId: undefined,
    modelTemplateName: undefined,
    channelConfigured: undefined,
    channels: [],
    qrCodeChannels: [],
    messaging: undefined,
    risks: [],
    groupId: undefined,
    groupName: undefined,
    management: [],
    other: {},
    ...part,
  };
}

/** A row in the list of the providers of its agents. */
export function rowOf(part: Partial<Runtime> = {}, more: Partial<Row> = {}): Row {
  const runtime = runtimeOf(part);
  const listed = [...new Set(runtime.agents.map(({ provider }) => provider ?? "OpenClaw"))];
  return { runtime, listed, edition: "1", office: "office-1", ...more };
}

/** So many rows of one provider, with ids and names that tell their places. */
export function rowsOf(provider: string, count: number, part: (index: number) => Partial<Runtime> = () => ({})): Row[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${provider}-${index}`;
    return rowOf({ id: `ecd-${name}`, name, agents: [agentOf({ provider })], ...part(index) });
  });
}

const maybe = <Value>(...values: readonly Value[]) => fc.constantFrom(undefined, ...values);
const some = <Value>(...values: readonly Value[]) => fc.subarray([...values]);

const statuses = ["Running", "Stopped", "Pending"] as const;
const versions = ["2026.3.13", "OpenClaw 2026.3.13", "2026.4.15"] as const;
const channels = ["feishu", "wechat", "wecom"] as const;
const kinds = ["agent-uninstalled", "model-modified", "channel-modified"] as const;
const names = ["agent-1", "Agent-1", "agent-2", "agent-10"] as const;

const anyAgent: fc.Arbitrary<Agent> = fc
  .record({
    provider: fc.constantFrom("OpenClaw", "OPEN_CLAW", "HermesAgent", "HERMES_AGENT", "OtherBot", undefined),
    platform: maybe("ENTERPRISE", "ENTERPRISE_JVS"),
    version: maybe(...versions),
    status: maybe("Running", "Stopped", "Unavailable"),
    source: maybe("User", "Admin"),
    modelTemplateId: maybe("mt-1", "mt-2"),
  })
  .map(agentOf);

const anyRuntime: fc.Arbitrary<Runtime> = fc
  .record({
    resourceId: maybe("ecd-r1", "ecd-r2"),
    name: maybe("", ...names),
    status: maybe(...statuses, "RUNNING"),
    os: maybe("Linux", "LINUX", "Windows"),
    region: maybe("cn-hangzhou", "cn-shanghai"),
    users: some("li.na", "wang.wei"),
    hasUser: maybe(true, false),
    agents: fc.array(anyAgent, { maxLength: 2 }),
    modelConfigured: maybe(true, false),
    modelTemplateId: maybe("mt-1", "mt-2"),
    channels: some(...channels),
    messaging: maybe("Online", "Offline").map((online) => ({ status: undefined, cloudSpace: undefined, online })),
    risks: fc.option(some(...kinds), { nil: undefined }),
    groupId: maybe("rg-1", "rg-2"),
    management: some("Hibernated", "Locked"),
  })
  .map((part) => runtimeOf({ ...part, channelConfigured: part.channels.length > 0 }));

/**
 * Rows of a fleet in which some runtimes have agents of several providers. One without an agent, or with an agent of no
 * known provider, may be in any list.
 */
export function anyRows(size: { readonly minLength?: number; readonly maxLength: number }): fc.Arbitrary<Row[]> {
  const anyRow = fc.record({
    runtime: anyRuntime,
    also: fc.subarray([...providers], { minLength: 1 }),
    edition: fc.constantFrom("1", "2"),
    office: fc.constantFrom("office-1", "office-2"),
  });
  return fc.array(anyRow, size).map((rows) =>
    rows.map(({ runtime, also, edition, office }, index) => {
      const open = runtime.agents.length === 0 || runtime.agents.some(({ provider }) => provider === undefined);
      const own = runtime.agents.flatMap(({ provider }) => (provider === undefined ? [] : [provider]));
      const listed = open ? [...own, ...also] : own;
      return { runtime: { ...runtime, id: `ecd-${index}` }, listed, edition, office };
    }),
  );
}

const flags = fc.constantFrom<string[]>(["yes"], ["no"]);
const values = <Value extends string>(...all: readonly Value[]): fc.Arbitrary<string[]> =>
  fc.subarray<string>([...all], { minLength: 1 });
const single = <Value extends string>(...all: readonly Value[]): fc.Arbitrary<string[]> =>
  fc.constantFrom<string[]>(...all.map((value): string[] => [value]));

/** A generator of values for each key, drawn from what the generated rows have. */
export const filterValues = {
  provider: values("OpenClaw", "HermesAgent", "OtherBot", "NoSuchBot", "open_claw"),
  status: values(...statuses, "Deleted"),
  agent: values("Running", "Stopped", "Unavailable", "Deleted"),
  version: values(...versions),
  id: values("ecd-0", "ecd-1", "ecd-2", "ecd-3", "ecd-none"),
  resource: values("ecd-r1", "ecd-r2", "ecd-none"),
  name: values(...names, "AGENT-2"),
  user: values("li.na", "wang.wei", "nobody"),
  assigned: flags,
  model: flags,
  template: single("mt-1", "mt-2"),
  channel: fc.oneof(flags, values(...channels)),
  source: single("User", "Admin"),
  group: single("rg-1", "rg-2"),
  platform: single("ENTERPRISE", "ENTERPRISE_JVS"),
  edition: single("1", "2"),
  risk: fc.oneof(flags, values(...kinds)),
  "risk-info": flags,
  os: values("Linux", "linux", "Windows", "Android"),
  region: values("cn-hangzhou", "CN_Hangzhou", "cn-shanghai"),
  managed: single("Hibernated", "Locked"),
  online: flags,
  office: single("office-1", "office-2"),
} satisfies { readonly [Key in keyof Required<Filters>]: fc.Arbitrary<string[]> };

/** Keys that the API cannot ask, so that the list has to be read and matched here. */
export const matchedHere: readonly (keyof Filters)[] = ["name", "os", "region"];

/** Filters and a scope over up to so many keys, many of them named by both. */
export function filtersAndScope(
  most: number,
  without: readonly (keyof Filters)[] = [],
): fc.Arbitrary<{ readonly filters: Filters; readonly scope: Filters }> {
  const keys = Object.keys(filterValues).filter((key): key is keyof Filters => key in filterValues);
  const chosen = fc.subarray(
    keys.filter((key) => !without.includes(key)),
    { maxLength: most },
  );
  const each = chosen.chain((some) =>
    fc.tuple(
      ...some.map((key) => fc.tuple(fc.constant(key), fc.option(filterValues[key]), fc.option(filterValues[key]))),
    ),
  );
  const given = (entries: readonly (readonly [keyof Filters, string[] | null])[]): Filters =>
    Object.fromEntries(entries.filter(([, values]) => values !== null));
  return each.map((all) => ({
    filters: given(all.map(([key, filter]) => [key, filter])),
    scope: given(all.map(([key, , scope]) => [key, scope])),
  }));
}
