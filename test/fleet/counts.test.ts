import { describe, expect, it } from "vitest";
import { countRuntimes, worstRisk } from "../../src/fleet/index.ts";
import { runtimeOf } from "./rows.ts";

describe("the counts of runtimes", () => {
  it("are of those that run, are stopped, are neither, are at risk, and of each kind of risk", () => {
    const runtimes = [
      runtimeOf({ status: "Running", risks: ["model-modified", "channel-modified"] }),
      runtimeOf({ status: "RUNNING", risks: [] }),
      runtimeOf({ status: "Stopped", risks: ["model-modified"] }),
      runtimeOf({ status: "Stopping", risks: undefined }),
      runtimeOf({ status: "Hibernating", risks: ["agent-uninstalled"] }),
      runtimeOf({ status: undefined, risks: undefined }),
    ];
    expect(countRuntimes(runtimes)).toEqual({
      runtimes: 6,
      running: 2,
      stopped: 1,
      other: 3,
      atRisk: 3,
      riskUnknown: 2,
      risks: { "agent-uninstalled": 1, "model-modified": 2, "channel-modified": 1 },
    });
  });

  it("of none are nought", () => {
    const counts = countRuntimes([]);
    expect(counts).toMatchObject({ runtimes: 0, running: 0, stopped: 0, other: 0, atRisk: 0, riskUnknown: 0 });
  });
});

describe("the worst risk", () => {
  it("is the uninstalled agent before the changed model before the changed channel", () => {
    expect(worstRisk(runtimeOf({ risks: ["channel-modified", "agent-uninstalled", "model-modified"] }))).toBe(
      "agent-uninstalled",
    );
    expect(worstRisk(runtimeOf({ risks: ["channel-modified", "model-modified"] }))).toBe("model-modified");
    expect(worstRisk(runtimeOf({ risks: ["channel-modified"] }))).toBe("channel-modified");
  });

  it("is none where there is none or none is known", () => {
    expect(worstRisk(runtimeOf({ risks: [] }))).toBeUndefined();
    expect(worstRisk(runtimeOf({ risks: undefined }))).toBeUndefined();
  });
});
