import { expect, test } from "vitest";
import { linesOf } from "./read.ts";

test.each([
  ["http:\n\tport: 1\n", "app.yaml:2:1 a tab cannot indent a line"],
  ["http:\n  port: 1\n host: a\n", "app.yaml:3:1 the indentation does not fit the lines above"],
  ["locale: auto\n  port: 1\n", "app.yaml:1:9 a key cannot stand inside the value of another key"],
  ["locale: a: b\n", "app.yaml:1:9 a key cannot stand inside the value of another key"],
  ["locale: 'auto\nhttp: {}\n", "app.yaml:1:9 the quote that opens here does not close"],
  ["log: { level: info\n", "app.yaml:1:6 the brace that opens here does not close"],
  ["fleet:\n  providers: [One, { a: 1 }\nhttp: {}\n", "app.yaml:2:14 the bracket that opens here does not close"],
  ["http: {}\nlocale auto\n", "app.yaml:2:1 something is missing"],
  ["locale: @auto\n", "app.yaml:1:9 a value cannot begin with this character"],
  ['locale: "a\\q"\n', "app.yaml:1:11 there is no such escape"],
  ['locale: "auto" en\n', "app.yaml:1:16 this does not fit here"],
  ["locale: auto\n---\nlocale: en\n", "app.yaml:2:1 a second document begins here"],
])("%j is answered in words, with its place", (text, line) => {
  expect(linesOf(text).join("\n")).toContain(line);
});

test("a slip is told once a line, however often the parser stumbles over it", () => {
  expect(linesOf("http: { port: ]]]]]] }")).toHaveLength(1);
});

test("a slip does not repeat what stands there", () => {
  const texts = [
    'appSecret: "hunter2" hunter2',
    "appSecret: @hunter2",
    "appSecret: [hunter2",
    "a: b: hunter2",
    "}hunter2",
  ];
  expect(texts.flatMap((text) => linesOf(text)).filter((line) => line.includes("hunter2"))).toEqual([]);
});
