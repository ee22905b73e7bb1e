import { expect, test } from "vitest";
import { auditOutcome, outcomeOf } from "../../src/bot/outcome.ts";
import type { Answer } from "../../src/cards/index.ts";
import type { FleetFailure } from "../../src/fleet/index.ts";

const failure: FleetFailure = {
  kind: "timeout",
  ...{ code: undefined, detail: undefined, requestId: undefined },
  ...{ action: undefined, principal: undefined, attempts: 1 },
};
const list = { kind: "list", filters: {}, page: 1, size: 10 } as const;
const file = { kind: "export", filters: {} } as const;

const answers: readonly (readonly [told: string, audited: string, Answer])[] = [
  ["ok", "ok", { kind: "language", command: { kind: "lang" }, locale: undefined, changed: false }],
  ["nothing", "ok", { kind: "missing", command: list, target: "agent-1" }],
  ["problem", "failed", { kind: "export-too-many", command: file, total: 9, limit: 1 }],
  ["problem", "bad", { kind: "unread" }],
  ["refused", "refused", { kind: "refused" }],
  ["refused", "refused", { kind: "too-fast" }],
  ["refused", "late", { kind: "late", minutes: 11 }],
  ["failed", "failed", { kind: "failure", command: list, failure }],
  ["failed", "failed", { kind: "busy", command: undefined }],
  ["fault", "failed", { kind: "internal", command: undefined }],
];

test.each(answers)("is told as %s and audited as %s where the answer is %o", (told, audited, answer) => {
  expect([outcomeOf(answer), auditOutcome(answer)]).toEqual([told, audited]);
});
