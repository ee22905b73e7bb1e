import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderDingTalk } from "../../../adapters/dingtalk/render.ts";
import { type Block, toCard, toCardThatFits } from "../../../src/cards/index.ts";
import { hostile } from "../../browser/sample-cards.ts";
import { runtimeOf } from "../../builders.ts";
import { card } from "../terminal/cards.ts";
import { drawn, listAnswer } from "./drawn.ts";

/** A page of as many runtimes, named by their numbers of four digits. */
function listOf(size: number, name: (nth: string) => string) {
  const answer = listAnswer(size);
  const runtimes = answer.listing.runtimes.map((one, index) => ({
    ...one,
    name: name(String(index).padStart(4, "0")),
  }));
  return { ...answer, listing: { ...answer.listing, runtimes } };
}

const notes = (lines: readonly string[]) => lines.filter((line) => /To fit|not shown|为了放进|未显示/.test(line));

describe("a list that fits a DingTalk card", () => {
  it.each([
    [10, "en"],
    [10, "zh"],
    [20, "en"],
    [20, "zh"],
  ] as const)("is whole with %i ordinary rows in %s", (size, locale) => {
    const { whole, lines } = drawn(toCard(listAnswer(size), locale));
    expect(whole).toBe(true);
    expect(notes(lines)).toEqual([]);
    expect(lines.filter((line) => line.includes("agent-00"))).toHaveLength(size);
  });

  it("is whole with 10 rows of which each says all that it can", () => {
    const { agents } = runtimeOf();
    const full = { users: ["wang.xiaoming"], agents: [...agents, ...agents], risks: ["agent-uninstalled"] as const };
    const { whole, lines } = drawn(toCard(listAnswer(10, full), "zh"));
    expect(whole).toBe(true);
    expect(notes(lines)).toEqual([]);
  });
});

describe("a list that does not fit a DingTalk card", () => {
  it("shortens its texts first", () => {
    const { whole, lines } = drawn(toCard(listAnswer(20, { users: ["x".repeat(60)] }), "en"));
    expect(whole).toBe(true);
    expect(notes(lines)).toEqual(["To fit on this card: long texts are shortened."]);
    expect(lines.filter((line) => line.includes("xxx…"))).toHaveLength(20);
  });

  it("then leaves out the users, and then the agents, but no row", () => {
    const users = drawn(toCard(listAnswer(25, { users: ["x".repeat(60)] }), "en"));
    expect(notes(users.lines)).toEqual(["To fit on this card: no Users."]);
    const agents = drawn(toCard(listAnswer(40), "en"));
    expect(notes(agents.lines)).toEqual(["To fit on this card: no Agent, Users."]);
    expect(agents.lines).toContain("⚠ agent-0004 · Running · model changed");
    expect([users.whole, agents.whole]).toEqual([true, true]);
  });

  it("gives up columns before names, and of these leaves what tells them apart", () => {
    const page = drawn(
      toCard(
        listOf(25, (nth) => `research-openclaw-worker-${nth}`),
        "en",
      ),
    );
    expect(notes(page.lines)).toEqual(["To fit on this card: no Users."]);
    expect(page.lines.filter((line) => /^(⚠ )?research-openclaw-worker-\d{4} · Running · /.test(line))).toHaveLength(
      25,
    );
  });

  it.each(["en", "zh"] as const)("keeps 50 rows of ordinary names with their status in %s", (locale) => {
    const ordinary = ["agent-", "openclaw-desk-", "客服-小助手-", "marketing-openclaw-", "research-hermes-", "agent-"];
    const { whole, lines } = drawn(
      toCard(
        listOf(50, (nth) => `${ordinary[Number(nth) % 6]}${nth}`),
        locale,
      ),
    );
    expect(whole).toBe(true);
    expect(lines.filter((line) => /-\d{4} · (Running|运行中)/.test(line))).toHaveLength(50);
  });

  it.each(["en", "zh"] as const)(
    "turns to a smaller page rather than to names that look all the same in %s",
    (locale) => {
      const answer = listOf(50, (nth) => `prod-cn-shanghai-fin-${nth}-${"x".repeat(40)}`);
      const found = toCardThatFits(answer, locale, (one) => renderDingTalk(one).whole);
      expect(found.command).toBe("/runtimes page=3 size=25");
      expect(
        drawn(found)
          .lines.join("\n")
          .match(/fin-\d{4}.* · (Running|运行中)/g),
      ).toHaveLength(25);
    },
  );

  it("is whole only where each row tells what it is of and how that is", { timeout: 60_000 }, () => {
    const anyName = fc.string({ unit: fc.constantFrom("a", "B", "7", "-", "_", "客"), minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), anyName, fc.constantFrom("en", "zh"), (size, name, locale) => {
        const { whole, lines } = drawn(
          toCard(
            listOf(size, (nth) => `n${nth}${name}x`),
            locale,
          ),
        );
        const rows = lines.filter((line) => /^(⚠ )?n\d{4}/.test(line));
        const names = rows.map((row) => row.replace(/^⚠ /, "").split(" · ")[0] ?? "");
        const isTold = (shownName: string) => shownName.endsWith("x") || shownName.length >= 24;
        expect(whole).toBe(
          rows.length === size && names.every(isTold) && rows.every((row) => /Running|运行中/.test(row)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("leaves out rows at the very end, says how many, and is not whole", () => {
    const { whole, lines, labels } = drawn(toCard(listAnswer(200), "zh"));
    expect(whole).toBe(false);
    expect(notes(lines)[0]).toMatch(/^共 200 行，其中 1\d\d 行放不下，未显示。$/);
    expect(labels).toContain("下一页 →");
  });

  it.each(Object.entries(hostile))("finds a page size at which it is whole, with names that are %s", (_, name) => {
    const answer = listAnswer(50, { name: name.repeat(3), users: [name.repeat(20), name] });
    const found = toCardThatFits(answer, "zh", (one) => renderDingTalk(one).whole);
    expect(drawn(found).whole).toBe(true);
  });

  it("keeps its page where its rows can be shortened", () => {
    const found = toCardThatFits(listAnswer(50), "en", (one) => renderDingTalk(one).whole);
    expect(found.command).toBe("/runtimes page=2 size=50");
  });
});

describe("another card that does not fit DingTalk", () => {
  const section = (collapsed: boolean): Block => ({
    kind: "section",
    title: collapsed ? "Folded" : "Open",
    collapsed,
    blocks: Array(12).fill({ kind: "text", tone: "normal", text: "x".repeat(140) }),
  });

  it("leaves out what would be folded before what would be open", () => {
    const { lines } = drawn(card([section(false), section(true)]));
    expect(lines).toContain("Open");
    expect(lines).not.toContain("Folded");
    expect(lines.at(-1)).toBe("To fit on this card: no further sections.");
  });

  it("says a command in full or not at all", () => {
    const text = `/runtimes name=${"x".repeat(1_500)}`;
    expect(drawn(card([{ kind: "command", text }])).lines).toEqual([text]);
    const longer = drawn(card([{ kind: "command", text: text.padEnd(3_000, "x") }]));
    expect(longer.lines).toEqual(["To fit on this card: some entries are left out."]);
  });

  it("has fewer colours to tell apart before it has none", () => {
    const slices = Array.from({ length: 16 }, (_, index) => ({ label: `version ${index}`, value: index + 1 }));
    const charts = Array<Block>(6).fill({ kind: "chart", shape: "bar", title: "Versions", total: 136, slices });
    const { picture, lines } = drawn(card(charts));
    expect(picture.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes("Versions"))).toHaveLength(6);
  });
});
