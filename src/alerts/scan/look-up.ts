import {
  type ApiFilters,
  type CallOptions,
  type Fleet,
  type Fold,
  foldSpelling,
  type Runtime,
  sawAll,
} from "../../fleet/index.ts";
import { identityOf, resourceIdentity, resourceOf } from "./identity.ts";
import { inPool } from "./pool.ts";

/** So many runtimes are asked for in one call at most: the API's own cap is not documented. */
const mostAsked = 100;
/** So many rows are read for them at most, should the API take an id for something else. */
const mostRows = 10 * mostAsked;
const atOnce = 4;

/** Some runtimes, by their identities, in the lists of some providers that are narrowed by filters. */
export interface Question {
  readonly providers: readonly string[];
  readonly filters: ApiFilters;
  readonly identities: readonly string[];
}

/** `absent`: every list answered, and none has it. `failed`: it is in no list that answered, and one did not. */
export type Answer =
  | { readonly kind: "found"; readonly runtime: Runtime }
  | { readonly kind: "absent" }
  | { readonly kind: "failed" };

/** Looks runtimes up one by one, in as few calls as there can be; what was asked once is known to all later questions. */
export interface LookUps {
  /** Asks what is not known yet: each provider's list only for what the ones before it have not. Never rejects. */
  ask(questions: readonly Question[]): Promise<void>;
  /** The answer to a question that was asked. */
  answer(question: Question, identity: string): Answer;
}

interface Batch {
  readonly list: Map<string, Answer>;
  readonly provider: string;
  readonly filters: ApiFilters;
  readonly identities: readonly string[];
}

export function createLookUps(fleet: Fleet, call: CallOptions): LookUps {
  const lists = new Map<string, Map<string, Answer>>();
  const texts = new WeakMap<ApiFilters, string>();
  const listOf = (provider: string, filters: ApiFilters) => {
    const text = texts.get(filters) ?? JSON.stringify(Object.entries(filters).sort());
    texts.set(filters, text);
    const key = `${foldSpelling(provider)} ${text}`;
    const list = lists.get(key) ?? new Map<string, Answer>();
    lists.set(key, list);
    return list;
  };

  function answer({ providers, filters }: Question, identity: string): Answer {
    const answers = providers.map((provider) => listOf(provider, filters).get(identity));
    const found = answers.find((one) => one?.kind === "found");
    return found ?? { kind: answers.every((one) => one?.kind === "absent") ? "absent" : "failed" };
  }

  /** What each question still wants of the provider of a round. */
  function batchesOf(questions: readonly Question[], round: number): readonly Batch[] {
    const wanted = new Map<Map<string, Answer>, { readonly question: Question; readonly identities: Set<string> }>();
    for (const question of questions) {
      const provider = inOrder(question.providers)[round];
      if (provider !== undefined) {
        const list = listOf(provider, question.filters);
        const { identities } = wanted.get(list) ?? { identities: new Set<string>() };
        for (const identity of question.identities) {
          if (!list.has(identity) && answer(question, identity).kind !== "found") {
            identities.add(identity);
          }
        }
        wanted.set(list, wanted.get(list) ?? { question, identities });
      }
    }
    return [...wanted].flatMap(([list, { question, identities }]) => {
      const { filters, providers } = question;
      const provider = inOrder(providers)[round] ?? "";
      return chunksOf([...identities]).map((some) => ({ list, provider, filters, identities: some }));
    });
  }

  return {
    async ask(questions) {
      const rounds = Math.max(0, ...questions.map(({ providers }) => providers.length));
      for (let round = 0; round < rounds; round += 1) {
        await inPool(batchesOf(questions, round), atOnce, (batch) => lookUp(fleet, batch, call));
      }
    },
    answer,
  };
}

/** The same order for all, so that those who ask the same providers ask them together. */
function inOrder(providers: readonly string[]): readonly string[] {
  return [...providers].sort();
}

/** At most so many at once; ids and resources are asked for by parameters of their own. */
function chunksOf(identities: readonly string[]): readonly (readonly string[])[] {
  const chunks: (readonly string[])[] = [];
  const isId = (identity: string) => resourceOf(identity) === undefined;
  for (const some of [identities.filter(isId), identities.filter((identity) => !isId(identity))]) {
    for (let first = 0; first < some.length; first += mostAsked) {
      chunks.push(some.slice(first, first + mostAsked));
    }
  }
  return chunks;
}

/** Asks for one batch, and notes the answers. */
async function lookUp(fleet: Fleet, { list, provider, filters, identities }: Batch, call: CallOptions): Promise<void> {
  const resources = identities.flatMap((identity) => resourceOf(identity) ?? []);
  const asked = resources.length > 0 ? { ResourceIds: resources } : { DesktopIds: identities };
  const wanted = new Set(identities);
  const strangers = { count: 0 };
  const fold = () => {
    strangers.count = 0;
    return noteFound(list, wanted, resources.length > 0, strangers);
  };
  const request = { provider, filters: { ...filters, IncludeRiskInfo: "true", ...asked }, limit: mostRows };
  const scan = await fleet.scan(request, fold, call);
  // A row that cannot be read or told apart may be any of those that were asked for.
  const whole = scan.ok && sawAll(scan.value) && scan.value.unreadable === 0 && strangers.count === 0;
  for (const identity of wanted) {
    if (!list.has(identity)) {
      list.set(identity, { kind: whole ? "absent" : "failed" });
    }
  }
}

function noteFound(
  list: Map<string, Answer>,
  wanted: ReadonlySet<string>,
  byResource: boolean,
  strangers: { count: number },
): Fold<undefined> {
  return {
    row(runtime) {
      const identity = byResource ? resourceIdentity(runtime.resourceId ?? "") : identityOf(runtime);
      if (identity === undefined || !wanted.has(identity)) {
        strangers.count += 1;
      } else if (list.get(identity)?.kind !== "found") {
        list.set(identity, { kind: "found", runtime });
      }
    },
    result: () => undefined,
  };
}
