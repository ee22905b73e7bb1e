import { expect, test } from "vitest";
import { formatProblem } from "../../src/config/index.ts";
import { formatPath } from "../../src/config/problem.ts";

test("a problem is one line with file, line, column, key, message and hint", () => {
  const problem = {
    file: "app.yaml",
    line: 12,
    column: 5,
    key: "fleet.source",
    message: '"x" is wrong',
    hint: "try y",
  };
  expect(formatProblem(problem)).toBe('app.yaml:12:5 fleet.source: "x" is wrong — try y');
});

test("a problem of the file as a whole has no line", () => {
  expect(formatProblem({ file: "a.yaml", line: 0, column: 0, key: "", message: "there is no such file" })).toBe(
    "a.yaml: there is no such file",
  );
});

test("nothing of the file reaches the terminal as a control character", () => {
  const line = formatProblem({ file: "a", line: 1, column: 1, key: "\u001b[31mred\n", message: "\u202e" });
  expect(line).toBe("a:1:1 \\u{1b}[31mred\\u{a}: \\u{202e}");
});

test("a path reads as in a program", () => {
  expect(formatPath(["access", "rules", 0, "channel"])).toBe("access.rules[0].channel");
  expect(formatPath([])).toBe("");
});
