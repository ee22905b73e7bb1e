import fc from "fast-check";
import { expect, it } from "vitest";
import type { Observation } from "../../../src/alerts/episode.ts";
import type { Rules } from "../../../src/alerts/rules.ts";
import { anyActs, anyRules, createLife, kinds, observed, runtimes } from "./histories.ts";

/** What is known of one runtime and kind, in the plainest words. */
interface Known {
  readonly state: "quiet" | "pending" | "told" | "gone";
  readonly held: number;
  readonly holding: boolean;
  readonly missed: number;
}

const quiet: Known = { state: "quiet", held: 0, holding: false, missed: 0 };
const told: Known = { ...quiet, state: "told" };

function next(known: Known, seen: Observation, gap: number, hold: number): Known {
  const { state, held, holding, missed } = known;
  switch (`${state} ${seen}` as const) {
    case "quiet risk":
      return hold === 0 ? told : { ...quiet, state: "pending", holding: true };
    case "pending risk": {
      const lasted = held + (holding ? gap : 0);
      return lasted >= hold ? told : { ...known, held: lasted, holding: true };
    }
    case "pending not-seen":
    case "pending unknown":
      return { ...known, holding: false };
    case "told risk":
    case "gone risk":
      return told;
    case "told not-seen":
      return { ...told, state: "gone", missed: 1 };
    case "gone not-seen":
      return missed === 2 ? quiet : { ...known, missed: missed + 1 };
    case "pending clear":
    case "told clear":
    case "gone clear":
      return quiet;
    case "quiet clear":
    case "quiet not-seen":
    case "quiet unknown":
    case "told unknown":
    case "gone unknown":
      return known;
  }
}

/** The scan that tells the present state: what was told before is not over by it. */
function prime(known: Known, seen: Observation): Known {
  const wasTold = known.state === "told" || known.state === "gone";
  return wasTold && seen !== "risk" ? known : next(known, seen, 0, 0);
}

function createModel({ hold }: Rules) {
  const all = new Map<string, Known>();
  let primed = false;
  return {
    scan(complete: boolean, gap: number, seen: (runtime: string, kind: (typeof kinds)[number]) => Observation): void {
      if (!primed && !complete) {
        return;
      }
      for (const runtime of runtimes) {
        for (const kind of kinds) {
          const key = `${runtime} ${kind}`;
          const known = all.get(key) ?? quiet;
          const observation = seen(runtime, kind);
          all.set(key, primed ? next(known, observation, gap, hold) : prime(known, observation));
        }
      }
      primed = true;
    },
    edit(keeps: readonly string[]): void {
      primed = false;
      for (const key of all.keys()) {
        all.set(key, keeps.some((one) => key.startsWith(one)) ? (all.get(key) ?? quiet) : quiet);
      }
    },
    open: () => Object.fromEntries([...all].filter(([, { state }]) => state !== "quiet")),
  };
}

it("episodes go through their states as the table of states says, whatever else happens", () => {
  const property = fc.property(anyRules, anyActs(), (rules, acts) => {
    const life = createLife(rules);
    const model = createModel(rules);
    for (const act of acts) {
      life.follow(act);
      if (act.act === "scan") {
        const gap = life.judgements.at(-1)?.gap ?? 0;
        model.scan(act.complete, gap, (runtime, kind) => observed(act, runtime, kind));
      }
      if (act.act === "edit") {
        model.edit(act.keeps);
      }
      const open = life.memory.state(0).open.map(({ runtime, kind, state, held, holding, missed }) => {
        const pending = state === "pending" ? { held, holding } : { held: 0, holding: false };
        return [`${runtime} ${kind}`, { state, ...pending, missed }];
      });
      expect(Object.fromEntries(open)).toEqual(model.open());
    }
  });
  fc.assert(property, { numRuns: 300 });
});
