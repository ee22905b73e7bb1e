import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test.each(numbers)("promise %i has a test whose name says its number", async (number) => {
  const text = await readFile(new URL(`promise-${number}.test.ts`, import.meta.url), "utf8");
  expect(text).toMatch(new RegExp(`^describe\\("promise ${number}: `, "m"));
  expect(text).toMatch(/^ {2}test(?:\.each\(.+\))?\(/m);
});
