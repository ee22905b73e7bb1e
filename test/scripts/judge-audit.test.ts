import { expect, it } from "vitest";
import { judgeAudit } from "../../scripts/judge-audit.ts";

/** A report as npm 11 prints it. */
function report(...severities: readonly string[]): string {
  return JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      severities.map((severity, index) => [
        `package-${index}`,
        { name: `package-${index}`, severity, range: "<=1.0.0" },
      ]),
    ),
    metadata: { vulnerabilities: {}, dependencies: { prod: 150, dev: 0, total: 150 } },
  });
}

it("takes a report without weaknesses, and one whose weaknesses are moderate at most", () => {
  expect(judgeAudit(report())).toEqual({ verdict: "good", says: "Weaknesses known of 150 packages: none." });
  expect(judgeAudit(report("low", "moderate"))).toMatchObject({
    verdict: "good",
    says: expect.stringContaining("2, none of them high"),
  });
});

it("refuses a high or a critical weakness, and names the package", () => {
  expect(judgeAudit(report("low", "high"))).toEqual({
    verdict: "bad",
    says: "Weaknesses are known of packages that are shipped:\n  high: package-1 <=1.0.0",
  });
  expect(judgeAudit(report("critical")).verdict).toBe("bad");
});

it("does not take the refusal of a registry, or anything else, for a good report", () => {
  const refusal = JSON.stringify({
    message: "405 Method Not Allowed - POST https://registry.test/-/npm/v1",
    error: { summary: "" },
  });
  expect(judgeAudit(refusal)).toEqual({
    verdict: "unknown",
    says: "the registry could not be asked about known weaknesses: 405 Method Not Allowed - POST the registry",
  });
  for (const other of ["", "<html>", "{}", "[]", '{"vulnerabilities":{}}'])
    expect(judgeAudit(other).verdict).toBe("unknown");
});
