import type { Outcome } from "./failure.ts";
import type { CallOptions, Fleet } from "./fleet.ts";
import type { Filters } from "./keys.ts";
import { plan } from "./plan.ts";
import type { Runtime } from "./runtime.ts";
import { keepMatches, mergeRuntimes } from "./snapshot.ts";

/** Ids begin like this: ecd for OpenClaw, jvs for JVS Computer and Hermes. Anything else may still be an id. */
const idForm = /^(ecd|jvs)-/i;

/**
 * How many rows are read for one name. Should the service match names in part, "agent-1" is among those of "agent-10" and
 * "agent-100"; where it matches exactly, there is never more than a page.
 */
const mostNamed = 1_000;

/**
 * Every runtime with this id or, when there is none, with this name. What looks like an id is asked for as an id first.
 * Each provider is asked, as the API takes one a call: two calls for each, unless the service matches names in part.
 */
export async function findRuntimes(
  fleet: Fleet,
  providers: readonly string[],
  target: string,
  scope: Filters,
  call: CallOptions,
): Promise<Outcome<readonly Runtime[]>> {
  const byId = () => findById(fleet, providers, target, scope, call);
  const byName = () => findByName(fleet, providers, target, scope, call);
  const [first, second] = idForm.test(target) ? [byId, byName] : [byName, byId];
  const found = await first();
  return found.ok && found.value.length === 0 ? second() : found;
}

async function findById(
  fleet: Fleet,
  providers: readonly string[],
  id: string,
  scope: Filters,
  call: CallOptions,
): Promise<Outcome<readonly Runtime[]>> {
  const split = plan({ id: [id] }, providers, scope);
  for (const provider of split.providers) {
    const page = await fleet.page({ provider, filters: split.filters, page: 1, size: 20 }, call);
    if (!page.ok) {
      return page;
    }
    const found = page.value.runtimes.filter((runtime) => split.left?.(runtime) ?? true);
    if (found.length > 0) {
      return { ok: true, value: mergeRuntimes([found]) };
    }
  }
  return { ok: true, value: [] };
}

async function findByName(
  fleet: Fleet,
  providers: readonly string[],
  name: string,
  scope: Filters,
  call: CallOptions,
): Promise<Outcome<readonly Runtime[]>> {
  const split = plan({ name: [name] }, providers, scope);
  const lists: (readonly Runtime[])[] = [];
  for (const provider of split.providers) {
    const request = { provider, filters: split.filters, limit: mostNamed };
    const scan = await fleet.scan(request, () => keepMatches(split), call);
    if (!scan.ok) {
      return scan;
    }
    lists.push(scan.value.value);
  }
  return { ok: true, value: mergeRuntimes(lists) };
}
