import { describe, expect, test } from "vitest";
import { nearestZone, zoneNames, zoneOf } from "../../src/commands/zone.ts";

describe("a time zone", () => {
  test.each([
    ["Asia/Shanghai", "Asia/Shanghai"],
    ["asia/shanghai", "Asia/Shanghai"],
    ["EUROPE/BERLIN", "Europe/Berlin"],
    ["utc", "UTC"],
    ["PRC", "Asia/Shanghai"],
    ["Etc/GMT-8", "Etc/GMT-8"],
  ])("%s is %s", (text, zone) => {
    expect(zoneOf(text)).toBe(zone);
  });

  test.each(["", "Shanghai", "+08:00", "UTC+8", "Mars/Base", "Asia/Shanghai\u0000", "a".repeat(1_000)])(
    "is none in %j",
    (text) => {
      expect(zoneOf(text)).toBeUndefined();
    },
  );

  test("keeps its name when that is read again, and is one that can be suggested", () => {
    expect(zoneNames.length).toBeGreaterThan(300);
    const names = zoneNames.map((name) => zoneOf(name));
    expect(names.map((name) => zoneOf(name ?? ""))).toEqual(names);
  });
});

describe("the nearest zone", () => {
  test.each([
    ["Shanghai", "Asia/Shanghai"],
    ["shangai", "Asia/Shanghai"],
    ["Asia/Shangai", "Asia/Shanghai"],
    ["Beijing", "Asia/Shanghai"],
    ["北京", "Asia/Shanghai"],
    ["UTC+8", "Asia/Shanghai"],
    ["+09:00", "Etc/GMT-9"],
    ["GMT-5", "Etc/GMT+5"],
    ["New_York", "America/New_York"],
    ["+99", undefined],
    ["+05:30", undefined],
    ["Mars/Base", undefined],
    ["x".repeat(1_000), undefined],
  ])("to %s is %s", (text, zone) => {
    expect(nearestZone(text)).toBe(zone);
  });
});
