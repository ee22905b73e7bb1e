import type { Alerted, Answer, WatchStatus } from "../../src/cards/index.ts";

export type AlertAnswer = Extract<Answer, { kind: "alert" }>;

/** 30 November 2025, 14:02 in Shanghai. */
export const since = Date.parse("2025-11-30T06:02:00Z");
export const minute = 60_000;
export const zone = "Asia/Shanghai";

/** An open alert with what a test gives: a model that was changed. */
export function alertedOf(about: Partial<Alerted> = {}): Alerted {
  return {
    id: "ep-1",
    runtime: "ecd-1",
    name: "agent-017",
    kind: "model-modified",
    state: "told",
    since,
    users: ["li.na"],
    now: { template: "mt-zzz", channels: ["feishu"] },
    before: undefined,
    end: undefined,
    acked: undefined,
    mutedUntil: undefined,
    mutedBy: undefined,
    times: 1,
    ...about,
  };
}

/** An alert that was seen to be over after 42 minutes. */
export function endedOf(about: Partial<Alerted> = {}, how: "resolved" | "gone" | "silent" = "resolved"): Alerted {
  return alertedOf({
    state: "ended",
    end: { how, at: since + 42 * minute, lasted: 42 * minute },
    ...about,
  });
}

/** As many open alerts as a test wants, each of a runtime of its own. */
export function alertedsOf(count: number, about: Partial<Alerted> = {}): readonly Alerted[] {
  return Array.from({ length: count }, (_, index) =>
    alertedOf({ id: `ep-${index + 1}`, runtime: `ecd-${index + 1}`, name: `agent-${index + 1}`, ...about }),
  );
}

/** An alert card of these, all on one page unless a test says otherwise. */
export function alertOf(runtimes: readonly Alerted[], about: Partial<AlertAnswer> = {}): AlertAnswer {
  const kinds: Partial<Record<Alerted["kind"], number>> = {};
  for (const { kind } of runtimes) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return {
    kind: "alert",
    id: "n-1",
    reason: "firing",
    zone,
    watch: { filter: "risk=yes group=rg-finance", origin: "command", author: "wang.wei" },
    runtimes,
    total: runtimes.length,
    kinds,
    open: runtimes.filter(({ end }) => end === undefined).length,
    counted: {
      all: new Set(runtimes.map(({ runtime }) => runtime)).size,
      open: new Set(runtimes.flatMap(({ end, runtime }) => (end === undefined ? [runtime] : []))).size,
    },
    page: 1,
    pages: 1,
    common: [],
    showsUsers: true,
    owners: [],
    mayRepeat: false,
    ...about,
  };
}

/** A watch that is well, with what a test gives. */
export function watchStatusOf(about: Partial<WatchStatus> = {}): WatchStatus {
  const scan = { at: since, complete: true, reason: undefined, atRisk: 0 };
  return {
    watch: { filter: "group=rg-finance", origin: "command", author: "wang.wei" },
    paused: undefined,
    lastComplete: scan,
    last: scan,
    blindSince: undefined,
    open: [],
    total: 0,
    ...about,
  };
}
