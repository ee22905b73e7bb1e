import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Episode } from "../../../src/alerts/episode.ts";
import { judge } from "../../../src/alerts/judge/index.ts";
import { countingIds, hour, minute, plainRules } from "../builders.ts";
import {
  type Act,
  always,
  anyActs,
  anyRules,
  anyScan,
  type Life,
  live,
  numRuns,
  scanOf,
  sightingFrom,
} from "./histories.ts";

const keyOf = ({ runtime, kind }: Pick<Episode, "runtime" | "kind">) => `${runtime} ${kind}`;

const all: Act = { act: "deliver", count: 99, works: true };

/** Without reminders, which come by time alone. */
const lasting = { ...plainRules, repeat: 0 };

const owed = ({ memory }: Life) => memory.notices().filter(({ state }) => state === "owed");

describe("a platform that is down", () => {
  const long = fc.array(anyActs("deliver"), { minLength: 2, maxLength: 4 }).map((parts) => parts.flat());

  it("is owed no more however long that lasts", () => {
    always((life) => {
      expect(owed(life).length).toBeLessThanOrEqual(9);
    }, long);
  });

  it("is owed no more where a message hangs", () => {
    const tried: Act = { act: "deliver", count: 1, works: false };
    always(
      (life) => {
        expect(owed(life).length).toBeLessThanOrEqual(10);
      },
      fc.tuple(anyActs("deliver"), long).map(([first, second]) => [...first, tried, ...second]),
    );
  });

  it("is owed nothing for scans that see what the last ones saw", () => {
    const acts = fc.tuple(anyActs("deliver", "mute"), anyScan, fc.integer({ min: 1, max: 9 }));
    const property = fc.property(acts, ([some, { sights }, times]) => {
      // After so many, whatever is not listed has been told.
      const life = live(lasting, [...some, ...Array.from({ length: 5 }, () => scanOf(sights))]);
      const before = life.memory.notices();
      for (let index = 0; index < times; index += 1) {
        life.follow(scanOf(sights));
      }
      expect(life.memory.notices()).toEqual(before);
    });
    fc.assert(property, { numRuns });
  });
});

it("a restart sends nothing by itself, however long the bot was away", () => {
  const acts = fc.tuple(anyActs("mute"), anyScan, fc.constantFrom(minute, hour, 72 * hour));
  const property = fc.property(acts, ([some, { sights }, away]) => {
    const life = live(lasting, [...some, ...Array.from({ length: 5 }, () => scanOf(sights))]);
    const now = { steady: life.now().steady + away, wall: life.now().wall + away };
    const state = life.memory.state(now.steady - hour);
    const asked = { state, rules: lasting, now, gap: away, chatIsBlind: false, blindFrom: now.steady };
    const nothing = { notices: [], episodes: [], revised: [], dropped: [] };
    for (const sighting of [sightingFrom(scanOf(sights)), undefined]) {
      expect(judge({ ...asked, sighting, newId: countingIds() })).toMatchObject(nothing);
    }
  });
  fc.assert(property, { numRuns });
});

describe("once the platform answers", () => {
  it("a risk that lasted for its hold and two complete scans is told", () => {
    const property = fc.property(anyRules, anyActs(), (rules, acts) => {
      const life = live(rules, [...acts, { act: "unmute", target: "all" }, { act: "unmute", target: "r1" }]);
      for (let scans = 0; scans < rules.hold / minute + 2; scans += 1) {
        life.follow(scanOf([["model-modified"], "unknown", "unknown"]));
      }
      life.follow(all);
      const told = new Set(life.messages.flatMap(({ episodes }) => episodes));
      const [open] = life.memory.state(0).open.filter((one) => keyOf(one) === "r1 model-modified");
      expect([open?.state, told.has(open?.id ?? "")]).toEqual(["told", true]);
    });
    fc.assert(property, { numRuns });
  });

  it("the last word on each risk is how it is", () => {
    const property = fc.property(anyRules, anyActs("edit", "mute"), (rules, acts) => {
      const life = live({ ...rules, resolved: true }, [...acts, all]);
      const last = new Map<string, string>();
      const episodes = new Map(life.memory.episodes().map((one) => [one.id, one]));
      for (const { kind, episodes: told } of life.messages) {
        for (const episode of told.flatMap((id) => episodes.get(id) ?? [])) {
          last.set(keyOf(episode), kind === "passed" || kind === "resolved" ? "over" : "at risk");
        }
      }
      const open = life.memory.state(0).open.filter(({ state }) => state !== "pending");
      const atRisk = open.map(keyOf);
      for (const key of new Set([...last.keys(), ...atRisk])) {
        expect([key, last.get(key)]).toEqual([key, atRisk.includes(key) ? "at risk" : "over"]);
      }
    });
    fc.assert(property, { numRuns });
  });

  it("what was said to be told, and is not muted, has arrived", () => {
    always((life) => {
      const open = life.memory.state(0).open.filter(({ state, quiet }) => state === "told" && !quiet);
      life.follow(all);
      const told = new Set(life.messages.flatMap(({ episodes }) => episodes));
      expect(open.filter(({ id }) => !told.has(id))).toEqual([]);
    });
  });
});
