import type { Filters, Query, Runtime } from "../../src/fleet/index.ts";
import type { Row } from "./memory-fleet.ts";

const plain = (text: string) => text.toLowerCase().replaceAll(/[\s_-]/gu, "");
const words = (values: readonly string[], field: readonly (string | undefined)[]) =>
  field.some((value) => value !== undefined && values.some((wanted) => plain(wanted) === plain(value)));
const texts = (values: readonly string[], field: readonly (string | undefined)[]) =>
  field.some((value) => value !== undefined && values.includes(value));
const flag = (values: readonly string[], value: boolean | undefined) => (values[0] === "yes") === (value === true);

function risky([first, ...others]: readonly string[], { risks = [] }: Runtime): boolean {
  if (first === "yes" || first === "no") return (first === "yes") === risks.length > 0;
  return risks.some((risk) => [first, ...others].includes(risk));
}

function connected([first, ...others]: readonly string[], { channels, channelConfigured }: Runtime): boolean {
  if (first === "yes" || first === "no") return flag([first], channelConfigured);
  return words([first ?? "", ...others], channels);
}

/** What each key means, put to a row; the provider is a matter of whose list it is. */
const meanings: { readonly [Key in keyof Required<Filters>]: (values: readonly string[], row: Row) => boolean } = {
  provider: () => true,
  status: (values, { runtime }) => words(values, [runtime.status]),
  agent: (values, { runtime }) =>
    words(
      values,
      runtime.agents.map((agent) => agent.status),
    ),
  version: (values, { runtime }) =>
    texts(
      values,
      runtime.agents.map((agent) => agent.version),
    ),
  id: (values, { runtime }) => texts(values, [runtime.id]),
  resource: (values, { runtime }) => texts(values, [runtime.resourceId]),
  name: (values, { runtime }) => values.some((name) => name.toLowerCase() === runtime.name?.toLowerCase()),
  user: (values, { runtime }) => texts(values, runtime.users),
  assigned: (values, { runtime }) => flag(values, runtime.hasUser),
  model: (values, { runtime }) => flag(values, runtime.modelConfigured),
  template: (values, { runtime }) =>
    texts(values, [runtime.modelTemplateId, ...runtime.agents.map((agent) => agent.modelTemplateId)]),
  channel: (values, { runtime }) => connected(values, runtime),
  source: (values, { runtime }) =>
    words(
      values,
      runtime.agents.map((agent) => agent.source),
    ),
  group: (values, { runtime }) => texts(values, [runtime.groupId]),
  platform: (values, { runtime }) =>
    words(
      values,
      runtime.agents.map((agent) => agent.platform),
    ),
  edition: (values, row) => texts(values, [row.edition]),
  risk: (values, { runtime }) => risky(values, runtime),
  "risk-info": () => true,
  os: (values, { runtime }) => words(values, [runtime.os]),
  region: (values, { runtime }) => words(values, [runtime.region]),
  managed: (values, { runtime }) => words(values, runtime.management),
  online: (values, { runtime }) => runtime.messaging?.online === (values[0] === "yes" ? "Online" : "Offline"),
  office: (values, row) => texts(values, [row.office]),
};

function holds(filters: Filters, row: Row): boolean {
  return Object.entries(meanings).every(([key, meaning]) => {
    const values = filters[key as keyof Filters];
    return values === undefined || meaning(values, row);
  });
}

/** The providers that are asked, in order: those of the filters within those of the scope, or else the configured ones. */
function askedProviders(filters: Filters, scope: Filters, configured: readonly string[]): readonly string[] {
  const asked = (filters.provider ?? scope.provider ?? configured).map(plain);
  const allowed = scope.provider?.map(plain);
  return [...new Set(asked)].filter((provider) => allowed?.includes(provider) ?? true);
}

/** The list of each provider, filtered in memory. */
export function listsOf(rows: readonly Row[], filters: Filters, scope: Filters, configured: readonly string[]) {
  return askedProviders(filters, scope, configured).map((provider) =>
    rows.filter((row) => row.listed.map(plain).includes(provider) && holds(filters, row) && holds(scope, row)),
  );
}

/** The whole list: filtered in memory, one provider after the other, each runtime once. */
export function wholeList(
  rows: readonly Row[],
  filters: Filters,
  scope: Filters,
  configured: readonly string[],
): readonly Runtime[] {
  const all = listsOf(rows, filters, scope, configured).flat();
  const silent = (scope["risk-info"] ?? filters["risk-info"])?.[0] === "no" && !filters.risk && !scope.risk;
  return all
    .filter((row, index) => row.unreadable !== true && all.indexOf(row) === index)
    .map(({ runtime }) => (silent ? { ...runtime, risks: undefined } : runtime));
}

const kinds = ["agent-uninstalled", "model-modified", "channel-modified"];

function sortText(runtime: Runtime, key: NonNullable<Query["sort"]>["key"]): string {
  switch (key) {
    case "name":
      return runtime.name ?? "";
    case "status":
      return runtime.status ?? "";
    case "region":
      return runtime.region ?? "";
    case "version":
      return (runtime.agents.find((agent) => agent.version !== undefined)?.version ?? "").replace("OpenClaw ", "");
    case "risk":
      return runtime.risks === undefined
        ? ""
        : String(Math.max(0, ...runtime.risks.map((risk) => kinds.length - kinds.indexOf(risk))));
    case "user":
      return runtime.users[0] ?? "";
  }
}

const natural = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true, sensitivity: "base" });

/** Sorted in memory: no value last, whatever the direction; then by name and id. */
export function sorted(runtimes: readonly Runtime[], sort: NonNullable<Query["sort"]>): readonly Runtime[] {
  const value = (runtime: Runtime) => sortText(runtime, sort.key);
  const turn = sort.descending ? -1 : 1;
  return runtimes.toSorted((a, b) => {
    if ((value(a) === "") !== (value(b) === "")) return value(a) === "" ? 1 : -1;
    const byId = a.id < b.id ? -1 : 1;
    return turn * natural(value(a), value(b)) || natural(a.name ?? "", b.name ?? "") || byId;
  });
}
