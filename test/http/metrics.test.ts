import { describe, expect, test } from "vitest";
import { createMetrics } from "../../src/http/index.ts";

const read = async (metrics: ReturnType<typeof createMetrics>) => (await metrics.routes.request("/metrics")).text();

describe("GET /metrics", () => {
  test("counts events by their labels, under names that begin with deskhand_", async () => {
    const metrics = createMetrics({ readiness: () => [] });
    metrics.count("sends", { channel: "lark", act: "send", outcome: "ok" });
    metrics.count("sends", { channel: "lark", act: "send", outcome: "ok" });
    metrics.count("something_new");
    const text = await read(metrics);
    expect(text).toContain('deskhand_sends_total{channel="lark",act="send",outcome="ok"} 2');
    expect(text).toContain("deskhand_something_new_total 1");
    const names = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(names.every((line) => line.startsWith("deskhand_"))).toBe(true);
  });

  test("says of each part whether it is ready now", async () => {
    let ready = false;
    const metrics = createMetrics({ readiness: () => [{ part: "store", ready }] });
    expect(await read(metrics)).toContain('deskhand_part_ready{part="store"} 0');
    ready = true;
    expect(await read(metrics)).toContain('deskhand_part_ready{part="store"} 1');
  });

  test("shows numbers as they are when they are read", async () => {
    let calls = 3;
    const metrics = createMetrics({ readiness: () => [] });
    metrics.gauge("dingtalk_month_calls", "Calls of the month.", () => calls);
    expect(await read(metrics)).toContain(
      "\n# TYPE deskhand_dingtalk_month_calls gauge\ndeskhand_dingtalk_month_calls 3\n",
    );
    calls = 2;
    expect(await read(metrics)).toContain("\ndeskhand_dingtalk_month_calls 2\n");
  });

  test("of one bot are its own", async () => {
    const [one, other] = [createMetrics({ readiness: () => [] }), createMetrics({ readiness: () => [] })];
    one.count("arrivals", { channel: "lark", kind: "click" });
    expect(await read(other)).not.toContain("arrivals_total{");
  });
});
