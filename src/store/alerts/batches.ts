import { setImmediate as nextTurn } from "node:timers/promises";

/** How many rows one statement takes: of these sizes only, as each makes a statement that is kept compiled. */
const sizes = [100, 10, 1] as const;

/** Does something with all rows, some at a time and in their order, and lets other work get its turn in between. */
export async function inBatches<Row>(
  rows: readonly Row[],
  work: (some: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  let done = 0;
  for (const size of sizes) {
    for (; rows.length - done >= size; done += size) {
      if (done > 0) {
        await nextTurn();
      }
      await work(rows.slice(done, done + size));
    }
  }
}

/** All that is found for some keys, asked for in the same way. */
export async function findInBatches<Key, Found>(
  keys: readonly Key[],
  find: (some: readonly Key[]) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  await inBatches(keys, async (some) => {
    found.push(...(await find(some)));
  });
  return found;
}
