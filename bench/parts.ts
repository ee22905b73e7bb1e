import type { Plan } from "./plan.ts";
import { onlyFigures, type Result } from "./result.ts";

/** A part of the benchmark, which can be run alone. */
export interface Part {
  /** The heading of its figures. */
  readonly title: string;
  /** Seconds after which it is ended; a long run has more. */
  readonly seconds: number;
  measure(plan: Plan): Promise<Result>;
}

/**
 * By the names that `--only` takes, in the order in which they are told. What measures is read by the process that
 * measures alone.
 */
export const parts = {
  lark: part("Beside others, over Lark", 600, async (plan) => (await import("./lark.ts")).measureLark(plan)),
  dingtalk: part("Beside a bare bot, over DingTalk", 300, async (plan) =>
    (await import("./dingtalk.ts")).measureDingTalk(plan),
  ),
  replicas: part("Replicas", 150, async (plan) => (await import("./replicas.ts")).measureReplicas(plan)),
  calls: part("Calls, and what a card weighs", 60, async () => (await import("./calls.ts")).measureCalls()),
  answers: part("A list card without the network", 60, async () =>
    onlyFigures(await (await import("./answers.ts")).measureAnswers()),
  ),
  start: part("Start", 60, async (plan) => (await import("./start.ts")).measureStart(plan)),
  memory: part("Memory at rest", 60, async (plan) => (await import("./memory.ts")).measureMemory(plan)),
  scans: part("Scans", 240, async (plan) => (await import("./scans.ts")).measureScans(plan)),
  exports: part("Exports", 240, async () => onlyFigures(await (await import("./exports.ts")).measureExports())),
  alerts: part("Alerts", 180, async () => onlyFigures(await (await import("./alerts.ts")).measureAlerts())),
} as const satisfies Readonly<Record<string, Part>>;

function part(title: string, seconds: number, measure: Part["measure"]): Part {
  return { title, seconds, measure };
}

export type PartName = keyof typeof parts;

/** The parts, in order. */
export const partNames: readonly PartName[] = Object.keys(parts).filter(isPartName);

export function isPartName(name: string): name is PartName {
  return Object.hasOwn(parts, name);
}
