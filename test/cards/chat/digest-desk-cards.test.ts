import { describe, expect, test } from "vitest";
import { type Answer, type DigestView, type Locale, toCard } from "../../../src/cards/index.ts";
import { type Weekday, weekdays } from "../../../src/commands/index.ts";
import { buttonsOf, factsOf, pressOf, sentencesOf } from "../read.ts";

type Status = Extract<Answer, { kind: "digest-status" }>;

/** 1 December 2025, 09:00 in Shanghai. */
const next = Date.UTC(2025, 11, 1, 1);

function digestOf(about: Partial<DigestView> = {}): DigestView {
  return { at: 9 * 60, days: weekdays, zone: "Asia/Shanghai", filter: "", author: "ou_1", ...about };
}

function setCard(digest: DigestView, locale: Locale = "en") {
  const command = { kind: "digest-on", filters: {}, at: digest.at } as const;
  return toCard({ kind: "digest-set", command, digest, next, edited: false }, locale);
}

function statusCard(about: Partial<Status>) {
  return toCard(
    {
      ...{ kind: "digest-status", command: { kind: "digest-status" }, digest: digestOf(), next, last: undefined },
      ...{ skipped: [], paused: undefined },
      ...about,
    },
    "en",
  );
}

const valuesOf = (card: ReturnType<typeof toCard>) =>
  Object.fromEntries(factsOf(card).map(({ label, value }) => [label, value]));

describe("a digest that was set up", () => {
  test("says when it comes, in which zone, of what, and when next", () => {
    const card = setCard(digestOf({ filter: "risk=yes" }));
    expect(card.header).toMatchObject({ title: "Digest set up", colour: "green" });
    expect(valuesOf(card)).toEqual({
      When: "09:00, every day",
      "Time zone": "Asia/Shanghai",
      "Of what": "risk=yes",
      Next: "1 Dec 09:00 GMT+8",
    });
  });

  test.each<readonly [readonly Weekday[], string, string]>([
    [["mon", "tue", "wed", "thu", "fri"], "Mon–Fri", "周一至周五"],
    [["mon", "tue", "wed", "sat"], "Mon–Wed, Sat", "周一至周三、周六"],
    [["tue", "thu"], "Tue, Thu", "周二、周四"],
  ])("names the days %j as people do", (days, english, chinese) => {
    expect(valuesOf(setCard(digestOf({ days }))).When).toBe(`09:00, ${english}`);
    expect(valuesOf(setCard(digestOf({ days }), "zh")).时间).toBe(`${chinese} 09:00`);
  });

  test("can be looked at now, and ended", () => {
    const card = setCard(digestOf({ filter: "status=Running" }));
    expect(pressOf(card, "See it now")).toBe("/runtimes summary status=Running");
    expect(pressOf(card, "Off")).toBe("/digest off");
  });
});

describe("the digest of a chat", () => {
  test("says when it came last, and what was left out since", () => {
    const day = 24 * 60 * 60_000;
    const card = statusCard({ last: next - 3 * day, skipped: [next - 2 * day] });
    expect(valuesOf(card).Last).toBe("28 Nov 09:00 GMT+8");
    expect(sentencesOf(card)).toEqual(["Left out since the last one: 29 Nov 09:00."]);
  });

  test("says why it stands still, and names no next time then", () => {
    const card = statusCard({ paused: "right" });
    expect(card.header.colour).toBe("orange");
    expect(sentencesOf(card)[0]).toMatch(/may not do that here any more/);
    expect(valuesOf(card)).not.toHaveProperty("Next");
  });

  test("can be set up with one press where there is none", () => {
    const card = statusCard({ digest: undefined, next: undefined });
    expect(card.header.colour).toBe("grey");
    expect(buttonsOf(card).map(({ label, command }) => [label, command])).toEqual([
      ["Workdays at 09:00", "/digest on at=09:00 days=mon-fri"],
      ["Help", "/help digest"],
    ]);
  });

  test.each([
    [true, "This chat gets no digest any more."],
    [false, "This chat has no digest."],
  ])("is over, or never was: %s", (was, sentence) => {
    expect(sentencesOf(toCard({ kind: "digest-off", command: { kind: "digest-off" }, was }, "en"))[0]).toBe(sentence);
  });
});
