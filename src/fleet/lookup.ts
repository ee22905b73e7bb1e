import type { Outcome } from "./failure.ts";
import type { CallOptions, Fleet } from "./fleet.ts";
import type { Filters } from "./keys.ts";
import { mergeRuntimes } from "./listing.ts";
import { plan } from "./plan.ts";
import type { Runtime } from "./runtime.ts";

/** Ids begin like this: ecd for OpenClaw, jvs for JVS Computer and Hermes. Anything else may still be an id. */
const idForm = /^(ecd|jvs)-/i;

/**
 * Every runtime with this id or, when there is none, with this name. What looks like an id is asked for as an id first.
 * Each provider is asked, as the API takes one a call: at most two calls for each.
 */
export async function findRuntimes(
  fleet: Fleet,
  providers: readonly string[],
  target: string,
  scope: Filters,
  call: CallOptions,
): Promise<Outcome<readonly Runtime[]>> {
  const byId: Filters = { id: [target] };
  const byName: Filters = { name: [target] };
  for (const filters of idForm.test(target) ? [byId, byName] : [byName, byId]) {
    const found = await findBy(fleet, providers, filters, scope, call);
    if (!found.ok || found.value.length > 0) {
      return found;
    }
  }
  return { ok: true, value: [] };
}

async function findBy(
  fleet: Fleet,
  providers: readonly string[],
  filters: Filters,
  scope: Filters,
  call: CallOptions,
): Promise<Outcome<readonly Runtime[]>> {
  const split = plan(filters, providers, scope);
  const lists: (readonly Runtime[])[] = [];
  for (const provider of split.providers) {
    const page = await fleet.page({ provider, filters: split.filters, page: 1, size: 20 }, call);
    if (!page.ok) {
      return page;
    }
    lists.push(page.value.runtimes.filter((runtime) => split.left?.(runtime) ?? true));
    if (filters.id !== undefined && lists.some((list) => list.length > 0)) {
      break;
    }
  }
  return { ok: true, value: mergeRuntimes(lists) };
}
