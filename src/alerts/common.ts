import type { InCommon } from "../cards/index.ts";
import { plainVersion } from "../fleet/index.ts";
import type { Sketch } from "./sketch.ts";

/** Fewer runtimes than that have things in common by chance. */
const leastRuntimes = 3;
/** Which part of them must share a value. */
const leastShare = 0.8;
/** How much is said at most. */
const mostSaid = 3;

interface Value {
  /** What is the same. */
  readonly key: string;
  /** How people call it. */
  readonly label: string;
}

type ValuesOf = (runtime: Sketch) => readonly Value[];

const plain = (text: string | undefined): readonly Value[] => (text ? [{ key: text, label: text }] : []);

/** Most telling first: a fleet has few regions, and many share one. */
const facets: readonly (readonly [InCommon["facet"], ValuesOf])[] = [
  [
    "group",
    ({ groupId, groupName }) => plain(groupId || groupName).map(({ key }) => ({ key, label: groupName || key })),
  ],
  ["template", templates],
  ["version", ({ agents }) => agents.flatMap(({ version }) => plain(version && plainVersion(version)))],
  ["user", ({ users }) => users.flatMap(plain)],
  ["region", ({ region }) => plain(region)],
];

function templates({ modelTemplateId, modelTemplateName, agents }: Sketch): readonly Value[] {
  const own = plain(modelTemplateId || modelTemplateName).map(({ key }) => ({ key, label: modelTemplateName || key }));
  return [...own, ...agents.flatMap((agent) => plain(agent.modelTemplateId))];
}

/**
 * What at least three runtimes and four of five of them have in common, most telling first, at most three things: a hint at one
 * cause. A runtime that is given twice counts once.
 *
 * @param withUsers whether who is authorised may be named; masked names would make different people one
 */
export function commonTo(runtimes: readonly Sketch[], withUsers: boolean): readonly InCommon[] {
  const distinct = [...new Map(runtimes.map((runtime) => [runtime.id || runtime, runtime])).values()];
  if (distinct.length < leastRuntimes) {
    return [];
  }
  return facets
    .filter(([facet]) => withUsers || facet !== "user")
    .flatMap(([facet, valuesOf]) => {
      const [most] = [...tally(distinct, valuesOf)].sort((one, other) => other.count - one.count);
      const tells = most !== undefined && most.count >= leastRuntimes && most.count >= leastShare * distinct.length;
      return tells ? [{ facet, value: most.label, count: most.count, of: distinct.length }] : [];
    })
    .slice(0, mostSaid);
}

interface Tally {
  readonly label: string;
  count: number;
}

/** How many have each value, in the order in which values are met first. */
function tally(runtimes: readonly Sketch[], valuesOf: ValuesOf): Iterable<Tally> {
  const counts = new Map<string, Tally>();
  for (const runtime of runtimes) {
    const met = new Set<string>();
    for (const { key, label } of valuesOf(runtime)) {
      const entry = counts.get(key) ?? { label, count: 0 };
      entry.count += Number(!met.has(key));
      counts.set(key, entry);
      met.add(key);
    }
  }
  return counts.values();
}
