import type { Finding } from "./check.ts";

/** How many findings there are of each state. */
export type Tally = Readonly<Record<Finding["state"], number>>;

/** What `npm run doctor -- --json` prints; docs/doctor.md describes it. */
export interface Report {
  /** Whether nothing failed. */
  readonly ok: boolean;
  readonly count: Tally;
  readonly findings: readonly Finding[];
}

/** All findings of one run together. */
export function reportOf(findings: readonly Finding[]): Report {
  const count = { ok: 0, note: 0, failed: 0, skipped: 0 };
  for (const { state } of findings) {
    count[state] += 1;
  }
  return { ok: count.failed === 0, count, findings };
}
