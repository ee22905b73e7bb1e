import { describe, expect, test } from "vitest";
import { storeUrl } from "../../src/config/store-url.ts";

describe("the address of the store", () => {
  test.each([
    ["file:./data", "./data"],
    ["file:/var/lib/deskhand", "/var/lib/deskhand"],
    ["file:///var/lib/deskhand", "/var/lib/deskhand"],
    ["file:my data", "my data"],
  ])("%s is a directory", (text, directory) => {
    expect(storeUrl().parse(text)).toEqual({ kind: "file", directory });
  });

  test("can be nowhere", () => {
    expect(storeUrl().parse("memory:")).toEqual({ kind: "memory" });
  });

  test.each(["postgres://u:p@h:5432/db", "postgresql://h/db?sslmode=require", "postgres:///db"])(
    "keeps %s as a secret",
    (text) => {
      const url = storeUrl().parse(text);
      expect(url.kind === "postgres" && url.url.reveal()).toBe(text);
      expect(JSON.stringify(url)).toBe('{"kind":"postgres","url":"[secret]"}');
    },
  );

  test.each([
    "",
    "file:",
    "./data",
    "memory",
    "memory:x",
    "postgress://h/db",
    "postgres:h",
    "file://host/x",
    "file:~/data",
  ])("is not %j", (text) => {
    expect(storeUrl().safeParse(text).success).toBe(false);
  });
});
