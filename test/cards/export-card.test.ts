import { describe, expect, test } from "vitest";
import { type Answer, type Card, type Locale, toCard } from "../../src/cards/index.ts";
import type { ExportCommand } from "../../src/commands/index.ts";
import { buttonsOf, headlineOf, pressOf, sentencesOf } from "./read.ts";

const command: ExportCommand = { kind: "export", filters: { status: ["Running"] } };
const file = { name: "runtimes-20260102-0304.csv", bytes: 4_210_000, rows: 240, complete: true, unreadable: 0 };

function exported(about: Partial<typeof file> = {}, format?: "csv" | "xlsx", locale: Locale = "en"): Card {
  const answer: Answer = {
    kind: "exported",
    command: { ...command, format },
    file: { ...file, ...about },
    sent: "chat",
  };
  return toCard(answer, locale);
}

describe("a file that is being made", () => {
  test("says how far it is, as far as that is known", () => {
    const reading = toCard({ kind: "exporting", command, rows: 12_300, total: 100_000 }, "en");
    expect(sentencesOf(reading)).toEqual(["Reading the list: 12,300 of 100,000 runtimes"]);
    expect(reading.header.colour).toBe("blue");
    expect(reading.command).toBe("/runtimes export status=Running");
    expect(sentencesOf(toCard({ kind: "exporting", command }, "zh"))).toEqual(["正在读取列表…"]);
    const chinese = toCard({ kind: "exporting", command, rows: 12_300, total: 100_000 }, "zh");
    expect(sentencesOf(chinese)).toEqual(["正在读取列表：12,300/100,000 个运行时"]);
  });
});

describe("a file that was made", () => {
  test("says what it holds and where it is", () => {
    const card = exported();
    expect(headlineOf(card)).toEqual(["240 runtimes", "4.2 MB size"]);
    expect(sentencesOf(card)).toEqual(["The file is in this chat.", "runtimes-20260102-0304.csv"]);
    expect(card.header.colour).toBe("green");
  });

  test("names the place on the disk of whoever asked there", () => {
    const card = toCard({ kind: "exported", command, file, sent: "here", path: "/home/a/[x](y).csv" }, "en");
    expect(sentencesOf(card)).toEqual(["The file is written: /home/a/[x](y).csv"]);
  });

  test("warns of what it may lack", () => {
    const moved = exported({ complete: false });
    expect(sentencesOf(moved)).toContain("The list changed while it was read: some runtimes may be missing.");
    expect(moved.header.colour).toBe("orange");
    const cut = exported({ unreadable: 2 });
    expect(sentencesOf(cut)).toContain("2 rows of the API could not be read.");
    expect(cut.header.colour).toBe("orange");
  });

  test.each([
    ["csv", undefined, "runtimes.csv", "xlsx"],
    ["csv", undefined, "runtimes.zip", "xlsx"],
    ["xlsx", undefined, "runtimes.xlsx", "csv"],
    ["xlsx", "xlsx", "runtimes.zip", "csv"],
    ["csv", "csv", "runtimes.zip", "xlsx"],
  ] as const)("leads to the list, and from %s to the other format (%s, %s)", (_, format, name, other) => {
    const card = exported({ name }, format);
    expect(pressOf(card, "List")).toBe("/runtimes status=Running");
    expect(pressOf(card, `As ${other}`)).toBe(`/runtimes export status=Running format=${other}`);
    expect(buttonsOf(card)).toHaveLength(2);
  });
});

describe("a file that there is not", () => {
  test("as there are too many runtimes can be had in parts", () => {
    const whole: ExportCommand = { kind: "export", filters: {}, format: "xlsx" };
    const card = toCard({ kind: "export-too-many", command: whole, total: 123_456, limit: 100_000 }, "en");
    expect(sentencesOf(card)[0]).toMatch(/123,456.*100,000/);
    expect(buttonsOf(card).map(({ label, command: text }) => [label, text])).toEqual([
      ["Only OpenClaw", "/runtimes export provider=OpenClaw format=xlsx"],
      ["Only HermesAgent", "/runtimes export provider=HermesAgent format=xlsx"],
      ["Only Running", "/runtimes export status=Running format=xlsx"],
      ["Only Stopped", "/runtimes export status=Stopped format=xlsx"],
    ]);
    const narrowed = toCard({ kind: "export-too-many", command, total: 123_456, limit: 100_000 }, "zh");
    expect(buttonsOf(narrowed).map(({ label }) => label)).toEqual(["仅OpenClaw", "仅HermesAgent"]);
  });

  test("as it is too large can be had as a csv, which is packed, unless it was one", () => {
    const about = { kind: "export-too-large", bytes: 41_000_000, limit: 30_000_000 } as const;
    const book = toCard({ ...about, command: { ...command, format: "xlsx" } }, "en");
    expect(sentencesOf(book)[0]).toBe("The file has 41 MB; at most 30 MB can be sent here.");
    expect(pressOf(book, "As csv")).toBe("/runtimes export status=Running format=csv");
    const plain = toCard({ ...about, command: { ...command, format: "csv" } }, "en");
    expect(pressOf(plain, "As csv")).toBeUndefined();
    expect(pressOf(plain, "Only OpenClaw")).toBe("/runtimes export provider=OpenClaw status=Running format=csv");
  });

  test.each(["refused", "failed", "maybe", "disk"] as const)(
    "as it could not be sent says what to do: %s",
    (reason) => {
      for (const locale of ["en", "zh"] as const) {
        const card = toCard({ kind: "export-not-sent", command, reason }, locale);
        expect(card.header.colour).toBe(reason === "maybe" ? "orange" : "red");
        expect(sentencesOf(card)).toHaveLength(2);
        expect(buttonsOf(card).map(({ command: text }) => text)).toEqual(["/runtimes export status=Running"]);
      }
    },
  );
});
