import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Check, examine, type Finding, type Found, type Part, parts } from "../../src/doctor/index.ts";
import { createManualClock, type ManualClock, settle } from "../manual-clock.ts";

const ok: Found = { state: "ok", says: "It is well." };
const failed: Found = { state: "failed", says: "It is broken.", todo: "Mend it." };

const checkOf = (name: string, found: Found | (() => Promise<Found>), more: Partial<Check> = {}): Check => ({
  part: "store",
  name,
  look: typeof found === "function" ? found : async () => found,
  ...more,
});

interface Run {
  readonly findings: readonly Finding[];
  readonly faults: readonly unknown[];
}

/** Runs checks until none is left, time passing as it has to. */
async function run(checks: readonly Check[], clock: ManualClock = createManualClock()): Promise<Run> {
  const faults: unknown[] = [];
  const findings: Finding[] = [];
  const { signal } = new AbortController();
  let over = false;
  const all = (async () => {
    const onFault = (_: Check, error: unknown) => faults.push(error);
    for await (const finding of examine({ checks, clock, signal, onFault })) {
      findings.push(finding);
    }
    over = true;
  })();
  for (let turn = 0; turn < 200 && !over; turn += 1) {
    await settle();
    if (!over) {
      await clock.advance(500);
    }
  }
  await all;
  return { findings, faults };
}

describe("the examination", () => {
  it("tells findings in the order of parts, and those of a part in the order given", async () => {
    const { findings } = await run([
      checkOf("rows", ok, { part: "fleet" }),
      checkOf("file", ok, { part: "configuration" }),
      checkOf("tables", ok),
      checkOf("write", ok),
    ]);

    expect(findings.map(({ part, check }) => `${part} ${check}`)).toEqual([
      "configuration file",
      "store tables",
      "store write",
      "fleet rows",
    ]);
  });

  it("leaves out what rests on something that failed, and says on what", async () => {
    const { findings } = await run([
      checkOf("token", failed),
      checkOf("chat", ok, { needs: ["token"] }),
      checkOf("card", ok, { needs: ["chat"] }),
      checkOf("quota", ok),
    ]);

    expect(findings.map(({ state }) => state)).toEqual(["failed", "skipped", "skipped", "ok"]);
    expect(findings[1]?.says).toContain("token");
  });

  it("calls an answer that does not come by its deadline a failure, and tells the check to stop", async () => {
    const clock = createManualClock();
    let told = false;
    const hanging = checkOf("hanging", ok, {
      deadline: 2_000,
      look: (signal) =>
        new Promise(() => {
          signal.addEventListener("abort", () => {
            told = true;
          });
        }),
    });
    const { findings } = await run([hanging, checkOf("next", ok)], clock);

    expect(findings[0]).toMatchObject({ state: "failed", says: "There was no answer within 2 s." });
    expect(findings[1]?.state).toBe("ok");
    expect([told, clock.sleeping()]).toEqual([true, 0]);
  });

  it("tells a check that rejects as a fault of the program, without its words", async () => {
    const error = new TypeError("postgres://user:geheim@db");
    const { findings, faults } = await run([checkOf("odd", () => Promise.reject(error))]);

    expect(findings).toMatchObject([{ state: "failed", says: expect.stringContaining("TypeError") }]);
    expect(JSON.stringify(findings)).not.toContain("geheim");
    expect(faults).toEqual([error]);
  });

  it("ends when it is given up, although a check hangs", async () => {
    const clock = createManualClock();
    const stopping = new AbortController();
    const hanging = checkOf("hanging", () => new Promise(() => {}));
    const findings: Finding[] = [];
    const ended = (async () => {
      const options = { checks: [hanging, hanging], clock, signal: stopping.signal, onFault: () => {} };
      for await (const finding of examine(options)) {
        findings.push(finding);
      }
    })();
    await settle();
    stopping.abort();
    await ended;

    expect([findings, clock.sleeping()]).toEqual([[], 0]);
  });
});

describe("any examination", () => {
  type Course = "ok" | "note" | "failed" | "reject" | "throw" | "hang" | "slow";
  interface Plan {
    readonly part: Part;
    readonly name: string;
    readonly course: Course;
    readonly needs: readonly string[];
  }
  const anyPlan: fc.Arbitrary<Plan> = fc.record({
    part: fc.constantFrom(...parts),
    name: fc.constantFrom("a", "b", "c", "d"),
    course: fc.constantFrom<Course>("ok", "note", "failed", "reject", "throw", "hang", "slow"),
    needs: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "z"), { maxLength: 2 }),
  });
  const outcomes = {
    ok: "ok",
    slow: "ok",
    note: "note",
    failed: "failed",
    reject: "failed",
    throw: "failed",
    hang: "failed",
  };

  /** What must be found: the same law, written without time. */
  function expected(plans: readonly Plan[]): readonly string[] {
    return parts.flatMap((part) => {
      const states = new Map<string, string[]>();
      return plans
        .filter((plan) => plan.part === part)
        .map(({ name, course, needs }) => {
          const isWell = (need: string) =>
            states.has(need) && (states.get(need) ?? []).every((state) => state === "ok" || state === "note");
          const state = needs.every(isWell) ? outcomes[course] : "skipped";
          states.set(name, [...(states.get(name) ?? []), state]);
          return `${part} ${name} ${state}`;
        });
    });
  }

  it("finds exactly one thing for each check, looks at one check of a part at a time, and leaves no timer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPlan, { maxLength: 12 }), async (plans) => {
        const clock = createManualClock();
        const underWay = new Set<Part>();
        let overlaps = 0;
        const checks = plans.map(({ part, name, course, needs }): Check => {
          const courses: Readonly<Record<Course, () => Promise<Found>>> = {
            ok: async () => ok,
            note: async () => ({ state: "note", says: "Well enough." }),
            failed: async () => failed,
            reject: () => Promise.reject(new Error("rejected")),
            throw: () => {
              throw new Error("thrown");
            },
            hang: () => new Promise(() => {}),
            slow: async () => clock.sleep(900).then(() => ok),
          };
          return {
            ...{ part, name, needs, deadline: 1_000 },
            async look(signal) {
              overlaps += underWay.has(part) ? 1 : 0;
              underWay.add(part);
              signal.addEventListener("abort", () => underWay.delete(part));
              return courses[course]().finally(() => underWay.delete(part));
            },
          };
        });
        const { findings } = await run(checks, clock);

        expect(findings.map(({ part, check, state }) => `${part} ${check} ${state}`)).toEqual(expected(plans));
        expect([overlaps, clock.sleeping()]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });
});
