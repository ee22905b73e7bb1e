import { type Meter, noMeter } from "../src/telemetry/index.ts";

export interface CountingMeter {
  readonly meter: Meter;
  /** What was counted, in order: `lark_calls create ok`. */
  readonly counted: readonly string[];
  /** What was measured, in order. */
  readonly observed: readonly { readonly key: string; readonly value: number; readonly labels: object }[];
  /** How often something was counted: `lark_calls call=create outcome=ok`. */
  of(name: string): number;
}

/** A meter that keeps what is counted and measured. */
export function createCountingMeter(): CountingMeter {
  const counted: string[] = [];
  const named: string[] = [];
  const observed: { readonly key: string; readonly value: number; readonly labels: object }[] = [];
  return {
    meter: {
      ...noMeter,
      count(key, labels) {
        counted.push([key, ...Object.values(labels)].join(" "));
        named.push([key, ...Object.entries(labels).map(([label, value]) => `${label}=${value}`)].join(" "));
      },
      observe(key, value, labels) {
        observed.push({ key, value, labels });
      },
    },
    counted,
    observed,
    of: (name) => named.filter((one) => one === name).length,
  };
}
