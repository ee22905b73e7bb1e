import type { Runtime } from "../../fleet/index.ts";
import type { Seen } from "../sighting.ts";
import { sentBy } from "./cover.ts";
import type { Answer, LookUps, Question } from "./look-up.ts";
import { type Test, testsOf, type Verdict, verdictOf, type Want } from "./want.ts";

/** Runtimes with open episodes of a watch that its complete scan has not shown. */
export interface Missing {
  readonly want: Want;
  readonly identities: readonly string[];
}

/** What was asked for one watch, in the order in which it is asked. */
interface Search {
  readonly want: Want;
  readonly tests: readonly Test[];
  /** Narrowed by nothing but what rows do not show. */
  readonly byIdentity: Question;
  /** Narrowed by nothing: for those that are not among what rows do not show. */
  readonly anywhere: Question;
  /** Narrowed by all that the API can ask: for those whose rows do not show enough. */
  readonly whole: Question;
}

/**
 * Finds out what became of runtimes that a complete scan has not shown, by asking for them by their ids: a runtime whose
 * risk is over, one that does not match any more, and one that is gone all look the same to a scan.
 */
export async function findMissing(
  missing: readonly Missing[],
  lookUps: LookUps,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Seen>>> {
  const searches = missing.filter(({ identities }) => identities.length > 0).map(searchFor);
  await lookUps.ask(searches.map(({ byIdentity }) => byIdentity));
  const further = searches.flatMap((search) => furtherQuestions(search, lookUps));
  await lookUps.ask(further.filter(({ identities }) => identities.length > 0));
  return new Map(
    searches.map((search) => {
      const { identities } = search.byIdentity;
      return [search.want.id, new Map(identities.map((identity) => [identity, seenAs(search, identity, lookUps)]))];
    }),
  );
}

function searchFor({ want, identities }: Missing): Search {
  const { providers, keys } = want;
  const question = { providers, identities };
  return {
    want,
    tests: testsOf(want, () => true),
    byIdentity: { ...question, filters: sentBy(keys.filter(({ asked }) => asked === undefined)) },
    anywhere: { ...question, filters: {} },
    whole: { ...question, filters: sentBy(keys) },
  };
}

function isNarrowed({ byIdentity }: Search): boolean {
  return Object.keys(byIdentity.filters).length > 0;
}

function furtherQuestions(search: Search, lookUps: LookUps): readonly Question[] {
  const { byIdentity, anywhere, whole } = search;
  const those = (holds: (answer: Answer) => boolean) =>
    byIdentity.identities.filter((identity) => holds(lookUps.answer(byIdentity, identity)));
  const absent = isNarrowed(search) ? those(({ kind }) => kind === "absent") : [];
  const unseen = those((answer) => verdict(search, answer) === "unseen");
  return [
    { ...anywhere, identities: absent },
    { ...whole, identities: unseen },
  ];
}

function verdict({ tests }: Search, answer: Answer): Verdict | undefined {
  return answer.kind === "found" ? verdictOf(answer.runtime, tests) : undefined;
}

function seenAs(search: Search, identity: string, lookUps: LookUps): Seen {
  const answer = lookUps.answer(search.byIdentity, identity);
  switch (answer.kind) {
    case "found":
      return seenOf(search, answer.runtime, () => lookUps.answer(search.whole, identity));
    case "absent":
      return isNarrowed(search) ? seenAnywhere(lookUps.answer(search.anywhere, identity)) : { kind: "no-row" };
    case "failed":
      return { kind: "unknown" };
  }
}

function seenOf(search: Search, runtime: Runtime, asWhole: () => Answer): Seen {
  switch (verdictOf(runtime, search.tests)) {
    case "yes":
      return { kind: "row", runtime };
    case "no":
      return { kind: "elsewhere" };
    case "unseen":
      return seenAsWhole(search.want, asWhole());
  }
}

/** What the API says where a row does not show enough; what it cannot be asked stays unknown. */
function seenAsWhole(want: Want, answer: Answer): Seen {
  switch (answer.kind) {
    case "found": {
      const { runtime } = answer;
      const left = verdictOf(
        runtime,
        testsOf(want, () => false),
      );
      return left === "yes" ? { kind: "row", runtime } : { kind: left === "no" ? "elsewhere" : "unknown" };
    }
    case "absent":
      return { kind: "elsewhere" };
    case "failed":
      return { kind: "unknown" };
  }
}

function seenAnywhere(answer: Answer): Seen {
  switch (answer.kind) {
    case "found":
      return { kind: "elsewhere" };
    case "absent":
      return { kind: "no-row" };
    case "failed":
      return { kind: "unknown" };
  }
}
