import fc from "fast-check";
import type { Alerted, Answer, NoticeView, WatchStatus, WhyNext } from "../../src/cards/index.ts";
import { type AlertsOnCommand, type Command, type DeskCommand, parse, print } from "../../src/commands/index.ts";
import { riskKinds } from "../../src/fleet/index.ts";
import { failureOf } from "../builders.ts";
import { anyNames, anyText, maybe } from "./any-text.ts";

const anyZone = fc.oneof(fc.constantFrom("Asia/Shanghai", "UTC", "America/New_York"), anyText);
const anyTime = fc.integer({ min: 0, max: 4_000_000_000_000 });
const anyDuration = fc.nat(100 * 24 * 3_600_000);
const anyFilter = fc.oneof(fc.constantFrom("", "status=Running", "risk=yes group=rg-1"), anyText);
const anyFilters = fc.constantFrom({}, { status: ["Running"] }, { risk: ["no"] }, { name: ['a "b"'], user: ["李娜"] });
const anyPause = fc.constantFrom("right" as const, "filter" as const, "chat" as const);
const anyQuiet = fc.constantFrom("acked" as const, "muted" as const, "unmuted" as const);
const anyKind = fc.constantFrom(...riskKinds);
const anySetup = fc.record({ template: maybe(anyText), channels: anyNames });

/** A command as somebody could have typed it; another where these words cannot be typed. */
function typed<One extends Command>(command: One, otherwise: One): One {
  const parsed = parse(print(command));
  return parsed.ok && JSON.stringify(parsed.command) === JSON.stringify(command) ? command : otherwise;
}

const anyAlerted: fc.Arbitrary<Alerted> = fc.record({
  ...{ id: anyText, runtime: anyText, name: maybe(anyText), kind: anyKind, since: anyTime, users: anyNames },
  state: fc.constantFrom("pending" as const, "told" as const, "gone" as const, "ended" as const),
  now: anySetup,
  before: maybe(anySetup),
  end: maybe(
    fc.record({
      how: fc.constantFrom("resolved" as const, "gone" as const, "silent" as const),
      at: anyTime,
      lasted: anyDuration,
    }),
  ),
  acked: maybe(fc.record({ by: anyText, at: anyTime })),
  mutedUntil: maybe(anyTime),
  mutedBy: maybe(fc.constantFrom("runtime" as const, "everything" as const)),
  times: fc.integer({ min: 1, max: 120 }),
});

const anyAlerteds = fc.array(anyAlerted, { maxLength: 5 });

const anyChoice = fc.record({ runtime: anyText, name: maybe(anyText), kinds: fc.subarray([...riskKinds]) });

const anyWatch = fc.record({
  filter: anyFilter,
  origin: fc.constantFrom("command" as const, "configuration" as const),
  author: anyText,
});

const anyAlert: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant("alert" as const),
  id: anyText,
  reason: fc.constantFrom("summary" as const, "firing", "again", "reminder", "unmuted", "passed"),
  ...{ zone: anyZone, watch: anyWatch, runtimes: anyAlerteds, named: maybe(fc.nat(5)), total: fc.nat(300) },
  kinds: fc.dictionary(anyKind, fc.nat(300)),
  counted: fc.record({ all: fc.nat(300), open: fc.nat(300) }),
  ...{ open: fc.nat(300), page: fc.integer({ min: 1, max: 9 }), pages: fc.integer({ min: 1, max: 9 }) },
  common: fc.array(
    fc.record({
      facet: fc.constantFrom("group" as const, "template", "version", "user", "region"),
      ...{ value: anyText, count: fc.nat(300), of: fc.nat(300) },
    }),
    { maxLength: 5 },
  ),
  showsUsers: fc.boolean(),
  owners: fc.array(fc.record({ name: anyText, id: anyText }), { maxLength: 3 }),
  mayRepeat: fc.boolean(),
  did: maybe(fc.record({ what: anyQuiet, count: fc.nat(300) })),
});

const anyOver: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant("over" as const),
  ...{ zone: anyZone, watch: anyWatch, runtimes: anyAlerteds, total: fc.nat(300), open: fc.nat(300) },
  mayRepeat: fc.boolean(),
});

const anyScan = fc.record({
  at: anyTime,
  complete: fc.boolean(),
  reason: maybe(fc.oneof(fc.constantFrom("throttled", "moved"), anyText)),
  atRisk: maybe(fc.nat(300)),
});

const anyStatus: fc.Arbitrary<WatchStatus> = fc.record({
  watch: anyWatch,
  ...{ paused: maybe(anyPause), lastComplete: maybe(anyScan), last: maybe(anyScan), blindSince: maybe(anyTime) },
  ...{ open: anyAlerteds, total: fc.nat(300) },
});

const anyStatuses = fc.array(anyStatus, { maxLength: 3 });

const anyNotice: fc.Arbitrary<NoticeView> = fc.record({
  id: anyText,
  kind: fc.oneof(fc.constantFrom("firing", "resolved"), anyText),
  state: fc.constantFrom("owed" as const, "sent" as const, "dropped" as const, "failed" as const),
  ...{ madeAt: anyTime, sentAt: maybe(anyTime), attempts: fc.nat(50), message: maybe(anyText), reason: maybe(anyText) },
});

const anyNotices = fc.array(anyNotice, { maxLength: 8 });
const anyBudget = fc.record({ used: fc.nat(), of: fc.oneof(fc.constant(0), fc.nat()) });

const anyWatchStatus: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant("watch-status" as const),
  command: fc.constant({ kind: "alerts-status" as const }),
  ...{ zone: anyZone, watches: anyStatuses, failed: anyNotices, interval: anyDuration },
  mutes: fc.array(
    fc.record({ target: fc.oneof(fc.constant("all"), anyText), label: anyText, until: anyTime, by: anyText }),
    { maxLength: 4 },
  ),
  owed: fc.record({ count: fc.nat(9), since: maybe(anyTime) }),
  ...{ calls: anyBudget, pushes: anyBudget },
});

const anyAlertsOn: fc.Arbitrary<AlertsOnCommand> = fc.record({
  kind: fc.constant("alerts-on" as const),
  filters: anyFilters,
  view: maybe(fc.constantFrom("a", "night shift")),
  preview: fc.boolean(),
});

const anyWatching: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant("watching" as const),
  command: anyAlertsOn,
  saved: fc.constantFrom("new" as const, "edited" as const, "preview" as const),
  ended: fc.nat(3),
  now: fc.oneof(
    fc.record({ ok: fc.constant(true as const), total: fc.nat(300), atRisk: fc.nat(300) }),
    anyText.map((detail) => ({ ok: false as const, failure: failureOf({ detail }) })),
  ),
  kinds: fc.subarray([...riskKinds]),
  ...{ interval: anyDuration, hold: anyDuration, repeat: anyDuration, resolved: fc.boolean(), groupLimit: fc.nat(100) },
});

const anyTarget = fc.oneof(fc.constant("all"), anyText);

const anyAsked: fc.Arbitrary<DeskCommand> = anyTarget.chain((target) =>
  fc.constantFrom<DeskCommand>(
    typed({ kind: "alerts-ack", target }, { kind: "alerts-ack", target: "agent-1" }),
    typed({ kind: "alerts-mute", target, for: 7_200_000 }, { kind: "alerts-mute", target: "all", for: 60_000 }),
    typed({ kind: "alerts-unmute", target }, { kind: "alerts-unmute", target: "agent-1" }),
    typed({ kind: "alerts-show", alert: target, page: 2 }, { kind: "alerts-show", alert: "n-1", page: 1 }),
    typed({ kind: "why", target }, { kind: "why", target: "agent-1" }),
    { kind: "alerts-off" },
  ),
);

const anyQuieted: fc.Arbitrary<Answer> = fc.record({
  kind: fc.constant("quieted" as const),
  ...{ command: anyAsked, zone: anyZone, what: anyQuiet, target: anyTarget, count: fc.nat(3), until: maybe(anyTime) },
});

const anyNext: fc.Arbitrary<WhyNext> = fc.oneof(
  anyDuration.map((left): WhyNext => ({ kind: "held", left })),
  maybe(anyTime).map((nextAt): WhyNext => ({ kind: "owed", nextAt })),
  anyTime.map((at): WhyNext => ({ kind: "reminder", at })),
  fc.record({ kind: fc.constant("muted" as const), until: anyTime, acked: fc.boolean() }),
  fc.nat(3).map((scansLeft): WhyNext => ({ kind: "not-listed", scansLeft })),
  anyPause.map((why): WhyNext => ({ kind: "paused", why })),
  fc.constantFrom<WhyNext>({ kind: "end-only" }, { kind: "over" }),
);

const anyObserved = fc.record({
  at: anyTime,
  complete: fc.boolean(),
  observation: fc.constantFrom("risk" as const, "clear" as const, "not-seen" as const, "unknown" as const),
});

const anyWhy: fc.Arbitrary<Answer> = fc
  .record({
    ...{ target: anyText, zone: anyZone, showsUsers: fc.boolean(), watches: anyStatuses },
    episodes: fc.array(
      fc.record({
        ...{ alerted: anyAlerted, watch: anyWatch, notices: anyNotices, next: anyNext },
        observed: fc.array(anyObserved, { maxLength: 20 }),
      }),
      { maxLength: 7 },
    ),
  })
  .map((about): Answer => {
    const command = typed({ kind: "why", target: about.target }, { kind: "why" as const, target: "agent-1" });
    return { kind: "why", command, ...about };
  });

const anyNews: fc.Arbitrary<Answer> = fc
  .record({ zone: anyZone, at: anyTime, text: anyText, filter: anyFilter, why: anyPause, used: fc.nat(), of: fc.nat() })
  .chain(({ zone, at, text, filter, why, used, of }) =>
    fc.constantFrom<Answer>(
      { kind: "blind", zone, since: at, reason: text },
      { kind: "sight", zone, since: at, until: at + used },
      { kind: "watch-paused", why, filter },
      { kind: "budget", what: "calls-optional", used, of, interval: used },
      { kind: "budget", what: "calls-slower", used, of, interval: used },
      { kind: "budget", what: "pushes-optional", used, of, interval: used },
      { kind: "budget", what: "pushes-spent", used, of, interval: used },
      { kind: "alert-test", zone, by: text, at },
      { kind: "alert-test-begun", command: { kind: "alerts-test" } },
      { kind: "watch-off", command: { kind: "alerts-off" }, was: used % 2 === 0, configured: of % 3 },
    ),
  );

/** What can come of a command on alerts, and what is told of them. */
export const anyAlertAnswer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 4, arbitrary: anyAlert },
  { weight: 2, arbitrary: anyOver },
  { weight: 2, arbitrary: anyWatchStatus },
  { weight: 2, arbitrary: anyWhy },
  { weight: 2, arbitrary: anyNews },
  anyWatching,
  anyAlertsOn.map((command): Answer => ({ kind: "unwatchable", command })),
  anyQuieted,
  fc.tuple(anyAsked, anyText).map(([command, target]): Answer => ({ kind: "no-alert", command, target })),
  fc
    .tuple(anyAsked, anyText, fc.array(anyChoice, { maxLength: 5 }))
    .map(([command, target, runtimes]): Answer => ({ kind: "which-alert", command, target, runtimes })),
  anyAsked.map((command): Answer => ({ kind: "chats-only", command })),
  anyAsked.map((command): Answer => ({ kind: "store-failed", command })),
);
