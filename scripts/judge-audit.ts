import { z } from "zod";

const reportSchema = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string().catch("") })),
  metadata: z.object({ dependencies: z.object({ total: z.number() }) }),
});
const refusalSchema = z.object({ error: z.object({ summary: z.string().catch("") }), message: z.string().catch("") });

export interface Judged {
  /** `bad`: weaknesses that are high or critical are known. `unknown`: the registry could not be asked. */
  readonly verdict: "good" | "bad" | "unknown";
  readonly says: string;
}

/** What a report of `npm audit --json` means. Whatever is none is `unknown`. */
export function judgeAudit(printed: string): Judged {
  const json = readJson(printed);
  const report = reportSchema.safeParse(json);
  if (!report.success) {
    const refusal = refusalSchema.safeParse(json).data;
    const why = refusal?.message || refusal?.error.summary || "npm printed no report";
    return { verdict: "unknown", says: `the registry could not be asked about known weaknesses: ${firstLine(why)}` };
  }
  const found = Object.entries(report.data.vulnerabilities);
  const grave = found.filter(([, { severity }]) => severity === "high" || severity === "critical");
  if (grave.length > 0) {
    const lines = grave.map(([name, { severity, range }]) => `  ${severity}: ${name} ${range}`.trimEnd());
    return { verdict: "bad", says: ["Weaknesses are known of packages that are shipped:", ...lines].join("\n") };
  }
  const lesser = found.length === 0 ? "none" : `${found.length}, none of them high`;
  return {
    verdict: "good",
    says: `Weaknesses known of ${report.data.metadata.dependencies.total} packages: ${lesser}.`,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replaceAll(/https?:\/\/\S+/g, "the registry").slice(0, 200);
}
