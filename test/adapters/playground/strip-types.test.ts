import { expect, it } from "vitest";
import { stripTypes } from "../../../adapters/playground/strip-types.ts";

it("takes the types out of each source, in their order", async () => {
  const stripped = await stripTypes(["const 名: string = '一';", "export type Gone = 1;", ""]);
  expect(stripped.map((text) => text.replaceAll(/ +/g, " ").trim())).toEqual(["const 名 = '一';", "", ""]);
});

it("fails where one is no TypeScript, or needs more than that", async () => {
  await expect(stripTypes(["const = ;"])).rejects.toThrow();
  await expect(stripTypes(["enum Colour { red }"])).rejects.toThrow();
});
