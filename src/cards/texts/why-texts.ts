import type { WhyObservation } from "../desk-views.ts";

/** How the story of an alert is told. Times, durations and names come as they are to be read. */
export interface WhyTexts {
  readonly title: (name: string) => string;
  readonly nothing: (name: string) => string;
  readonly noWatch: string;
  readonly heading: (risk: string, since: string) => string;
  readonly state: string;
  readonly lasting: string;
  readonly change: string;
  readonly watch: string;
  readonly setUpBy: (filter: string, author: string) => string;
  readonly observed: string;
  readonly observation: Readonly<Record<WhyObservation | "incomplete", string>>;
  /** Scans one after the other that saw the same. */
  readonly scans: (times: string, what: string, count: number) => string;
  readonly sent: string;
  readonly noNotice: string;
  /** `message`: the platform's id of it. */
  readonly delivered: (what: string, time: string, message: string | undefined) => string;
  readonly owed: (what: string, since: string, attempts: number, reason: string | undefined) => string;
  readonly dropped: (what: string, time: string) => string;
  readonly failed: (what: string, time: string, attempts: number, reason: string | undefined) => string;
  readonly next: string;
  readonly held: (left: string) => string;
  readonly owedNext: (time: string | undefined) => string;
  readonly reminder: (time: string) => string;
  readonly endOnly: string;
  /** What was acknowledged is not told after a mute either. */
  readonly mutedNext: (until: string, acked: boolean) => string;
  readonly notListed: (scans: number) => string;
  readonly over: string;
  readonly earlier: (count: number) => string;
}
