import fc from "fast-check";
import type { Answer, AuditDetail } from "../../src/cards/index.ts";
import { type Command, parse, print, weekdays } from "../../src/commands/index.ts";
import { type Facets, facetKeys, type RuntimeCounts } from "../../src/fleet/index.ts";
import { anyNames, anyText, maybe } from "./any-text.ts";

const anyZone = fc.oneof(fc.constantFrom("Asia/Shanghai", "UTC", "America/New_York"), anyText);
const anyTime = fc.integer({ min: 0, max: 4_000_000_000_000 });
const anyTimes = fc.array(anyTime, { maxLength: 10 });
const anyFilter = fc.oneof(fc.constantFrom("", "status=Running", "risk=yes group=rg-1"), anyText);
const anyName = anyText.map((text) => text.slice(0, 60).trim()).filter((name) => name !== "");
const anyFilters = fc.constantFrom({}, { status: ["Running"] }, { risk: ["no"] }, { name: ['a "b"'], user: ["李娜"] });
const anyFacet = fc.constantFrom(...facetKeys);

/** A command as somebody could have typed it; another where these words cannot be typed. */
function typed<One extends Command>(command: One, otherwise: One): One {
  const text = print(command);
  const parsed = parse(text);
  return parsed.ok && print(parsed.command) === text ? command : otherwise;
}

const anyCounts: fc.Arbitrary<RuntimeCounts> = fc
  .record({
    ...{ running: fc.nat(), stopped: fc.nat(), other: fc.nat(), atRisk: fc.nat(), riskUnknown: fc.nat() },
    risks: maybe(
      fc.record({ "agent-uninstalled": fc.nat(9), "model-modified": fc.nat(9), "channel-modified": fc.nat(9) }),
    ),
  })
  .map((counts) => ({ ...counts, runtimes: counts.running + counts.stopped + counts.other }));

const anyFacets: fc.Arbitrary<Facets> = fc
  .array(fc.record({ values: anyNames, label: maybe(anyText), count: fc.nat(9) }), { maxLength: 10 })
  .map((counts) => Object.fromEntries(facetKeys.map((key) => [key, counts])));

const anyTrend: fc.Arbitrary<Answer> = fc
  .record({
    filters: anyFilters,
    days: fc.integer({ min: 1, max: 90 }),
    by: maybe(anyFacet),
    zone: anyZone,
    since: maybe(anyTime),
    known: fc.array(anyFilter, { maxLength: 6 }),
    lines: fc.array(
      fc.record({
        label: maybe(anyText),
        points: fc.array(fc.record({ at: anyTime, value: maybe(fc.nat()) }), { maxLength: 70 }),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ filters, days, by, zone, since, known, lines }) => ({
    ...{ kind: "trend", command: { kind: "trend", filters, days, by }, zone, since, known, by },
    samples: lines[0]?.points.length ?? 0,
    series: lines.map(({ label, points }, index) => ({
      of: by === undefined ? (index === 0 ? "total" : "at-risk") : "facet",
      label,
      points: points.toSorted((one, other) => one.at - other.at),
    })),
  }));

const anyDigest: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant("digest" as const),
  slot: anyTime,
  zone: anyZone,
  filter: anyFilter,
  late: fc.nat(9_000),
  summary: maybe(
    fc.record({
      ...{ counts: anyCounts, facets: anyFacets, unreadable: fc.nat(3), complete: fc.boolean() },
      counted: fc.constantFrom("runtimes" as const, "totals" as const),
    }),
  ),
  last: maybe(fc.record({ slot: anyTime, counts: anyCounts })),
  skipped: anyTimes,
});

const anyPlan = fc.record({
  at: fc.nat(24 * 60 - 1),
  days: fc.subarray([...weekdays], { minLength: 1 }),
  zone: anyZone,
  filter: anyFilter,
  author: anyText,
});

const anyDigestSet: fc.Arbitrary<Answer> = fc
  .tuple(anyPlan, anyTime, fc.boolean(), anyFilters)
  .map(([digest, next, edited, filters]) => ({
    ...{ kind: "digest-set", digest, next, edited },
    command: { kind: "digest-on", filters, at: digest.at },
  }));

const anyDigestStatus: fc.Arbitrary<Answer> = fc
  .tuple(maybe(anyPlan), maybe(anyTime), anyTimes, maybe(fc.constantFrom("right" as const, "filter", "chat")))
  .map(([digest, next, skipped, paused]) => ({
    ...{ kind: "digest-status", command: { kind: "digest-status" }, digest, next, last: next, skipped, paused },
  }));

const anyViews: fc.Arbitrary<Answer> = fc
  .tuple(
    fc.array(fc.record({ name: anyName, filter: anyFilter, by: anyText }), { maxLength: 50 }),
    maybe(fc.record({ what: fc.constantFrom("saved" as const, "replaced", "dropped"), name: anyName })),
  )
  .map(([views, did]) => ({ kind: "views", command: { kind: "view-list" }, views, did }));

const anyUnknownView: fc.Arbitrary<Answer> = fc
  .tuple(anyName, maybe(anyName), fc.boolean())
  .map(([name, nearest, dropped]) => ({
    ...{ kind: "unknown-view", name, nearest },
    command: dropped
      ? typed({ kind: "view-drop", name }, { kind: "view-drop", name: "x" })
      : typed(
          { kind: "list", filters: {}, view: name, page: 1, size: 10 },
          { kind: "list", filters: {}, view: "x", page: 1, size: 10 },
        ),
  }));

const anyAuditDetail: fc.Arbitrary<AuditDetail> = fc.oneof(
  fc.constantFrom<AuditDetail>(
    ...[{ kind: "joined" as const }, { kind: "left" as const }, { kind: "language" as const }],
    ...(["new", "edited", "off", "none"] as const).map((what) => ({ kind: "watch" as const, what })),
    { kind: "digest", what: "off" },
  ),
  fc.record({ kind: fc.constant("file" as const), name: anyText, rows: fc.nat() }),
  fc.record({
    ...{ kind: fc.constant("quieted" as const), what: fc.constantFrom("acked" as const, "muted", "unmuted") },
    ...{ count: fc.nat(9), target: maybe(anyText), until: maybe(anyTime) },
  }),
  fc.record({ kind: fc.constant("view" as const), what: fc.constantFrom("saved" as const, "dropped"), name: anyText }),
);

const anyActor = fc.record({ id: anyText, name: maybe(anyText) });
const anyPlace = fc.stringMatching(/^\d{21}$/);

const anyAudit: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant("audit" as const),
  command: fc
    .record({ days: fc.integer({ min: 1, max: 400 }), page: fc.integer({ min: 1, max: 9 }), until: maybe(anyPlace) })
    .map((about) => ({ kind: "audit" as const, size: 10, ...about })),
  zone: anyZone,
  entries: fc.array(
    fc.record({
      ...{ place: anyPlace, at: anyTime, who: anyActor, text: maybe(anyText), detail: maybe(anyAuditDetail) },
      how: fc.constantFrom("typed" as const, "pressed", "configuration", "platform"),
      outcome: fc.constantFrom("ok" as const, "refused", "failed", "bad", "late"),
    }),
    { maxLength: 10 },
  ),
  next: maybe(anyPlace),
  older: fc.nat(99),
  newer: fc.array(anyPlace, { maxLength: 10 }),
  counts: fc.record({ entries: fc.nat(99), people: fc.nat(9), refused: fc.nat(9) }),
  people: fc.array(fc.record({ id: anyText, name: maybe(anyText), count: fc.nat(9) }), { maxLength: 20 }),
  kept: fc.constantFrom(0, 24 * 3_600_000, 90 * 24 * 3_600_000),
});

/** What can come of a command on what a chat keeps beside its watches, and a digest. */
export const anyChatAnswer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 3, arbitrary: anyTrend },
  { weight: 3, arbitrary: anyDigest },
  anyDigestSet,
  anyDigestStatus,
  fc.boolean().map((was): Answer => ({ kind: "digest-off", command: { kind: "digest-off" }, was })),
  { weight: 2, arbitrary: anyViews },
  { weight: 3, arbitrary: anyAudit },
  anyUnknownView,
  anyName.map((name): Answer => {
    const other = { kind: "view-save", name: "x", filters: { risk: ["yes"] } } as const;
    return { kind: "too-many-views", command: typed({ ...other, name }, other), limit: 50 };
  }),
  fc
    .tuple(maybe(fc.constantFrom("en" as const, "zh" as const)), fc.boolean())
    .map(([locale, changed]): Answer => ({ kind: "language", command: { kind: "lang", locale }, locale, changed })),
);
