import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  commandText,
  complete,
  foldWord,
  nearestWord,
  parse,
  parseFilters,
  parseMessage,
  print,
} from "../../src/commands/index.ts";
import { commands, typed } from "./arbitrary.ts";

const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ["parse", parse],
  ["parseMessage", parseMessage],
  ["parseFilters", parseFilters],
  ["commandText", commandText],
  ["complete", (text) => complete(text, text.length)],
];

function readAll(text: string): void {
  for (const [, read] of readers) {
    read(text);
  }
  complete(text, Math.floor(text.length / 2));
}

describe("no text makes a reader throw", () => {
  test("be it any characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        readAll(text);
        readAll(`/runtimes ${text}`);
      }),
      { numRuns: 500 },
    );
  });

  test("be it nearly a command", () => {
    fc.assert(fc.property(typed, readAll), { numRuns: 1_000 });
  });

  test("be it a command that lost, got or changed characters", () => {
    const damage = fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.string({ unit: "binary", maxLength: 3 }));
    fc.assert(
      fc.property(commands, fc.array(damage, { minLength: 1, maxLength: 4 }), (command, all) => {
        const text = all.reduce((before, [place, length, put]) => {
          const at = place % (before.length + 1);
          return before.slice(0, at) + put + before.slice(at + length);
        }, print(command));
        readAll(text);
      }),
      { numRuns: 1_000 },
    );
  });

  test("wherever the cursor is said to be", () => {
    for (const cursor of [-1, 0, 3, 10_000, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(Array.isArray(complete("/runtimes status=", cursor))).toBe(true);
    }
  });
});

const pieces = [
  ...[
    "a",
    " ",
    ",",
    ", ",
    "=",
    ":",
    "-",
    "--",
    "-- ",
    "—",
    '"',
    "'",
    "“",
    '" ',
    '"a b" ',
    "\\",
    '"\\"',
    "[",
    "[a](",
    "[a](b)",
    "@a ",
  ],
  ...[
    "a ",
    "a=b ",
    "a = b, ",
    "a, ",
    "a,b ",
    ',"a b", ',
    "--name ",
    '--name "a',
    "name=a ",
    'name="a b" ',
    "id=1,2,3 ",
    "name=a, b",
  ],
  ...[
    "staus=Runing ",
    "status=Runing,",
    "status=Running,",
    "page=0 ",
    "status ",
    "Running ",
    "show ",
    "\u200b",
    "\u3000",
    "\n",
  ],
  ...["ﷺ", "👩‍💻", "\ud800", "状态＝运行，", "/runtimes "],
];
const heads = ["", "/", "/runtimes ", "/runtimes name=", "/runtimes show ", "/help "];

/** What the commands for chats look ahead or back for. */
const chatPieces = [
  ...["a ", "a, ", "a=b ", "a/b ", '"a b" ', "-- ", "name=a ", "staus=Runing ", "preview ", "save "],
  ...["at=9:00 ", "days=mon,", "days=mon ", "tz=a/b ", "for=2h ", "2h ", "mon ", "9:00 "],
];
const chatHeads = ["/alerts on ", "/alerts mute ", "/digest on ", "/view save ", "/view "];

/** Long texts, each one piece again and again: what a reader that looks ahead or back would stumble over. */
function longTexts(length: number): readonly string[] {
  const grow = (head: string, piece: string) => (head + piece.repeat(length / piece.length)).slice(0, length);
  return [
    ...heads.flatMap((head) => pieces.map((piece) => grow(head, piece))),
    ...chatHeads.flatMap((head) => chatPieces.map((piece) => grow(head, piece))),
  ];
}

/** Milliseconds that a text may cost, many times what it does on any machine and a fraction of what a second look at all would. */
const most = 50;

/** Whether reading costs too much three times, in time of this process alone: other work on the machine does not count. */
function isSlow(run: () => unknown): boolean {
  return [1, 2, 3].every(() => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000 > most;
  });
}

describe("the longest texts that are read", () => {
  test.each(readers.filter(([name]) => name !== "parseMessage"))(
    "take %s a few milliseconds, whatever is in them",
    (_, read) => {
      const slow = longTexts(20_000).filter((text) => isSlow(() => read(text)));
      expect(slow.map((text) => text.slice(0, 40))).toEqual([]);
    },
  );

  test.each(readers)("and longer ones hardly occupy %s", (_, read) => {
    const slow = ["/runtimes name=a ", "[a](", " ", "\u200b", "@a "].filter((piece) =>
      isSlow(() => read(piece.repeat(100_000 / piece.length))),
    );
    expect(slow).toEqual([]);
  });
});

test("long words are near to nothing", () => {
  const word = "ﷺ".repeat(20_000);
  expect(nearestWord(word, ["status"])).toBeUndefined();
  expect(foldWord("ＲＵＮ_ning-x y")).toBe("runningxy");
});
