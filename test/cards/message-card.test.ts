import { describe, expect, test } from "vitest";
import { type Card, problemSentence, textsOf, toCard } from "../../src/cards/index.ts";
import { type CommandProblem, type Key, parse, parseMessage } from "../../src/commands/index.ts";
import { failureOf } from "../builders.ts";
import { failureKinds } from "./arbitrary.ts";
import { blocksOfKind, buttonsOf, pressOf, sentencesOf } from "./read.ts";

function problemOf(text: string): CommandProblem {
  const parsed = text.length > 8_000 ? parseMessage(text) : parse(text);
  if (parsed.ok) {
    throw new Error(`${text} is a command.`);
  }
  return parsed.problem;
}

const place = { text: "/runtimes x", span: { start: 10, end: 11 }, nearest: undefined, mended: undefined };

/** A text for each way in which a command can be wrong; where no text leads there, the problem itself. */
const problems: { readonly [Kind in CommandProblem["kind"]]: string | CommandProblem } = {
  "not-a-command": "hello",
  "too-long": `/runtimes name=${"x".repeat(100_000)}`,
  "unclosed-quote": '/runtimes name="a',
  "unknown-command": "/nothing",
  "unknown-word": "/runtimes qwertz",
  "unknown-choice": "/alerts qwertz",
  "nothing-more": "/alerts off qwertz",
  "unknown-topic": "/help qwertz",
  "unknown-key": "/runtimes qwertz=1",
  "key-elsewhere": "/runtimes summary page=2",
  "missing-target": "/runtimes show",
  "missing-name": "/view save",
  "missing-filters": "/view save qwertz",
  "missing-time": "/digest on",
  "reserved-name": "/view save list status=Running",
  "missing-value": "/runtimes status=",
  "bad-value": "/runtimes status=qwertz",
  "not-whole": "/runtimes size=100",
  "bad-time": "/digest on at=qwertz",
  "bad-zone": "/digest on at=09:00 tz=qwertz",
  "bad-place": "/audit until=qwertz",
  "bad-duration": "/alerts mute all for=qwertz",
  "value-too-long": `/runtimes name=${"x".repeat(300)}`,
  "too-many-values": `/runtimes id=${Array.from({ length: 101 }, (_, index) => index).join(",")}`,
  "one-value": "/runtimes page=1 page=2",
  exclusive: "/runtimes risk=yes,no",
  contradiction: { ...place, kind: "contradiction", key: "risk-info", other: "risk" },
};

describe.each(Object.entries(problems))("a command that is wrong by %s", (kind, given) => {
  const problem = typeof given === "string" ? problemOf(given) : given;

  test("is answered with a sentence in each language, and with the place", () => {
    expect(problem.kind).toBe(kind);
    for (const locale of ["en", "zh"] as const) {
      const card = toCard({ kind: "problem", problem }, locale);
      const [sentence] = sentencesOf(card);
      expect(sentence).toMatch(locale === "en" ? /^[A-Z“].{10,}[.?]$/ : /^[/\p{Script=Han}“].{6,}[。？]$/u);
      expect(sentence).not.toMatch(/undefined|null|\[object|“”/);
      const [marked] = blocksOfKind(card, "marked");
      expect(marked).toBeDefined();
      expect(marked?.text.length).toBeLessThanOrEqual(402);
      expect(card.command).toBeUndefined();
      expect(buttonsOf(card).some(({ command }) => command.startsWith("/help"))).toBe(true);
    }
  });

  test("has the colour of an error", () => {
    expect(toCard({ kind: "problem", problem }, "en").header.colour).toBe("red");
  });
});

describe("a mended command", () => {
  const card = toCard({ kind: "problem", problem: problemOf("/runtimes statsu=Runing") }, "en");

  test("stands under the marked one, with a button that runs it", () => {
    expect(blocksOfKind(card, "marked")).toEqual([
      { kind: "marked", text: "/runtimes statsu=Runing", start: 10, end: 16 },
    ]);
    expect(sentencesOf(card)).toEqual(["There is no filter “statsu”.", "Did you mean “status”?"]);
    expect(blocksOfKind(card, "command")).toEqual([{ kind: "command", text: "/runtimes status=Running" }]);
    expect(buttonsOf(card)[0]).toEqual({
      label: "Run this",
      command: "/runtimes status=Running",
      role: "other",
      style: "primary",
    });
  });

  test("is not offered where nothing is near", () => {
    const other = toCard({ kind: "problem", problem: problemOf("/runtimes qwertz=1") }, "en");
    expect(buttonsOf(other).map(({ label }) => label)).toEqual(["Help"]);
    expect(blocksOfKind(other, "command")).toEqual([]);
  });
});

test("a long word that nobody knows does not drown the sentence", () => {
  const problem = problemOf(`/runtimes ${"q".repeat(5_000)}=1`);
  expect(problemSentence(problem, textsOf("en")).length).toBeLessThan(120);
});

describe("a missing target", () => {
  test.each(["/runtimes show", "/why", "/alerts show", "/alerts ack", "/alerts mute"])("of %s is asked for", (text) => {
    const problem = problemOf(text);
    expect(textsOf("en").problem(problem)).toMatch(/^Which (runtime|alert)\b.*\b(id|“all”)/);
    expect(textsOf("zh").problem(problem)).toMatch(/哪个(运行时|告警)/);
  });
});

test("help leads to where what was wrong is explained", () => {
  const helpFor = (text: string) => pressOf(toCard({ kind: "problem", problem: problemOf(text) }, "en"), "Help");
  expect(helpFor("/runtimes qwertz=1")).toBe("/help filters");
  expect(helpFor("/runtimes status=qwertz")).toBe("/help filters");
  expect(helpFor("/nothing")).toBe("/help");
  expect(helpFor("/show")).toBe("/help show");
  expect(helpFor("/mute")).toBe("/help alerts");
  expect(helpFor("/alerts qwertz")).toBe("/help alerts");
  expect(helpFor("/alerts mute all for=2")).toBe("/help alerts");
  expect(helpFor("/digest on at=qwertz")).toBe("/help digest");
  expect(helpFor("/view save x")).toBe("/help view");
});

describe("a sentence on a key", () => {
  test("names the key and what it can be", () => {
    const key: Key = "agent";
    const problem: CommandProblem = { ...place, kind: "bad-value", key, word: "x", allowed: ["Running", "Stopped"] };
    expect(textsOf("en").problem(problem)).toBe("“x” is not a value of “agent”: it can be Running or Stopped.");
    expect(textsOf("zh").problem(problem)).toBe("“agent”不能是“x”，可以是 Running、Stopped。");
  });
});

const command = { kind: "list", filters: { status: ["Running"] }, page: 2, size: 10 } as const;

describe.each(failureKinds)("a failure of the kind %s", (kind) => {
  const failure = failureOf({ kind, code: "Some.Code", detail: "what the API said", requestId: "1CBAFFAB-B697" });

  test.each(["en", "zh"] as const)("says what happened and what to do in %s, with the request id", (locale) => {
    const card = toCard({ kind: "failure", command, failure }, locale);
    const [happened, todo, ...small] = sentencesOf(card);
    const sentence = locale === "en" ? /^[A-Z].{10,}\.$/ : /\p{Script=Han}.*。$/u;
    expect(happened).toMatch(sentence);
    expect(todo).toMatch(sentence);
    expect(small).toEqual(["Some.Code: what the API said", textsOf(locale).requestId("1CBAFFAB-B697")]);
    expect(card.header.colour).toBe("red");
    expect(pressOf(card, locale === "en" ? "Try again" : "重试")).toBe("/runtimes status=Running page=2");
  });
});

test("a denial names the action to allow and whom to allow it", () => {
  for (const locale of ["en", "zh"] as const) {
    const failure = failureOf({ kind: "denied", action: "appstreaming:Special", principal: "ram-user/bot" });
    const text = sentencesOf(toCard({ kind: "failure", command, failure }, locale)).join("\n");
    expect(text).toContain("appstreaming:Special");
    expect(text).toContain("ram-user/bot");
    const plain = toCard({ kind: "failure", command, failure: failureOf({ kind: "denied" }) }, locale);
    expect(sentencesOf(plain).join("\n")).toContain("appstreaming:ListDesktopAgentRuntime");
  }
});

describe("other messages", () => {
  const en = (answer: Parameters<typeof toCard>[0]): Card => toCard(answer, "en");

  test("a list that is too long to sort offers itself unsorted", () => {
    const sorted = { ...command, sort: { key: "risk", descending: true } } as const;
    const card = en({
      kind: "too-large",
      command: sorted,
      tooLarge: { kind: "too-large", total: 90_000, limit: 5_000 },
    });
    expect(sentencesOf(card)[0]).toContain("90,000 runtimes");
    expect(pressOf(card, "Without sorting")).toBe("/runtimes status=Running page=2");
    expect(card.header.colour).toBe("orange");
  });

  test("a runtime that is not there leads to the list", () => {
    const card = en({ kind: "missing", command: { kind: "show", target: "nobody" }, target: "nobody" });
    expect(sentencesOf(card)[0]).toContain("“nobody”");
    expect(pressOf(card, "List")).toBe("/runtimes");
    expect(card.header.colour).toBe("grey");
  });

  test("a command under way says what it waits for", () => {
    const texts = (["working", "queued", "throttled", "retrying"] as const).map((wait) =>
      sentencesOf(en({ kind: "working", command, wait })),
    );
    expect(texts).toEqual([
      ["Asking Alibaba Cloud…"],
      ["Waiting for a turn: other requests go first…"],
      ["Alibaba Cloud is busy, retrying…"],
      ["No answer yet, retrying…"],
    ]);
  });

  test("what was refused, came too late, was too much or failed is told with its colour", () => {
    const colours = [
      en({ kind: "refused" }),
      en({ kind: "late", minutes: 25 }),
      en({ kind: "busy", command }),
      en({ kind: "internal", command }),
    ].map(({ header }) => header.colour);
    expect(colours).toEqual(["orange", "orange", "orange", "red"]);
    expect(sentencesOf(en({ kind: "late", minutes: 25 }))[0]).toContain("25 minutes");
    expect(pressOf(en({ kind: "internal", command }), "Try again")).toBe("/runtimes status=Running page=2");
    expect(buttonsOf(en({ kind: "internal", command: undefined }))).toEqual([]);
  });
});
