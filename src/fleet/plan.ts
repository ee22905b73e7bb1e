import { foldSpelling, type Matcher } from "./filter-definition.ts";
import type { ApiFilters } from "./fleet.ts";
import { type FilterKey, type Filters, filterDefinition, filterKeyNames } from "./keys.ts";
import { plainProvider } from "./spelling.ts";

/** How a narrowed list is had from the API: what is asked of it, and what is left to be matched here. */
export interface Plan {
  /** One call each; their lists are one list, in this order. None: nothing can match, and nothing needs to be asked. */
  readonly providers: readonly string[];
  /** What the API filters, the same for each provider. */
  readonly filters: ApiFilters;
  /** What is left; undefined when the API filters everything. */
  readonly left: Matcher | undefined;
}

/** So many values of a key are sent at most; more are matched here, as the API's own cap is not documented. */
const mostSent = 100;

const nothing: Plan = { providers: [], filters: {}, left: undefined };

/** What one key of filters and scope comes to. */
export interface KeyPlan {
  readonly key: FilterKey;
  /** What is asked for, by the API or here. */
  readonly values: readonly string[];
  readonly sent: ApiFilters;
  readonly left: readonly Matcher[];
  /** What is sent, put to a row; undefined where rows do not show it, or nothing is sent. */
  readonly asked: Matcher | undefined;
}

/** A plan before it is put together: what each key comes to, in their canonical order. */
export interface KeyPlans {
  readonly providers: readonly string[];
  readonly keys: readonly KeyPlan[];
}

/**
 * Splits filters into what the API filters and what is matched here. `scope` narrows further and cannot be widened by any
 * filter: where both name a key, both hold. A key without a value that says anything matches nothing.
 *
 * @param providers the providers that are asked when the filters name none
 */
export function plan(filters: Filters, providers: readonly string[], scope: Filters = {}): Plan {
  const split = planKeys(filters, providers, scope);
  if (split === undefined) {
    return nothing;
  }
  const sent: Record<string, string | readonly string[]> = { IncludeRiskInfo: "true" };
  for (const key of split.keys) {
    Object.assign(sent, key.sent);
  }
  if ("HasRisk" in sent) {
    // HasRisk is ignored without IncludeRiskInfo: a wish to leave risk out must not open what a scope closes.
    sent.IncludeRiskInfo = "true";
  }
  const left = split.keys.flatMap((key) => key.left);
  return {
    providers: split.providers,
    filters: sent,
    left: left.length === 0 ? undefined : (runtime) => left.every((matches) => matches(runtime)),
  };
}

/** What `plan` puts together, key by key; undefined where nothing can match. */
export function planKeys(filters: Filters, providers: readonly string[], scope: Filters = {}): KeyPlans | undefined {
  const keys: KeyPlan[] = [];
  for (const key of filterKeyNames) {
    const part = key === "provider" ? undefined : planKey(key, filters[key], scope[key]);
    if (part === "nothing") {
      return undefined;
    }
    keys.push(...(part === undefined ? [] : [part]));
  }
  return { providers: narrowProviders(filters.provider ?? scope.provider ?? providers, scope.provider), keys };
}

/** Each provider once, however it is spelled: as it is documented, or else as the scope spells it, or whoever asks. */
function narrowProviders(asked: readonly string[], allowed: readonly string[] | undefined): readonly string[] {
  const spellings = new Map<string, string>();
  for (const provider of [...(allowed ?? []), ...asked].filter(saysAnything)) {
    const folded = foldSpelling(provider);
    spellings.set(folded, spellings.get(folded) ?? plainProvider(provider));
  }
  const bound = allowed && new Set(allowed.map(foldSpelling));
  const distinct = [...new Set(asked.map(foldSpelling))];
  return distinct.filter((folded) => bound?.has(folded) ?? true).flatMap((folded) => spellings.get(folded) ?? []);
}

function planKey(
  key: FilterKey,
  filter: readonly string[] | undefined,
  scope: readonly string[] | undefined,
): KeyPlan | "nothing" | undefined {
  const [asked, bound] = [filter && meant(key, filter), scope && meant(key, scope)];
  if (asked?.length === 0 || bound?.length === 0) {
    return "nothing";
  }
  if (asked === undefined || bound === undefined) {
    const values = asked ?? bound;
    return values && planValues(key, values);
  }
  // Leaving out what is known of risk narrows no list: whether it is told is the scope's to say.
  return key === "risk-info" ? planValues(key, bound) : planBoth(key, asked, bound);
}

/** The values that say anything; the API takes an empty one for none, which would be everything. */
function meant(key: FilterKey, values: readonly string[]): readonly string[] {
  const { shape } = filterDefinition(key);
  const all = values.filter(saysAnything);
  return shape === "list" || shape === "flag-or-names" ? all : all.slice(0, 1);
}

/** Where a filter and a scope name the same key, both hold. */
function planBoth(key: FilterKey, asked: readonly string[], bound: readonly string[]): KeyPlan | "nothing" {
  const { several, match } = filterDefinition(key);
  const fold = folds[key] ?? ((value: string) => value);
  const among = (values: readonly string[]) => {
    const known = new Set(values.map(fold));
    return (value: string) => known.has(fold(value));
  };
  if (asked.every(among(bound))) {
    return planValues(key, asked);
  }
  if (bound.every(among(asked))) {
    return planValues(key, bound);
  }
  if (several && match !== undefined) {
    // A runtime can have a value of each: the API is asked for the scope, and the wish is matched here.
    const whole = planValues(key, bound);
    return { ...whole, left: [...whole.left, match(asked)] };
  }
  const both = bound.filter(among(asked));
  return both.length === 0 ? "nothing" : planValues(key, both);
}

/** Where spellings of one value are the same to a row. */
const folds: { readonly [Key in FilterKey]?: (value: string) => string } = {
  name: (value) => value.toLowerCase(),
  os: foldSpelling,
  region: foldSpelling,
};

function planValues(key: FilterKey, values: readonly string[]): KeyPlan {
  const definition = filterDefinition(key);
  const tooMany = definition.shape === "list" && values.length > mostSent;
  const match = definition.match?.(values);
  const left = match !== undefined && (tooMany || definition.matchedHere(values)) ? [match] : [];
  const sent = tooMany ? {} : definition.send(values);
  return { key, values, sent, left, asked: Object.keys(sent).length === 0 ? undefined : match };
}

function saysAnything(value: string): boolean {
  return value !== "";
}
