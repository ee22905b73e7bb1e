import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readParameters } from "../../src/simulator/parameters.ts";

function read(given: Readonly<Record<string, string>>) {
  return readParameters(new Map(Object.entries({ AgentProvider: "OpenClaw", ...given })));
}

function codeOf(given: Readonly<Record<string, string>>): string | undefined {
  const result = read(given);
  return "code" in result ? result.code : undefined;
}

describe("parameters", () => {
  it("must name a provider", () => {
    const missing = readParameters(new Map([["AgentProviderList.1", "OpenClaw"]]));
    expect([missing, codeOf({ AgentProvider: "" })]).toMatchObject([
      { status: 400, code: "MissingAgentProvider" },
      "MissingAgentProvider",
    ]);
  });

  const refused: readonly (readonly [string, string])[] = [
    ["ModelConfigure", "yes"],
    ["ChannelConfigure", "TRUE"],
    ["HasAuthUser", ""],
    ["IncludeRiskInfo", "1"],
    ["HasRisk", "no"],
    ["BizType", "enterprise"],
    ["PageSize", "0"],
    ["PageSize", "2.5"],
    ["PageNumber", "-1"],
    ["DeploymentSource", "Somebody"],
    ["AgentPlatform", "JVS"],
    ["AgentImOnlineStatus", "online"],
    ["DesktopStatuses.1", "Melted"],
    ["AgentInstanceStatuses.1", "running"],
    ["AgentPlatformList.1", "PRIVATE"],
    ["DesktopIds", "ecd-a"],
    ["DesktopIds.2", "ecd-a"],
    ["DesktopIds.0", "ecd-a"],
    ["DesktopIds.01", "ecd-a"],
    ["AuthUsers.x", "li.na"],
    ["DesktopNames.1", ""],
  ];
  for (const [name, value] of refused) {
    it(`refuses ${name}=${value || "(empty)"} under its name`, () => {
      expect(codeOf({ [name]: value })).toBe(`InvalidParameter.${name.split(".")[0]}`);
    });
  }

  it("refuses a gap in the numbers of a list", () => {
    expect(codeOf({ "AuthUsers.1": "a", "AuthUsers.3": "b" })).toBe("InvalidParameter.AuthUsers");
  });

  it("refuses lists of more than a hundred entries", () => {
    const list = (length: number) => Object.fromEntries(Array.from({ length }, (_, n) => [`AuthUsers.${n + 1}`, "a"]));
    expect([codeOf(list(100)), codeOf(list(101))]).toEqual([undefined, "InvalidParameter.AuthUsers"]);
  });

  it("ignores HasRisk without IncludeRiskInfo", () => {
    expect([read({ HasRisk: "true" }), read({ HasRisk: "true", IncludeRiskInfo: "true" })]).toMatchObject([
      { filters: { hasRisk: undefined } },
      { filters: { hasRisk: true } },
    ]);
  });

  it("takes page 0 for page 1 and twenty rows unless asked", () => {
    expect([read({ PageNumber: "0" }), read({})]).toMatchObject([
      { page: 1, size: 20 },
      { page: 1, size: 20 },
    ]);
  });

  it("ignores what it does not know", () => {
    expect(codeOf({ Anything: "x", "Some.1.Thing": "y" })).toBeUndefined();
  });

  it("keeps the entries of a list in their order, however the parameters come", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 100 }),
        fc.boolean(),
        (values, turned) => {
          const pairs = values.map((value, place): [string, string] => [`DesktopNames.${place + 1}`, value]);
          const given = Object.fromEntries(turned ? pairs.reverse() : pairs);
          expect(read(given)).toMatchObject({ filters: { names: values } });
        },
      ),
    );
  });
});
