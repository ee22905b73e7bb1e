import { describe, expect, test } from "vitest";
import type { CommandProblem } from "../../src/commands/index.ts";
import { canonical, commandOf, marked, problemOf } from "./read.ts";

describe("a digest", () => {
  test("has a time, and comes every day unless something is said", () => {
    expect(commandOf("/digest on at=09:00")).toEqual({ kind: "digest-on", filters: {}, at: 540 });
  });

  test("takes days, a zone, a view and filters", () => {
    expect(commandOf("/digest on view=mine status=Running tz=asia/shanghai days=mon-fri at=18:30")).toEqual({
      kind: "digest-on",
      filters: { status: ["Running"] },
      view: "mine",
      at: 1110,
      days: ["mon", "tue", "wed", "thu", "fri"],
      zone: "Asia/Shanghai",
    });
  });

  test.each([
    ["/digest", "/digest status"],
    ["/日报 状态", "/digest status"],
    ["/日报 关闭", "/digest off"],
    ["/日报 开启 时间=9点 星期=工作日 时区=Asia/Shanghai", "/digest on at=09:00 days=mon-fri tz=Asia/Shanghai"],
    ["／日报　开启　时间：０９：００", "/digest on at=09:00"],
    ["/digest on at:9:00", "/digest on at=09:00"],
    ["/digest on --at 9:00 --days mon,tue", "/digest on at=09:00 days=mon,tue"],
    ["/digest on risk=yes at=23:59", "/digest on at=23:59 risk=yes"],
    ["/DIGEST ON AT=00:00 TZ=utc", "/digest on at=00:00 tz=UTC"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test.each([
    ["fri-mon", "mon,fri-sun"],
    ["sat,sun", "sat,sun"],
    ["sun,mon,tue", "mon,tue,sun"],
    ["wed,tue,MON", "mon-wed"],
    ["Monday-Wednesday,Fridays", undefined],
    ["Monday-Wednesday,friday", "mon-wed,fri"],
    ["weekdays", "mon-fri"],
    ["weekend", "sat,sun"],
    ["weekdays,sat", "mon-sat"],
    ["工作日", "mon-fri"],
    ["周末", "sat,sun"],
    ["周一至周五", "mon-fri"],
    ["周一到周三、星期日", "mon-wed,sun"],
    ["周一、三、五", "mon,wed,fri"],
    ["mon－fri", "mon-fri"],
    ["mon days=wed", "mon,wed"],
    ["mon,mon", "mon"],
  ])("on days=%s comes on %s", (typed, days) => {
    const text = `/digest on at=09:00 days=${typed}`;
    if (days === undefined) {
      expect(problemOf(text).kind).toBe("bad-value");
    } else {
      expect(canonical(text)).toBe(`/digest on at=09:00 days=${days}`);
    }
  });

  test.each(["daily", "every-day", "每天", "mon-sun", "weekdays,weekend", "tue-mon"])(
    "on days=%s comes every day, which is not said",
    (typed) => {
      expect(canonical(`/digest on at=09:00 days=${typed}`)).toBe("/digest on at=09:00");
    },
  );
});

describe("what is wrong with a digest", () => {
  test.each<[string, CommandProblem["kind"], string, string | undefined, string | undefined]>([
    ["/digest on", "missing-time", "on", "on at=09:00", "/digest on at=09:00"],
    ["/digest on days=mon", "missing-time", "on", "on at=09:00", "/digest on at=09:00 days=mon"],
    ["/digest on at=", "missing-value", "at=", undefined, undefined],
    ["/digest on at=9", "bad-time", "9", "09:00", "/digest on at=09:00"],
    ["/digest on at=24:00", "bad-time", "24:00", "00:00", "/digest on at=00:00"],
    ["/digest on at=25:00", "bad-time", "25:00", undefined, undefined],
    ["/digest on at=noon", "bad-time", "noon", undefined, undefined],
    ["/digest on at=9:00,10:00", "one-value", "at=9:00,10:00", undefined, undefined],
    ["/digest on at=9:00 at=9:00", "one-value", "at=9:00", undefined, undefined],
    ["/digest on at=9:00 days=mon-fry", "bad-value", "mon-fry", "mon-fri", "/digest on at=09:00 days=mon-fri"],
    ["/digest on at=9:00 days=wekdays", "bad-value", "wekdays", "weekdays", "/digest on at=09:00 days=mon-fri"],
    ["/digest on at=9:00 days=7", "bad-value", "7", undefined, undefined],
    ["/digest on at=9:00 days=mon-tue-wed", "bad-value", "mon-tue-wed", undefined, undefined],
    ["/digest on at=9:00 tz=Shanghai", "bad-zone", "Shanghai", "Asia/Shanghai", "/digest on at=09:00 tz=Asia/Shanghai"],
    ["/digest on at=9:00 tz=Mars/Base", "bad-zone", "Mars/Base", undefined, undefined],
    ["/digest on at=9:00 tz=UTC,UTC", "one-value", "tz=UTC,UTC", undefined, undefined],
    ["/digest on at=9:00 page=2", "key-elsewhere", "page=2", undefined, undefined],
    ["/digest on at=9:00 for=2h", "key-elsewhere", "for=2h", undefined, undefined],
    ["/digest on 9:00 工作日", "unknown-word", "9:00", "at=09:00", "/digest on at=09:00 days=mon-fri"],
    ["/digest on at 9:00", "unknown-word", "at 9:00", "at=09:00", "/digest on at=09:00"],
    ["/digest on at=9:00 UTC", "unknown-word", "UTC", undefined, undefined],
    [
      "/digest on at=9:00 asia/tokyo",
      "unknown-word",
      "asia/tokyo",
      "tz=Asia/Tokyo",
      "/digest on at=09:00 tz=Asia/Tokyo",
    ],
    ["/digest 9:00", "unknown-choice", "9:00", "on at=09:00", "/digest on at=09:00"],
    ["/digest at=9:00", "unknown-choice", "at=9:00", "on at=9:00", "/digest on at=09:00"],
    ["/digest of", "unknown-choice", "of", "off", "/digest off"],
    ["/digest weekly", "unknown-choice", "weekly", undefined, undefined],
    ["/digest off now", "nothing-more", "now", undefined, undefined],
  ])("%s: %s at %s; nearest is %s: %s", (text, kind, part, nearest, mended) => {
    expect(problemOf(text)).toMatchObject({ kind, nearest, mended });
    expect(marked(text)).toBe(part);
  });
});

test("the longest digest can be typed again", () => {
  const name = `'${"[".repeat(60)}'`;
  const values = Array.from({ length: 97 }, (_, index) => `${String(index).padStart(2, "0")}${"x".repeat(197)}`);
  const text = `/digest on at=23:59 days=mon,tue,thu,sat tz=America/Argentina/ComodRivadavia view=${name} name=${values.join(",")}`;
  const printed = canonical(text);
  expect(printed.length).toBeGreaterThan(19_500);
  expect(canonical(printed)).toBe(printed);
});
