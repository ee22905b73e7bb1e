import { measureAlerts } from "./alerts.ts";
import { measureAnswers } from "./answers.ts";
import { measureCalls } from "./calls.ts";
import { measureDingTalk } from "./dingtalk.ts";
import { measureExports } from "./exports.ts";
import { measureLark } from "./lark.ts";
import { measureMemory } from "./memory.ts";
import type { Plan } from "./plan.ts";
import { measureReplicas } from "./replicas.ts";
import { onlyFigures, type Result } from "./result.ts";
import { measureScans } from "./scans.ts";
import { measureStart } from "./start.ts";

/** A part of the benchmark, which can be run alone. */
export interface Part {
  /** The heading of its figures. */
  readonly title: string;
  /** Seconds after which it is ended; a long run has more. */
  readonly seconds: number;
  measure(plan: Plan): Promise<Result>;
}

/** By the names that `--only` takes, in the order in which they are told. */
export const parts = {
  lark: { title: "Beside others, over Lark", seconds: 600, measure: measureLark },
  dingtalk: { title: "Beside a bare bot, over DingTalk", seconds: 300, measure: measureDingTalk },
  replicas: { title: "Replicas", seconds: 150, measure: measureReplicas },
  calls: { title: "Calls, and what a card weighs", seconds: 60, measure: measureCalls },
  answers: {
    title: "A list card without the network",
    seconds: 60,
    measure: async () => onlyFigures(await measureAnswers()),
  },
  start: { title: "Start", seconds: 60, measure: measureStart },
  memory: { title: "Memory at rest", seconds: 60, measure: measureMemory },
  scans: { title: "Scans", seconds: 180, measure: measureScans },
  exports: { title: "Exports", seconds: 240, measure: async () => onlyFigures(await measureExports()) },
  alerts: { title: "Alerts", seconds: 180, measure: async () => onlyFigures(await measureAlerts()) },
} as const satisfies Readonly<Record<string, Part>>;

export type PartName = keyof typeof parts;

/** The parts, in order. */
export const partNames: readonly PartName[] = Object.keys(parts).filter(isPartName);

export function isPartName(name: string): name is PartName {
  return Object.hasOwn(parts, name);
}
