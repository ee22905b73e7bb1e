import { describe, expect, test } from "vitest";
import { configOf, linesOf, problemsOf } from "./read.ts";

describe("anchors and aliases", () => {
  test("stand for what they name", () => {
    const text = "alerts:\n  interval: &long 5m\n  hold: *long\nhttp: &web { port: 1 }\n";
    expect(configOf(text).alerts).toMatchObject({ interval: 300_000, hold: 300_000 });
  });

  test("that name nothing above are problems", () => {
    expect(linesOf("log: { level: *level }")).toEqual([
      "app.yaml:1:15 log.level: there is no anchor of this name above",
    ]);
  });

  test("that hold themselves end", () => {
    const problems = problemsOf("fleet: &all\n  simulator: *all\n");
    expect(problems.some(({ message }) => message.includes("20 levels"))).toBe(true);
  });

  test("that multiply are followed to a bound", () => {
    const rows = Array.from({ length: 9 }, (_, row) => `r${row + 1}: &r${row + 1} [${`*r${row}, `.repeat(9)}]`);
    const problems = problemsOf(["r0: &r0 x", ...rows].join("\n"));
    expect(problems.filter(({ message }) => message.includes("30000 values"))).toHaveLength(1);
  });

  test("do not merge sections", () => {
    expect(linesOf("http: &web { port: 1 }\n<<: *web\n")).toHaveLength(1);
  });
});

describe("what is YAML and no configuration", () => {
  test("is nested at most 20 levels deep", () => {
    const text = `locale: ${"[".repeat(30)}${"]".repeat(30)}`;
    expect(problemsOf(text).some(({ message }) => message.includes("20 levels"))).toBe(true);
  });

  test.each(["[".repeat(30_000), "{a: ".repeat(20_000), "- ".repeat(30_000)])(
    "is not followed without end (%#)",
    (text) => {
      const problems = problemsOf(text);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(200);
    },
  );

  test("has keys that are words only", () => {
    expect(linesOf("? [a]\n: 1\n")).toEqual([
      "app.yaml:1:3 a key must be a word — put a value that begins with a bracket or a brace in quotes",
    ]);
  });

  test("has keys of any name", () => {
    expect(problemsOf("__proto__: 1\nconstructor: 2\ntoString: 3\n").map(({ key }) => key)).toEqual([
      "__proto__",
      "constructor",
      "toString",
    ]);
  });

  test("has no tags", () => {
    expect(linesOf("locale: !!binary aGk=")).toEqual([
      "app.yaml:1:18 locale: is of a kind that has no place here — leave out the word with !!",
    ]);
    expect(linesOf("log: !mine {}")).toEqual(["app.yaml:1:6 this tag is not known — leave out the word with !"]);
  });
});
