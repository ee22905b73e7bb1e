import fc from "fast-check";
import type { Observation } from "../../../src/alerts/episode.ts";
import { endedSince, judge } from "../../../src/alerts/judge/index.ts";
import type { Change, WatchState } from "../../../src/alerts/memory.ts";
import type { Moment } from "../../../src/alerts/moment.ts";
import type { Rules } from "../../../src/alerts/rules.ts";
import type { Seen, Sighting } from "../../../src/alerts/sighting.ts";
import type { Watch } from "../../../src/alerts/watch.ts";
import type { RiskKind } from "../../../src/fleet/index.ts";
import { runtimeOf } from "../../fleet/rows.ts";
import { createPlainWatchState, type PlainWatchState } from "../apply.ts";
import { countingIds, minute, momentAt, muteOf, plainRules, sightingOf } from "../builders.ts";

export const runtimes: readonly string[] = ["r1", "r2", "r3"];
export const kinds = ["agent-uninstalled", "model-modified"] as const;

/** How often a property is tried. */
export const numRuns = 100;

/** What a scan sees of a runtime: its risks, or why none can be told. */
export type Sight = readonly RiskKind[] | "no-risk-info" | "elsewhere" | "no-row" | "unknown" | "left-out";

export type Act =
  | { readonly act: "scan"; readonly gap: number; readonly complete: boolean; readonly sights: readonly Sight[] }
  | { readonly act: "no-scan"; readonly gap: number }
  | { readonly act: "mute"; readonly target: string; readonly minutes: number }
  | { readonly act: "unmute"; readonly target: string }
  | { readonly act: "acknowledge"; readonly which: number }
  | { readonly act: "edit"; readonly keeps: readonly string[] }
  /** So many notices are delivered, or tried in vain. */
  | { readonly act: "deliver"; readonly count: number; readonly works: boolean };

const anyRisks: fc.Arbitrary<Sight> = fc.subarray([...kinds]);
const anySight: fc.Arbitrary<Sight> = fc.oneof(
  { weight: 8, arbitrary: anyRisks },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Sight>("no-risk-info", "elsewhere", "no-row", "no-row", "unknown", "left-out"),
  },
);
const anyGap = fc.constantFrom(minute, minute, minute, 61_000, 59_000, 10 * minute, 3 * 60 * minute);
const anyTarget = fc.constantFrom("all", ...runtimes);

export const anyScan: fc.Arbitrary<Extract<Act, { act: "scan" }>> = fc.record({
  act: fc.constant("scan" as const),
  gap: anyGap,
  complete: fc.constantFrom(true, true, true, true, false),
  sights: fc.array(anySight, { minLength: runtimes.length, maxLength: runtimes.length }),
});

const anyAct: { readonly [Name in Act["act"]]: { readonly weight: number; readonly arbitrary: fc.Arbitrary<Act> } } = {
  scan: { weight: 10, arbitrary: anyScan },
  "no-scan": { weight: 1, arbitrary: fc.record({ act: fc.constant("no-scan" as const), gap: anyGap }) },
  mute: {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("mute" as const),
      target: anyTarget,
      minutes: fc.constantFrom(1, 2, 5, 30),
    }),
  },
  unmute: { weight: 1, arbitrary: fc.record({ act: fc.constant("unmute" as const), target: anyTarget }) },
  acknowledge: {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant("acknowledge" as const), which: fc.nat({ max: 5 }) }),
  },
  edit: {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant("edit" as const), keeps: fc.subarray([...runtimes]) }),
  },
  deliver: {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("deliver" as const),
      count: fc.integer({ min: 1, max: 4 }),
      works: fc.constantFrom(true, true, false),
    }),
  },
};

/** What happens to a watch; all that can, or without some of it. */
export function anyActs(...without: readonly Act["act"][]): fc.Arbitrary<readonly Act[]> {
  const acts = Object.entries(anyAct).filter(([name]) => !without.some((one) => one === name));
  return fc.array(fc.oneof(...acts.map(([, weighted]) => weighted)), { minLength: 3, maxLength: 30 });
}

export const anyRules: fc.Arbitrary<Rules> = fc.record({
  interval: fc.constant(minute),
  hold: fc.constantFrom(0, 0, minute, 3 * minute),
  repeat: fc.constantFrom(0, 3 * minute, 60 * minute),
  resolved: fc.constantFrom(true, true, true, false),
  groupLimit: fc.constant(10),
});

/** What a scan brings: what is at risk, and whatever else was seen. */
export function sightingFrom({ complete, sights }: Extract<Act, { act: "scan" }>): Sighting {
  const seen = runtimes.flatMap((id, index): readonly (readonly [string, Seen])[] => {
    const sight = sights[index] ?? "left-out";
    return sight === "left-out" ? [] : [[id, seenAs(id, sight)]];
  });
  return sightingOf(seen, { complete, reason: complete ? undefined : "timeout", kinds });
}

function seenAs(id: string, sight: Exclude<Sight, "left-out">): Seen {
  switch (sight) {
    case "elsewhere":
    case "no-row":
    case "unknown":
      return { kind: sight };
    case "no-risk-info":
      return { kind: "row", runtime: runtimeOf({ id, risks: undefined }) };
    default:
      return { kind: "row", runtime: runtimeOf({ id, risks: sight }) };
  }
}

/** What a scan says of one runtime and kind, written down once more. */
export function observed(
  { complete, sights }: Extract<Act, { act: "scan" }>,
  runtime: string,
  kind: RiskKind,
): Observation {
  const sight = sights[runtimes.indexOf(runtime)] ?? "left-out";
  const isRisk = typeof sight !== "string" && sight.includes(kind);
  if (!complete) {
    return isRisk ? "risk" : "unknown";
  }
  return isRisk
    ? "risk"
    : sight === "elsewhere" || typeof sight !== "string"
      ? "clear"
      : sight === "no-row"
        ? "not-seen"
        : "unknown";
}

/** One scan that was judged. */
export interface Judgement {
  readonly act: Extract<Act, { act: "scan" | "no-scan" }>;
  readonly sighting: Sighting | undefined;
  readonly now: Moment;
  readonly gap: number;
  readonly before: WatchState;
  readonly change: Change;
  readonly after: WatchState;
  readonly blindFrom: number;
}

/** A message that has arrived, and the episodes that it told. */
export interface Message {
  readonly id: string;
  readonly kind: string;
  readonly episodes: readonly string[];
}

export interface Life {
  readonly memory: PlainWatchState;
  readonly judgements: readonly Judgement[];
  readonly messages: readonly Message[];
  now(): Moment;
  follow(act: Act): void;
}

export interface LifeOptions {
  readonly watch: Partial<Watch>;
  readonly newId: () => string;
  /** Whether another watch of the chat is blind. */
  readonly chatIsBlind: () => boolean;
}

/** A watch to which things happen. */
export function createLife(rules: Rules = plainRules, options: Partial<LifeOptions> = {}): Life {
  const { watch, newId = countingIds(), chatIsBlind = () => false } = options;
  const memory = createPlainWatchState({ primed: false, ...watch });
  const judgements: Judgement[] = [];
  const messages: Message[] = [];
  const blindFrom = momentAt(0).steady;
  let passed = 0;
  const now = () => momentAt(passed);

  function look(act: Judgement["act"]): void {
    passed += act.gap;
    const before = memory.state(endedSince(rules, now()));
    const sighting = act.act === "scan" ? sightingFrom(act) : undefined;
    const gap = before.last === undefined ? 0 : now().steady - before.last.at;
    const change = judge({
      state: before,
      sighting,
      rules,
      now: now(),
      gap,
      newId,
      blindFrom,
      chatIsBlind: chatIsBlind(),
    });
    if (memory.commit(change) !== "done") {
      throw new Error("a change was refused");
    }
    const after = memory.state(endedSince(rules, now()));
    judgements.push({ act, sighting, now: now(), gap, before, change, after, blindFrom });
  }

  function deliver(count: number, works: boolean): void {
    for (let index = 0; index < count; index += 1) {
      const notice = memory.claim(now());
      if (notice === undefined || !works) {
        return;
      }
      memory.sent(notice.id, now());
      const { id, kind, about } = notice;
      const told = memory.episodes().filter((one) => (kind === "resolved" ? one.endNotice : one.notice) === id);
      const episodes = about.kind === "some" ? about.episodes : told.map((one) => one.id);
      messages.push({ id, kind, episodes });
    }
  }

  function follow(act: Act): void {
    switch (act.act) {
      case "scan":
      case "no-scan":
        look(act);
        return;
      case "mute": {
        const until = momentAt(passed + act.minutes * minute);
        memory.mute(muteOf(act.target, { until: until.steady, untilWall: until.wall }));
        return;
      }
      case "unmute":
        memory.unmute(act.target);
        return;
      case "acknowledge": {
        const open = memory.state(0).open;
        const [which] = open.length === 0 ? [] : [open[act.which % open.length]];
        memory.acknowledge(which === undefined ? [] : [which.id], "ou_2", now().wall);
        return;
      }
      case "edit":
        memory.edit(({ runtime }) => act.keeps.includes(runtime), now());
        return;
      case "deliver":
        deliver(act.count, act.works);
        return;
    }
  }

  return { memory, judgements, messages, now, follow };
}

/** Tries a property of watches to which anything has happened. */
export function always(
  check: (life: Life, rules: Rules) => void,
  acts: fc.Arbitrary<readonly Act[]> = anyActs(),
): void {
  const property = fc.property(anyRules, acts, (rules, some) => check(live(rules, some), rules));
  fc.assert(property, { numRuns });
}

/** A watch to which all of this has happened. */
export function live(rules: Rules, acts: readonly Act[]): Life {
  const life = createLife(rules);
  for (const act of acts) {
    life.follow(act);
  }
  return life;
}

/** The scans that were judged, with what each saw. */
export function scansOf({ judgements }: Life) {
  return judgements.flatMap((one) => {
    const { act, sighting } = one;
    return act.act === "scan" && sighting !== undefined ? [{ ...one, act, sighting }] : [];
  });
}

/** A complete scan of a minute later, that sees this of each runtime. */
export function scanOf(sights: readonly Sight[]): Extract<Act, { act: "scan" }> {
  return { act: "scan", gap: minute, complete: true, sights };
}
