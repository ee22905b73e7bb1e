import { afterEach, describe, expect, test } from "vitest";
import { type AlertRig, openAlertRig } from "../e2e/alerts/rig.ts";

describe("promise 4: a scan that is not complete never reads as resolved", () => {
  let rig: AlertRig;
  afterEach(() => rig?.close());

  test.each(["lark", "dingtalk"] as const)("in %s, until a whole scan has seen that it is over", async (platform) => {
    rig = await openAlertRig({ platform, watched: true });
    await rig.scans(1);
    rig.fleet.set("ecd-0001", { risks: ["model-modified"] });
    await rig.told(1);
    for (const fault of [{ kind: "error" }, { kind: "short", rows: 1 }, { kind: "total", by: 1 }] as const) {
      rig.fleet.faults.next(fault, { count: Number.POSITIVE_INFINITY });
      await rig.scans(2);
      rig.fleet.faults.clear();
    }
    rig.fleet.hide("ecd-0001");
    await rig.scans(2);
    rig.fleet.hide("ecd-0001", false);
    rig.fleet.nullRisk("ecd-0001");
    await rig.expectNoMore(1);
    rig.fleet.nullRisk("ecd-0001", false);
    rig.fleet.set("ecd-0001", { risks: [] });
    const [, over] = await rig.told(2);
    expect(over?.title).toMatch(/^Over: agent-0001/);
  });
});
