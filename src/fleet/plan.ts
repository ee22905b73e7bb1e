import type { ApiFilters } from "./fleet.ts";
import { type FilterKey, type Filters, filterDefinition, filterKeyNames, foldSpelling, type Matcher } from "./keys.ts";

/** How a narrowed list is had from the API: what is asked of it, and what is left to be matched here. */
export interface Plan {
  /** One call each; their lists are one list, in this order. None: nothing can match, and nothing needs to be asked. */
  readonly providers: readonly string[];
  /** What the API filters, the same for each provider. */
  readonly filters: ApiFilters;
  /** What is left; undefined when the API filters everything. */
  readonly left: Matcher | undefined;
}

/**
 * Splits filters into what the API filters and what is matched here. `scope` narrows further and cannot be widened by any
 * filter: where both name a key, both hold.
 *
 * @param providers the providers that are asked when the filters name none
 */
export function plan(filters: Filters, providers: readonly string[], scope: Filters = {}): Plan {
  const asked = narrowProviders(filters.provider ?? scope.provider ?? providers, scope.provider);
  const sent: Record<string, string | readonly string[]> = { IncludeRiskInfo: "true" };
  const left: Matcher[] = [];
  for (const key of filterKeyNames) {
    const part = key === "provider" ? undefined : planKey(key, filters[key], scope[key]);
    if (part === "nothing") {
      return { providers: [], filters: {}, left: undefined };
    }
    Object.assign(sent, part?.sent);
    left.push(...(part?.left ?? []));
  }
  if ("HasRisk" in sent) {
    // HasRisk is ignored without IncludeRiskInfo: a wish to leave risk out must not open what a scope closes.
    sent.IncludeRiskInfo = "true";
  }
  return {
    providers: asked,
    filters: sent,
    left: left.length === 0 ? undefined : (runtime) => left.every((matches) => matches(runtime)),
  };
}

function narrowProviders(asked: readonly string[], allowed: readonly string[] | undefined): readonly string[] {
  const distinct = new Map(asked.map((provider) => [foldSpelling(provider), provider]));
  const bound = allowed === undefined ? undefined : new Set(allowed.map(foldSpelling));
  return [...distinct].filter(([folded]) => bound?.has(folded) ?? true).map(([, provider]) => provider);
}

interface KeyPlan {
  readonly sent: ApiFilters;
  readonly left: readonly Matcher[];
}

function planKey(
  key: FilterKey,
  asked: readonly string[] | undefined,
  scoped: readonly string[] | undefined,
): KeyPlan | "nothing" | undefined {
  const values = asked ?? scoped;
  if (values === undefined) {
    return undefined;
  }
  if (asked === undefined || scoped === undefined || key === "risk-info") {
    return planValues(key, values);
  }
  const { several, match, shape } = filterDefinition(key);
  if (several && match !== undefined) {
    // A runtime can have a value of each: the API is asked for the scope, and the wish is matched here.
    const bound = planValues(key, scoped);
    return { sent: bound.sent, left: [...bound.left, match(asked)] };
  }
  const fold = shape === "list" && key === "name" ? (value: string) => value.toLowerCase() : (value: string) => value;
  const wanted = new Set(asked.map(fold));
  const both = scoped.filter((value) => wanted.has(fold(value)));
  return both.length === 0 ? "nothing" : planValues(key, both);
}

function planValues(key: FilterKey, values: readonly string[]): KeyPlan {
  const definition = filterDefinition(key);
  const matcher = definition.matchedHere(values) ? definition.match?.(values) : undefined;
  return { sent: definition.send(values), left: matcher === undefined ? [] : [matcher] };
}
