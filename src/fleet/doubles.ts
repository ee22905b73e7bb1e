import type { Outcome } from "./failure.ts";
import { foldSpelling } from "./filter-definition.ts";
import type { CallOptions } from "./fleet.ts";
import type { Plan } from "./plan.ts";
import type { Part, Ranges } from "./ranges.ts";
import type { Agent, Runtime } from "./runtime.ts";

/**
 * The ids, for each part of a list of several providers, that an earlier provider's part has shown or will show. Whether
 * the API lists a runtime with agents of two providers twice is not documented. So those that may be doubles are asked for
 * by id in the earlier lists: one call for each earlier list, and none where no row of the page is suspect.
 */
export async function findDoubles(
  ranges: Ranges,
  split: Plan,
  parts: readonly Part[],
  call: CallOptions,
): Promise<Outcome<readonly ReadonlySet<string>[]>> {
  const doubles: Set<string>[] = [];
  for (const [index, { rows }] of parts.entries()) {
    const found = new Set<string>();
    for (const earlier of parts.slice(0, index).keys()) {
      const suspects = rows.filter((runtime) => !found.has(runtime.id) && mayBeOf(runtime, split.providers[earlier]));
      const ids = await idsIn(ranges, split, earlier, parts[earlier], suspects, call);
      if (!ids.ok) {
        return ids;
      }
      for (const id of ids.value.filter((one) => one !== "")) {
        found.add(id);
      }
    }
    doubles.push(found);
  }
  return { ok: true, value: doubles };
}

/** Which of these runtimes a provider's list has. */
async function idsIn(
  ranges: Ranges,
  { providers, filters }: Plan,
  index: number,
  part: Part | undefined,
  suspects: readonly Runtime[],
  call: CallOptions,
): Promise<Outcome<readonly string[]>> {
  const provider = providers[index];
  if (provider === undefined || suspects.length === 0) {
    return { ok: true, value: [] };
  }
  if (part?.whole !== undefined) {
    return { ok: true, value: part.whole.runtimes.map(({ id }) => id) };
  }
  // They match the filters, a filter by id included: to ask for theirs instead asks for no others.
  const narrowed = { ...filters, DesktopIds: [...new Set(suspects.map(({ id }) => id))] };
  const range = { provider, filters: narrowed, offset: 0, length: narrowed.DesktopIds.length } as const;
  const found = await ranges.read({ ...range, prefer: "smallest" }, call);
  return found.ok ? { ok: true, value: found.value.rows.map(({ id }) => id) } : found;
}

/** Whether a provider's list may have a runtime: by its agents, unless they are gone or do not say whose they are. */
function mayBeOf({ id, agents }: Runtime, provider: string | undefined): boolean {
  const folded = foldSpelling(provider ?? "");
  const isOf = (agent: Agent) => !agent.provider || foldSpelling(agent.provider) === folded;
  return id !== "" && (agents.length === 0 || agents.some(isOf));
}
