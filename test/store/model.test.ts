import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { arrivalKey } from "../../src/bot/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { createManualClock } from "../manual-clock.ts";
import { messageOf } from "./sites.ts";

type Step =
  | { readonly act: "take"; readonly store: number; readonly ids: readonly number[] }
  | { readonly act: "settle"; readonly store: number; readonly id: number }
  | { readonly act: "adopt"; readonly store: number; readonly limit: number }
  | { readonly act: "restart"; readonly store: number }
  | { readonly act: "wait"; readonly milliseconds: number };

const store = fc.nat({ max: 1 });
const id = fc.nat({ max: 11 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant("take" as const), store, ids: fc.array(id, { maxLength: 6 }) }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("settle" as const), store, id }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant("adopt" as const), store, limit: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("restart" as const), store }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("wait" as const), milliseconds: fc.nat({ max: 5_000 }) }) },
);

interface Known {
  /** The store that answers it; undefined when none does. */
  holder: number | undefined;
  settled: boolean;
}

/** What two processes on one store must do, in the plainest words. */
function createModel() {
  const known = new Map<number, Known>();
  return {
    take(by: number, one: number): "new" | "known" {
      if (known.has(one)) {
        return "known";
      }
      known.set(one, { holder: by, settled: false });
      return "new";
    },
    settle(one: number): void {
      const found = known.get(one);
      if (found !== undefined) {
        found.settled = true;
      }
    },
    left: () => [...known].filter(([, { holder, settled }]) => holder === undefined && !settled).map(([one]) => one),
    adopted(by: number, ids: readonly number[]): void {
      for (const one of ids) {
        known.set(one, { holder: by, settled: false });
      }
    },
    end(by: number): void {
      for (const one of known.values()) {
        one.holder = one.holder === by ? undefined : one.holder;
      }
    },
  };
}

it("two processes and their successors take, settle and adopt as one list would", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const directory = await mkdtemp(join(tmpdir(), "deskhand-model-"));
      const clock = createManualClock();
      const open = async (): Promise<Store> => {
        const location = { kind: "file", directory } as const;
        const opened = await openStore({ location, clock, log: createRecordingLog(), processId: "test" });
        if (!opened.ok) {
          throw new Error(opened.reason);
        }
        return opened.store;
      };
      const stores = [await open(), await open()];
      const model = createModel();
      try {
        for (const one of steps) {
          await follow(one, stores, model, { open, wait: clock.advance });
        }
      } finally {
        await Promise.all(stores.map((each) => each.stop()));
        await rm(directory, { recursive: true, force: true });
      }
    }),
    { numRuns: 60 },
  );
});

async function follow(
  one: Step,
  stores: Store[],
  model: ReturnType<typeof createModel>,
  { open, wait }: { open(): Promise<Store>; wait(milliseconds: number): Promise<void> },
): Promise<void> {
  if (one.act === "wait") {
    return wait(one.milliseconds);
  }
  const used = stores[one.store];
  if (used === undefined) {
    throw new Error("no such store");
  }
  switch (one.act) {
    case "take": {
      const taken = await Promise.all(one.ids.map((each) => used.inbox.take(messageOf(`${each}`))));
      expect(taken).toEqual(one.ids.map((each) => model.take(one.store, each)));
      return;
    }
    case "settle":
      used.inbox.settle(messageOf(`${one.id}`));
      // The other process sees it once it is written; this one at once.
      await wait(20);
      model.settle(one.id);
      return;
    case "adopt": {
      const adopted = await used.inbox.adopt(one.limit);
      const left = model.left();
      const ids = left.filter((each) => adopted.some((a) => arrivalKey(a) === arrivalKey(messageOf(`${each}`))));
      expect(ids).toHaveLength(adopted.length);
      expect(adopted).toHaveLength(Math.min(one.limit, left.length));
      model.adopted(one.store, ids);
      return;
    }
    case "restart":
      await used.stop();
      model.end(one.store);
      stores[one.store] = await open();
      return;
  }
}
