import type { SimulatedFleet } from "./fleet.ts";
import type { Filters } from "./parameters.ts";
import { providers } from "./vocabulary.ts";

type Test = (index: number) => boolean;

/** Ascending positions of the runtimes that match. `scratch` has room for the whole fleet and is overwritten. */
export function filterFleet(fleet: SimulatedFleet, filters: Filters, scratch: Uint32Array): Uint32Array {
  const tests = compile(fleet, filters);
  const candidates = lookUp(fleet, filters);
  let found = 0;
  const size = candidates?.length ?? fleet.size;
  for (let turn = 0; turn < size; turn += 1) {
    const index = candidates === undefined ? turn : (candidates[turn] ?? -1);
    if (passes(tests, index)) {
      scratch[found] = index;
      found += 1;
    }
  }
  return scratch.slice(0, found);
}

function passes(tests: readonly Test[], index: number): boolean {
  for (const test of tests) if (!test(index)) return false;
  return true;
}

/** Asking by id reads no list: the positions that the ids name. */
function lookUp(fleet: SimulatedFleet, { ids, resources }: Filters): readonly number[] | undefined {
  const byId = ids && positions(ids, fleet.findId);
  const byResource = resources && positions(resources, fleet.findResource);
  if (byId === undefined) return byResource;
  return byResource === undefined ? byId : byId.filter((index) => byResource.includes(index));
}

function positions(ids: readonly string[], find: (id: string) => number): readonly number[] {
  const found = new Set(ids.map(find).filter((index) => index >= 0));
  return [...found].sort((left, right) => left - right);
}

/** Positions in `providers` that a name means, however it is spelled; none for a name nobody knows. */
function providerIndex(name: string): number {
  const plain = plainName(name);
  return providers.findIndex((provider) => plainName(provider.name) === plain);
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/gu, "");
}

/** One test for each filter that was given, the cheap ones first. */
function compile(fleet: SimulatedFleet, filters: Filters): readonly Test[] {
  const tests: Test[] = [];
  const when = <Value>(value: Value | undefined, test: (value: Value) => Test): void => {
    if (value !== undefined) tests.push(test(value));
  };
  when(filters.bizType, (type) => () => type === 1);
  when(filters.hasRisk, (wanted) => (index) => (fleet.risks(index) !== 0) === wanted);
  const provider = providerIndex(filters.provider);
  tests.push((index) => fleet.listedUnder(index, provider));
  when(filters.providers?.map(providerIndex), (all) => (index) => all.some((one) => fleet.listedUnder(index, one)));
  when(filters.statuses && new Set(filters.statuses), (all) => (index) => all.has(fleet.status(index)));
  when(filters.group, (id) => (index) => fleet.group(index)?.id === id);
  when(filters.region, (id) => (index) => fleet.region(index).id === id);
  when(filters.office, (id) => (index) => fleet.officeSiteId(index) === id);
  when(filters.model, (wanted) => (index) => (fleet.model(index) !== undefined) === wanted);
  when(filters.modelTemplate, (id) => (index) => fleet.model(index)?.id === id);
  when(filters.channel, (wanted) => (index) => fleet.channels(index).length > 0 === wanted);
  when(filters.hasUser, (wanted) => (index) => fleet.users(index).length > 0 === wanted);
  when(filters.management, (status) => (index) => fleet.management(index).includes(status));
  when(filters.online, (online) => (index) => fleet.messaging(index)?.online === online);
  when(filters.users && new Set(filters.users), (all) => (index) => fleet.users(index).some((user) => all.has(user)));
  when(filters.names && new Set(filters.names), (all) => (index) => all.has(fleet.name(index) ?? ""));
  tests.push(...agentTests(fleet, filters));
  return tests;
}

/** Filters on agents: each asks for one agent of the runtime, not all of them for the same one. */
function agentTests(fleet: SimulatedFleet, filters: Filters): readonly Test[] {
  const some = (values: readonly string[] | undefined, field: (agent: Agent) => string | undefined): Test[] => {
    if (values === undefined) return [];
    const all = new Set<string | undefined>(values);
    return [(index) => fleet.agents(index).some((agent) => all.has(field(agent)))];
  };
  const one = (value: string | undefined) => (value === undefined ? undefined : [value]);
  return [
    ...some(filters.agentStatuses, ({ status }) => status),
    ...some(filters.versions, ({ version }) => version),
    ...some(one(filters.platform), ({ platform }) => platform),
    ...some(filters.platforms, ({ platform }) => platform),
    ...some(one(filters.source), ({ source }) => source),
    ...some(filters.agentTemplates, ({ templateId }) => templateId),
  ];
}

type Agent = ReturnType<SimulatedFleet["agents"]>[number];
