import { describe, expect, it } from "vitest";
import { readOptions } from "../../bench/options.ts";
import { partNames } from "../../bench/parts.ts";

describe("the command line of the benchmark", () => {
  it("asks for every part unless some are named", () => {
    expect(readOptions([])).toEqual({ size: "usual", only: partNames, write: false });
    expect(readOptions(["--only", "scans, lark", "--long"])).toEqual({
      ...{ size: "long", only: ["lark", "scans"], write: false },
    });
  });

  it("names the parts that there are when there is no such part", () => {
    expect(readOptions(["--only", "lark,slack"])).toMatch(/no part "slack"[\s\S]*lark, dingtalk, replicas/u);
  });

  it("writes nothing that is not one run of everything", () => {
    expect(readOptions(["--only", "lark", "--write"])).toMatch(/neither with --only nor with --quick/u);
    expect(readOptions(["--quick", "--write"])).toMatch(/neither with --only nor with --quick/u);
    expect(readOptions(["--quick", "--long"])).toMatch(/quick or long/u);
  });
});
