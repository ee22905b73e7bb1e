// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the configuration look like this

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readScalar, substitute } from "../../src/config/environment.ts";

const environment = { NAME: "value", EMPTY: "", OTHER: "two", TRICKY: "${NAME} $1 $& $$" };

describe("variables in a text", () => {
  test.each([
    ["${NAME}", "value"],
    ["a-${NAME}-${OTHER}-b", "a-value-two-b"],
    ["${NAME}${NAME}", "valuevalue"],
    ["${MISSING:-default}", "default"],
    ["${MISSING:-}", ""],
    ["${MISSING:-a:-b c}", "a:-b c"],
    ["${NAME:-default}", "value"],
    ["${EMPTY}", ""],
    ["${EMPTY:-default}", "default"],
    ["$${NAME}", "${NAME}"],
    ["$$${NAME}", "$${NAME}"],
    ["$NAME $ {NAME} {NAME}", "$NAME $ {NAME} {NAME}"],
    ["${TRICKY}", "${NAME} $1 $& $$"],
  ])("%s becomes %s", (text, expected) => {
    const result = substitute(text, environment);
    expect(result.text).toBe(expected);
    expect(result.faults).toEqual([]);
  });

  test("that are missing are named, each with its place", () => {
    expect(substitute("$${x} ${A} ${NAME} ${B}", environment).faults).toEqual([
      { kind: "missing", name: "A", occurrence: 1 },
      { kind: "missing", name: "B", occurrence: 3 },
    ]);
  });

  test.each(["${}", "${NAME", "${1A}", "${NAME:default}", "${NAME-x}", "${A B}", "${A:-${NAME}}"])(
    "that are written as %s are not guessed at",
    (text) => {
      expect(substitute(text, environment).faults[0]?.kind).toBe("malformed");
    },
  );

  test("are looked up among the variables alone", () => {
    expect(substitute("${constructor}${__proto__}", {}).faults).toHaveLength(2);
  });

  test("never make it throw, and leave a text without ${ as it is", () => {
    const pieces = fc.constantFrom("${", "}", "$", "$${", ":-", "A", "${A}", "${B:-x}", " ", "\n", "é");
    const texts = fc
      .array(fc.oneof(pieces, fc.string({ unit: "binary" })), { maxLength: 12 })
      .map((all) => all.join(""));
    const environments = fc.dictionary(fc.constantFrom("A", "B"), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(texts, environments, (text, variables) => {
        const result = substitute(text, variables);
        expect(text.includes("${") || result.text === text).toBe(true);
      }),
    );
  });
});

describe("a text that is read again", () => {
  test.each([
    ["8080", 8080],
    ["-1", -1],
    ["0.05", 0.05],
    ["1e3", 1000],
    ["0x1f", 31],
    ["true", true],
    ["False", false],
    ["yes", "yes"],
    ["", ""],
    ["1_000", "1_000"],
    ["8s", "8s"],
    ["1 2", "1 2"],
    ["{a: 1}", "{a: 1}"],
  ])("%s becomes what YAML makes of it", (text, expected) => {
    expect(readScalar(text)).toBe(expected);
  });

  test("is a number or true and false exactly where YAML reads one", () => {
    const letters = fc.array(fc.constantFrom(..."0123456789.eE+-xo", "true", "TRUE"), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        letters.map((all) => all.join("")),
        (text) => {
          const expected: unknown = parse(`key: ${text}`, { logLevel: "silent" }).key;
          const simple = typeof expected === "number" || typeof expected === "boolean";
          expect(readScalar(text)).toBe(simple ? expected : text);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
