import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { durationsIn } from "../../src/cards/texts/duration.ts";
import { timesIn } from "../../src/cards/times.ts";

const at = (text: string): number => Date.parse(text);
const noon = at("2025-11-30T06:02:00Z");

describe("a time on a card", () => {
  test("is written in the zone of the chat, without its day where that is the card's", () => {
    const { time, day, offset } = timesIn("Asia/Shanghai", "en", noon);
    expect(time(at("2025-11-30T06:02:59Z"))).toBe("14:02");
    expect(time(at("2025-11-29T16:00:00Z"))).toBe("00:00");
    expect([day, offset]).toEqual(["30 Nov 2025", "GMT+8"]);
  });

  test("has its day where that is another one", () => {
    const { time } = timesIn("Asia/Shanghai", "en", noon);
    expect(time(at("2025-11-30T16:00:00Z"))).toBe("1 Dec 00:00");
    expect(timesIn("America/New_York", "en", noon).time(at("2025-11-30T04:59:00Z"))).toBe("29 Nov 23:59");
  });

  test("has its year where that is another one", () => {
    expect(timesIn("UTC", "en", noon).time(at("2026-01-01T00:00:00Z"))).toBe("1 Jan 2026 00:00");
  });

  test("reads as Chinese in Chinese", () => {
    const { time, dated, day, offset } = timesIn("Asia/Shanghai", "zh", noon);
    expect(time(at("2025-12-01T06:02:00Z"))).toBe("12月1日 14:02");
    expect(dated(noon)).toBe("11月30日 14:02");
    expect([day, offset]).toEqual(["2025年11月30日", "GMT+8"]);
  });

  test("follows the clock of the zone when that is put forward or back", () => {
    expect(timesIn("Europe/Berlin", "en", at("2025-07-01T00:00:00Z")).offset).toBe("GMT+2");
    expect(timesIn("Europe/Berlin", "en", noon).offset).toBe("GMT+1");
  });

  test("is in UTC where the zone is not known", () => {
    expect(timesIn("Mars/Olympus", "en", noon).time(noon)).toBe("06:02");
  });
});

describe("a duration", () => {
  const second = 1_000;
  const minute = 60 * second;
  const hour = 60 * minute;

  test.each([
    [0, "0 s", "0 秒"],
    [-5, "0 s", "0 秒"],
    [90, "0 s", "0 秒"],
    [250, "0.2 s", "0.2 秒"],
    [59_999, "59 s", "59 秒"],
    [minute, "1 min", "1 分钟"],
    [90 * second, "90 s", "90 秒"],
    [2 * minute + second, "2 min", "2 分钟"],
    [42 * minute, "42 min", "42 分钟"],
    [hour, "1 h", "1 小时"],
    [80 * minute, "1 h 20 min", "1 小时 20 分钟"],
    [24 * hour, "24 h", "24 小时"],
    [48 * hour, "2 days", "2 天"],
    [73 * hour, "3 days 1 h", "3 天 1 小时"],
  ])("of %i ms is said as people say it", (milliseconds, english, chinese) => {
    expect(durationsIn("en")(milliseconds)).toBe(english);
    expect(durationsIn("zh")(milliseconds)).toBe(chinese);
  });

  test("never says more time than has passed, nor much less", () => {
    const units: Readonly<Record<string, number>> = {
      s: second,
      min: minute,
      h: hour,
      day: 24 * hour,
      days: 24 * hour,
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 24 * hour }), (length) => {
        const words = durationsIn("en")(length).split(" ");
        const said = words.reduce(
          (sum, word, place) => (place % 2 === 0 ? sum + Number(word) * (units[words[place + 1] ?? ""] ?? 0) : sum),
          0,
        );
        expect(said).toBeLessThanOrEqual(length);
        expect(length - said).toBeLessThan(Math.max(second, length / 2));
      }),
    );
  });
});
