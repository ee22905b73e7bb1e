import { createRequire } from "node:module";
import type { ApiFilters, Fold, Runtime } from "../src/fleet/index.ts";
import { type Figure, figure } from "./figures.ts";
import { startSimulated } from "./simulated.ts";
import { createStream } from "./stream.ts";

const runtimes = 100_000;
const megabyte = 1024 * 1024;

interface Pass {
  readonly calls: number;
  readonly rows: number;
  readonly milliseconds: number;
  /** Most memory over what the process had before the scan, bytes. */
  readonly memory: number;
}

/** Scans of 100,000 runtimes: in full, and of the 1% at risk; beside a bare loop over the SDK that keeps nothing. */
export async function measureScans(): Promise<readonly Figure[]> {
  const simulated = await startSimulated(runtimes, "--risk-rate", "0.01");
  const bare = await bareLoop(simulated.endpoint, 100);
  const whole = await scan(simulated.endpoint, {});
  const risky = await scan(simulated.endpoint, { IncludeRiskInfo: "true", HasRisk: "true" });
  await simulated.stop();
  return [
    // One page more than rows of a hundred, as each of the two providers has a last page of its own.
    figure(`calls for a full scan of ${whole.rows} runtimes`, whole.calls, Math.ceil(whole.rows / 100) + 1, ""),
    figure("memory over idle during the full scan", whole.memory / megabyte, 64, " MB"),
    figure(
      `calls for a scan of the ${risky.rows} at risk among them`,
      risky.calls,
      Math.ceil(risky.rows / 100) + 1,
      "",
    ),
    figure(
      "time of a page in the full scan, in times of a bare loop over the SDK",
      whole.milliseconds / whole.calls / (bare / 100),
      2,
      " ×",
    ),
  ];
}

function countRisks(): Fold<number> {
  let count = 0;
  return {
    row(runtime: Runtime) {
      count += (runtime.risks?.length ?? 0) > 0 ? 1 : 0;
    },
    result: () => count,
  };
}

async function scan(endpoint: string, filters: ApiFilters): Promise<Pass> {
  const stream = createStream(endpoint);
  await stream.start();
  const signal = AbortSignal.timeout(600_000);
  const idle = settledMemory();
  let most = idle;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const started = performance.now();
  let [calls, rows] = [0, 0];
  for (const provider of ["OpenClaw", "HermesAgent"]) {
    const outcome = await stream.scan({ provider, filters }, countRisks, { urgency: "scan", signal });
    if (!outcome.ok || !outcome.value.complete) {
      throw new Error(`The scan of ${provider} failed.`);
    }
    calls += outcome.value.calls;
    rows += outcome.value.rows;
  }
  const milliseconds = performance.now() - started;
  clearInterval(timer);
  await stream.stop();
  return { calls, rows, milliseconds, memory: most - idle };
}

function settledMemory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** The same requests through the SDK alone; milliseconds for all pages. */
async function bareLoop(endpoint: string, pages: number): Promise<number> {
  const sdk = createRequire(import.meta.url)("@alicloud/openapi-client");
  const client = new sdk.default(
    new sdk.Config({ accessKeyId: "simulator", accessKeySecret: "simulator", endpoint, protocol: "HTTP" }),
  );
  const parameters = new sdk.Params({
    action: "ListDesktopAgentRuntime",
    version: "2021-09-01",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const started = performance.now();
  for (let page = 1; page <= pages; page += 1) {
    const query = { AgentProvider: "OpenClaw", PageNumber: String(page), PageSize: "100" };
    await client.callApi(parameters, new sdk.OpenApiRequest({ query }), { readTimeout: 30_000 });
  }
  return performance.now() - started;
}
