import fc from "fast-check";
import { type Command, exportFormats, topics } from "../../src/commands/index.ts";
import { findValue, keyDefinition } from "../../src/commands/keys.ts";
import { type FilterKey, type Filters, facetKeys, filterKeyNames } from "../../src/fleet/index.ts";

/** Names as they must not be trusted: what the grammar, a chat client or a terminal could take for something else. */
const hostile = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
    fc
      .array(
        fc.constantFrom(
          ...[
            '"',
            "'",
            "\\",
            "“",
            "”",
            "„",
            "‟",
            "＂",
            "「",
            "」",
            "『",
            "』",
            "‘",
            "’",
            "＇",
            ",",
            "，",
            "、",
            "=",
            "＝",
            ":",
            "：",
          ],
          ...[
            "[",
            "]",
            "(",
            ")",
            " ",
            "\u3000",
            "\n",
            "\t",
            "\u0000",
            "\u007f",
            "\u0085",
            "\u2028",
            "-",
            "--",
            "—",
            "/",
            "／",
            "?",
          ],
          ...[
            "\u200b",
            "\u200d",
            "\u202e",
            "\u2066",
            "\ufeff",
            "\u00ad",
            "👩‍💻",
            "\ud800",
            "\udc00",
            "é",
            "ａ",
            "ﷺ",
            "İ",
            "中",
            "@",
          ],
          ...[
            "a",
            "b1",
            "status=Running",
            "/runtimes",
            "show",
            "yes",
            "page=2",
            "[a](http://b.cn)",
            "www.a.cn",
            "<at id=all>",
          ],
        ),
        { minLength: 1, maxLength: 10 },
      )
      .map((parts) => parts.join("")),
    fc.constantFrom(
      "-",
      "--",
      "--name",
      "-x",
      "?",
      "查看",
      "导出",
      "summary",
      "x".repeat(200),
      '"'.repeat(200),
      "[".repeat(200),
    ),
  )
  .map((text) => text.slice(0, 200));

const flag = fc.constantFrom("yes", "no").map((value) => [value]);

/** Values of a key, each as it is spelled. */
function valuesOf(key: FilterKey): fc.Arbitrary<readonly string[]> {
  const { shape, values, open } = keyDefinition(key);
  const names = values.filter((value) => value !== "yes" && value !== "no");
  const documented = names.length > 0 ? [fc.constantFrom(...names)] : [];
  const other = open ? [hostile.filter((text) => (findValue(key, text) ?? text) === text)] : [];
  if (shape === "flag") {
    return flag;
  }
  if (shape === "whole") {
    return fc.nat().map((number) => [String(number)]);
  }
  const value = fc.oneof(...documented, ...other);
  switch (shape) {
    case "one":
      return value.map((one) => [one]);
    case "list":
      return fc.uniqueArray(value, { minLength: 1, maxLength: 5 });
    case "flag-or-names":
      return fc.oneof(flag, fc.uniqueArray(value, { minLength: 1, maxLength: 5 }));
  }
}

const filters: fc.Arbitrary<Filters> = fc
  .record(Object.fromEntries(filterKeyNames.map((key) => [key, valuesOf(key)])), { requiredKeys: [] })
  .map((all): Filters => (all.risk === undefined ? all : { ...all, "risk-info": ["yes"] }));

/** Filters with a few keys are as likely as those with all of them. */
const fewFilters = fc.tuple(filters, fc.subarray([...filterKeyNames])).map(([all, kept]): Filters => {
  const entries = Object.entries(all).filter(([key]) => kept.some((name) => name === key));
  return Object.fromEntries(entries);
});

const sort = fc.record({
  key: fc.constantFrom("name", "status", "region", "version", "risk", "user"),
  descending: fc.boolean(),
});

/** Commands of every kind, with hostile names in them. */
export const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(fewFilters, fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 50 }), fc.option(sort)).map(
    ([some, page, size, order]): Command => ({
      kind: "list",
      filters: some,
      page,
      size,
      ...(order !== null && { sort: order }),
    }),
  ),
  hostile.map((target): Command => ({ kind: "show", target })),
  fc.tuple(fewFilters, fc.option(fc.constantFrom(...facetKeys))).map(
    ([some, by]): Command => ({
      kind: "summary",
      filters: some,
      ...(by !== null && { by }),
    }),
  ),
  fc.tuple(fewFilters, fc.option(fc.constantFrom(...exportFormats))).map(
    ([some, format]): Command => ({
      kind: "export",
      filters: some,
      ...(format !== null && { format }),
    }),
  ),
  fc
    .constantFrom(undefined, ...topics)
    .map((topic): Command => ({ kind: "help", ...(topic !== undefined && { topic }) })),
);

const piece = fc.oneof(
  { weight: 3, arbitrary: hostile },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        "status",
        "状态",
        "name",
        "risk",
        "risk-info",
        "group",
        "page",
        "size",
        "sort",
        "by",
        "format",
        "DesktopIds",
        "stauts",
        "channel",
      ],
      ...["Running", "Runing", "stopped", "yes", "no", "是", "model-modified", "-name", "2", "51", "feishu", "CSV"],
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom("=", ":", "＝", "：", ",", "，", " ", " ", "\u3000", " --", '"', "”", "'", "\\", "\n"),
  },
  { weight: 1, arbitrary: fc.constantFrom("status=Running ", "name=a,b ", "risk=yes ", " page=2", "--user li ") },
);

/** What people type: commands, nearly commands, and what has nothing to do with them. */
export const typed: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      "/runtimes ",
      "/rt ",
      "/运行时　",
      "/runtimes show ",
      "/runtimes summary ",
      "/runtimes risks ",
      "/runtimes export ",
      "/help ",
      "/",
      "",
      "?",
    ),
    fc.array(piece, { maxLength: 12 }),
  )
  .map(([head, pieces]) => head + pieces.join(""));
