import type { Answer, AuditOutcome } from "../cards/index.ts";
import type { LabelsOf } from "../telemetry/index.ts";

/** What became of a command: in the metrics, the log and traces, and in an audit, which asks what somebody did. */
interface Outcome {
  readonly told: LabelsOf<"commands">["outcome"];
  readonly audited: AuditOutcome;
}

const done: Outcome = { told: "ok", audited: "ok" };
const foundNothing: Outcome = { told: "nothing", audited: "ok" };
/** It was understood, and cannot be had so. */
const notSo: Outcome = { told: "problem", audited: "failed" };
const unread: Outcome = { told: "problem", audited: "bad" };
const refused: Outcome = { told: "refused", audited: "refused" };
const failed: Outcome = { told: "failed", audited: "failed" };

const outcomes: Readonly<Record<Answer["kind"], Outcome>> = {
  list: done,
  summary: done,
  runtime: done,
  choices: done,
  help: done,
  hello: done,
  working: done,
  exporting: done,
  exported: done,
  alert: done,
  over: done,
  blind: done,
  sight: done,
  "watch-paused": done,
  budget: done,
  "alert-test": done,
  "alert-test-begun": done,
  watching: done,
  "watch-off": done,
  "watch-status": done,
  quieted: done,
  "which-alert": done,
  why: done,
  trend: done,
  digest: done,
  "digest-set": done,
  "digest-off": done,
  "digest-status": done,
  views: done,
  language: done,
  audit: done,
  missing: foundNothing,
  "no-alert": foundNothing,
  "unknown-view": foundNothing,
  "too-large": notSo,
  "export-too-many": notSo,
  "export-too-large": notSo,
  unwatchable: notSo,
  "chats-only": notSo,
  "too-many-views": notSo,
  problem: unread,
  unread,
  refused,
  "too-fast": refused,
  late: { told: "refused", audited: "late" },
  failure: failed,
  "export-not-sent": failed,
  "store-failed": failed,
  busy: failed,
  internal: { told: "fault", audited: "failed" },
};

/** What became of a command, in one of a few words. */
export function outcomeOf({ kind }: Answer): Outcome["told"] {
  return outcomes[kind].told;
}

/** What became of it, for an audit. */
export function auditOutcome({ kind }: Answer): AuditOutcome {
  return outcomes[kind].audited;
}
