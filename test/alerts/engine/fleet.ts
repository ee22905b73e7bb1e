import type { Fleet, RiskKind, Runtime } from "../../../src/fleet/index.ts";
import { broken, createMemoryFleet } from "../../fleet/memory-fleet.ts";
import { rowOf } from "../../fleet/rows.ts";
import type { TestProcess } from "./process.ts";

/** A fleet whose runtimes a test moves. */
export interface TestFleet {
  /** `moving`: no scan is complete. */
  state: "up" | "down" | "moving";
  /** Called whenever a scan begins. */
  onScan: () => void;
  /** How many scans began. */
  scans(): number;
  /** How often it was asked for anything. */
  calls(): number;
  /** Sets what one runtime is; without anything it is not listed any more. */
  set(id: string, part?: Partial<Runtime>): void;
  risk(id: string, ...risks: readonly RiskKind[]): void;
  /** Lets no answer out until the function that it gives back is called. */
  hold(): () => void;
  /** The fleet as a process reaches it. */
  over(process: TestProcess): Fleet;
}

export function createTestFleet(runtimes: readonly Partial<Runtime>[]): TestFleet {
  const known = new Map<string, Partial<Runtime>>();
  const memory = createMemoryFleet({ rows: [] });
  // One whose agent is gone is in the list of its provider all the same.
  const listed = ["OpenClaw"];
  const become = () =>
    memory.become([...known].map(([id, part]) => rowOf({ id, name: `agent of ${id}`, ...part }, { listed })));

  const fleet: TestFleet = {
    state: "up",
    onScan: () => undefined,
    scans: () => memory.scans.length,
    calls: () => memory.scans.length + memory.pages.length,
    set(id, part) {
      if (part === undefined) {
        known.delete(id);
      } else {
        known.set(id, { ...known.get(id), ...part });
      }
      become();
    },
    risk: (id, ...risks) => fleet.set(id, { risks }),
    hold: memory.hold,
    over: ({ outside }) => ({
      page: (request, call) =>
        outside(async () => (fleet.state === "down" ? { ok: false, failure: broken } : memory.page(request, call))),
      scan: (request, fold, call) =>
        outside(async () => {
          fleet.onScan();
          const outcome = await memory.scan(request, fold, call);
          if (fleet.state === "down") {
            return { ok: false, failure: broken };
          }
          return outcome.ok && fleet.state === "moving"
            ? { ok: true, value: { ...outcome.value, complete: false, total: outcome.value.total + 1 } }
            : outcome;
        }),
    }),
  };
  for (const [index, part] of runtimes.entries()) {
    fleet.set(part.id ?? `ecd-${index + 1}`, part);
  }
  return fleet;
}
