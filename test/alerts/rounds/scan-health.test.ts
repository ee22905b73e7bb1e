import { expect, test } from "vitest";
import { createScanHealth } from "../../../src/alerts/rounds/scan-health.ts";
import { createTime } from "../../../src/alerts/time.ts";
import { createMetrics } from "../../../src/http/index.ts";
import { createManualClock } from "../../manual-clock.ts";

test("the age of the last complete scan is that of the watch for which it is longest, of those that are scanned", async () => {
  const clock = createManualClock();
  const metrics = createMetrics();
  const health = createScanHealth({ meter: metrics, time: createTime(clock) });
  const age = async () => {
    const text = await (await metrics.routes.request("/metrics")).text();
    return /^deskhand_last_complete_scan_age_seconds (\S+)$/m.exec(text)?.[1];
  };
  expect(await age()).toBeUndefined();
  health.scanning(["one", "other"], true);
  await clock.advance(10_000);
  health.scanned("one", true);
  health.scanned("other", false);
  await clock.advance(5_000);
  expect(await age()).toBe("15");
  health.scanned("other", true);
  expect(await age()).toBe("5");
  health.scanning(["other"], true);
  expect(await age()).toBe("0");
  health.forget();
  expect(await age()).toBeUndefined();
});
