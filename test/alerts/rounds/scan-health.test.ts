import { expect, test } from "vitest";
import { createScanHealth } from "../../../src/alerts/rounds/scan-health.ts";
import { createTime } from "../../../src/alerts/time.ts";
import { createMetrics, type Metrics } from "../../../src/http/index.ts";
import { createManualClock } from "../../manual-clock.ts";

type Made = { readonly id: string; readonly madeAt: number };

async function ageIn(metrics: Metrics): Promise<string | undefined> {
  const text = await (await metrics.routes.request("/metrics")).text();
  return /^deskhand_last_complete_scan_age_seconds (\S+)$/m.exec(text)?.[1];
}

test("the age goes on over a restart: from the last complete scan in the store, or from when the watch was set up", async () => {
  const clock = createManualClock();
  const metrics = createMetrics();
  const time = createTime(clock);
  const { steady, wall } = time.now();
  const complete = new Map([["scanned", { at: steady - 600_000 }]]);
  const health = createScanHealth({ meter: metrics, time, lastComplete: async (watch) => complete.get(watch) });
  await health.scanning([{ id: "scanned", madeAt: wall - 9_000_000 }], false);
  expect(await ageIn(metrics)).toBe("600");
  await health.scanning([{ id: "never", madeAt: wall - 700_000 }], false);
  expect(await ageIn(metrics)).toBe("700");
  await clock.advance(5_000);
  await health.scanning([{ id: "never", madeAt: wall - 700_000 }], true);
  expect(await ageIn(metrics)).toBe("705");
  health.scanned("never", true);
  expect(await ageIn(metrics)).toBe("0");
  await health.scanning([], true);
  expect(await ageIn(metrics)).toBeUndefined();
});

test("the age of the last complete scan is that of the watch for which it is longest, of those that are scanned", async () => {
  const clock = createManualClock();
  const metrics = createMetrics();
  const time = createTime(clock);
  const health = createScanHealth({ meter: metrics, time, lastComplete: async () => undefined });
  const age = () => ageIn(metrics);
  const [one, other] = ["one", "other"].map((id) => ({ id, madeAt: time.now().wall })) as [Made, Made];
  expect(await age()).toBeUndefined();
  await health.scanning([one, other], true);
  await clock.advance(10_000);
  health.scanned("one", true);
  health.scanned("other", false);
  await clock.advance(5_000);
  expect(await age()).toBe("15");
  health.scanned("other", true);
  expect(await age()).toBe("5");
  await health.scanning([other], true);
  expect(await age()).toBe("0");
  health.forget();
  expect(await age()).toBeUndefined();
});
