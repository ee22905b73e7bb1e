import fc from "fast-check";
import { type Command, exportFormats, limits, muteTimes, topics, weekdays } from "../../src/commands/index.ts";
import { findValue, keyDefinition } from "../../src/commands/keys.ts";
import { readViewName } from "../../src/commands/option-values.ts";
import { everythingOr } from "../../src/commands/target.ts";
import { zoneNames, zoneOf } from "../../src/commands/zone.ts";
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
            "for=2h",
            "preview",
            "09:00",
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
      "all",
      "save",
      "2h",
      "for",
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

/** Names that a view can have. */
const viewName = hostile
  .map((text) => text.slice(0, limits.viewName).trim())
  .filter((text) => readViewName({ text, start: 0, end: text.length, quoted: false }) === text);

/** Filters, with a view and without. */
const narrowing = fc
  .tuple(fewFilters, fc.option(viewName))
  .map(([some, view]) => ({ filters: some, ...(view !== null && { view }) }));

const facet = fc.option(fc.constantFrom(...facetKeys)).map((by) => (by === null ? {} : { by }));
const target = hostile.filter((text) => everythingOr(text) === text);
const minutes = fc.integer({ min: 1, max: muteTimes.most / 60_000 });

const forFleet: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(narrowing, fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 50 }), fc.option(sort)).map(
    ([some, page, size, order]): Command => ({
      kind: "list",
      ...some,
      page,
      size,
      ...(order !== null && { sort: order }),
    }),
  ),
  hostile.map((target): Command => ({ kind: "show", target })),
  fc.tuple(narrowing, facet).map(([some, by]): Command => ({ kind: "summary", ...some, ...by })),
  fc.tuple(narrowing, fc.option(fc.constantFrom(...exportFormats))).map(
    ([some, format]): Command => ({
      kind: "export",
      ...some,
      ...(format !== null && { format }),
    }),
  ),
  fc
    .constantFrom(undefined, ...topics)
    .map((topic): Command => ({ kind: "help", ...(topic !== undefined && { topic }) })),
);

const forAlerts: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(narrowing, fc.boolean()).map(([some, preview]): Command => ({ kind: "alerts-on", ...some, preview })),
  fc.constantFrom("alerts-off", "alerts-status", "alerts-test").map((kind): Command => ({ kind })),
  fc
    .tuple(hostile, fc.integer({ min: 1, max: 1_000_000 }))
    .map(([alert, page]): Command => ({ kind: "alerts-show", alert, page })),
  target.map((target): Command => ({ kind: "alerts-ack", target })),
  target.map((target): Command => ({ kind: "alerts-unmute", target })),
  fc
    .tuple(target, fc.oneof(minutes, fc.constant(120)))
    .map(([target, time]): Command => ({ kind: "alerts-mute", target, for: time * 60_000 })),
);

const days = fc.subarray([...weekdays], { minLength: 1, maxLength: 6 });
const zone = fc.constantFrom(...zoneNames.map((name) => zoneOf(name) ?? name));

const forDigest: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(narrowing, fc.nat({ max: 24 * 60 - 1 }), fc.option(days), fc.option(zone)).map(
    ([some, at, someDays, name]): Command => ({
      kind: "digest-on",
      ...some,
      at,
      ...(someDays !== null && { days: someDays }),
      ...(name !== null && { zone: name }),
    }),
  ),
  fc.constantFrom("digest-off", "digest-status").map((kind): Command => ({ kind })),
);

const forChat: fc.Arbitrary<Command> = fc.oneof(
  fc
    .tuple(narrowing, fc.integer({ min: 1, max: limits.trendDays }), facet)
    .map(([some, days, by]): Command => ({ kind: "trend", ...some, days, ...by })),
  hostile.map((target): Command => ({ kind: "why", target })),
  fc
    .tuple(
      viewName,
      fewFilters.filter((some) => Object.keys(some).length > 0),
    )
    .map(([name, some]): Command => ({ kind: "view-save", name, filters: some })),
  fc.constant<Command>({ kind: "view-list" }),
  viewName.map((name): Command => ({ kind: "view-drop", name })),
  fc
    .constantFrom(undefined, "en", "zh", "auto")
    .map((locale): Command => ({ kind: "lang", ...(locale !== undefined && { locale }) })),
);

const auditPlace = fc.stringMatching(/^\d{21}$/);

const forAudit: fc.Arbitrary<Command> = fc
  .tuple(
    fc.option(valuesOf("user")),
    fc.integer({ min: 1, max: limits.auditDays }),
    fc.integer({ min: 1, max: limits.page }),
    fc.integer({ min: 1, max: limits.pageSize }),
    fc.option(auditPlace),
  )
  .map(
    ([users, someDays, page, size, until]): Command => ({
      ...{ kind: "audit", days: someDays, page, size },
      ...(users !== null && { users }),
      ...(until !== null && { until }),
    }),
  );

/** Commands of every kind, with hostile names in them. */
export const commands: fc.Arbitrary<Command> = fc.oneof(forFleet, forAlerts, forDigest, forChat, forAudit);

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
        "view",
        "days",
        "for",
        "at",
        "tz",
        "until",
        "176455974912300000000",
      ],
      ...["Running", "Runing", "stopped", "yes", "no", "是", "model-modified", "-name", "2", "51", "feishu", "CSV"],
      ...[
        "on",
        "save",
        "preview",
        "all",
        "09:00",
        "9点",
        "mon-fri",
        "周一",
        "1d12h",
        "90",
        "asia/shanghai",
        "shanghai",
      ],
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom("=", ":", "＝", "：", ",", "，", " ", " ", "\u3000", " --", '"', "”", "'", "\\", "\n"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "status=Running ",
      "name=a,b ",
      "risk=yes ",
      " page=2",
      "--user li ",
      " at=9:00 ",
      " days=mon",
    ),
  },
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
      "/runtimes trend ",
      "/why ",
      "/alerts ",
      "/alerts on ",
      "/alerts mute ",
      "/digest ",
      "/日报 开启 ",
      "/view ",
      "/view save mine ",
      "/lang ",
      "/audit ",
      "/审计 ",
      "/help ",
      "/",
      "",
      "?",
    ),
    fc.array(piece, { maxLength: 12 }),
  )
  .map(([head, pieces]) => head + pieces.join(""));
