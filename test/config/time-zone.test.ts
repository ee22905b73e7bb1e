import { expect, test } from "vitest";
import { configOf, problemsOf } from "./read.ts";

test.each([
  ["asia/shanghai", "Asia/Shanghai"],
  ["utc", "UTC"],
  ["AUSTRALIA/LORD_HOWE", "Australia/Lord_Howe"],
])("the zone %s is written %s", (written, read) => {
  expect(configOf(`timeZone: ${written}`).timeZone).toBe(read);
});

test.each(["auto", "Asia/Kolkata", "US/Eastern", "PRC"])("the zone %s stays as it is written", (zone) => {
  expect(configOf(`timeZone: ${zone}`).timeZone).toBe(zone);
});

test.each([
  ["Asia/Shanghia", "Asia/Shanghai"],
  ["Shanghai", "Asia/Shanghai"],
  ["atuo", "auto"],
  ["America/NewYork", "America/New_York"],
  ["'+08:00'", "Asia/Shanghai"],
  ["北京", "Asia/Shanghai"],
])("for %s the zone %s is meant", (written, meant) => {
  expect(problemsOf(`timeZone: ${written}`).map(({ hint }) => hint)).toEqual([`did you mean ${meant}?`]);
});

test("a zone that is like no other is refused with an example", () => {
  expect(problemsOf("timeZone: Mars/Olympus")).toMatchObject([
    { message: expect.stringContaining("such as Asia/Shanghai"), hint: undefined },
  ]);
});
