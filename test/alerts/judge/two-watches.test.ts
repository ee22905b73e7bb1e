import fc from "fast-check";
import { expect, it } from "vitest";
import type { Rules } from "../../../src/alerts/rules.ts";
import { countingIds } from "../builders.ts";
import { type Act, anyActs, anyRules, createLife, type Life, live, numRuns } from "./histories.ts";

/** Two watches of one chat, to which things happen one by one or together. */
function createPair(rules: Rules, primed: boolean): readonly [Life, Life] {
  const newId = countingIds();
  const isBlind = (life: Life) => life.memory.state(0).watch.blindSince !== undefined;
  const one: Life = createLife(rules, { watch: { id: "w1", primed }, newId, chatIsBlind: () => isBlind(other) });
  const other: Life = createLife(rules, { watch: { id: "w2", primed }, newId, chatIsBlind: () => isBlind(one) });
  return [one, other];
}

const all: Act = { act: "deliver", count: 99, works: true };

type Happening = readonly [to: "one" | "other" | "both", act: Act];

const anyHappenings: fc.Arbitrary<readonly Happening[]> = fc
  .tuple(anyActs(), anyActs())
  .chain(([one, other]) =>
    fc.tuple(fc.constant([...one, ...other]), fc.infiniteStream(fc.constantFrom("one", "other", "both"))),
  )
  .map(([acts, to]) => acts.map((act) => [to.next().value, act] as const));

function meet(rules: Rules, happenings: readonly Happening[], primed = false): readonly [Life, Life] {
  const [one, other] = createPair(rules, primed);
  for (const [to, act] of happenings) {
    for (const life of to === "both" ? [one, other] : to === "one" ? [one] : [other]) {
      life.follow(act);
    }
  }
  return [one, other];
}

it("two watches of a chat are told apart", () => {
  const property = fc.property(anyRules, anyHappenings, (rules, happenings) => {
    const [one, other] = meet(rules, happenings);
    const all = [one, other].map(({ memory }) => [...memory.notices(), ...memory.episodes()]);
    expect(all.map((some) => new Set(some.map(({ watch }) => watch)).size <= 1)).toEqual([true, true]);
    const ids = all.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  fc.assert(property, { numRuns });
});

it("each of two watches of a chat is told as if it were alone", () => {
  const property = fc.property(anyRules, anyHappenings, (rules, happenings) => {
    // How fast a chat is told depends on all that it is told.
    const prompt = happenings.map(([to, act]): Happening => [to, act.act === "deliver" ? all : act]);
    const [one] = meet(rules, prompt);
    const alone = live(
      rules,
      prompt.flatMap(([to, act]) => (to === "other" ? [] : [act])),
    );
    const isTold = (notice: string | undefined) => notice !== undefined;
    const told = ({ judgements }: Life) =>
      judgements.map(({ change }) =>
        change.episodes.map(({ id: _, notice, endNotice, ...rest }) => [rest, isTold(notice), isTold(endNotice)]),
      );
    expect(told(one)).toEqual(told(alone));
  });
  fc.assert(property, { numRuns });
});

it("the last word on whether a chat is blind is how it is, and few are owed", () => {
  const property = fc.property(anyRules, anyHappenings, (rules, happenings) => {
    // The summary of a first scan says as well that scans are complete again.
    const acts = happenings.filter(([, { act }]) => act !== "edit");
    const pair = meet(rules, acts, true);
    const words = pair.flatMap(({ memory }) =>
      memory.notices().filter(({ kind, state }) => (kind === "blind" || kind === "sight") && state !== "dropped"),
    );
    const inOrder = words.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ kind }) => kind);
    const isBlind = pair.some(({ memory }) => memory.state(0).watch.blindSince !== undefined);
    expect(inOrder.at(-1) === "blind").toBe(isBlind);
    expect(words.filter(({ state }) => state === "owed").length).toBeLessThanOrEqual(5);
  });
  fc.assert(property, { numRuns });
});
