import { createRequire } from "node:module";
import type { ApiFilters, Fold, Runtime } from "../src/fleet/index.ts";
import type { Plan } from "./plan.ts";
import { type Figure, figure, type Result, round } from "./result.ts";
import { startSimulated } from "./simulated.ts";
import { thousands } from "./standings.ts";
import { createStream } from "./stream.ts";

const megabyte = 1024 * 1024;

/** Pages of the bare loop. */
const barePages = 100;

interface Pass {
  readonly calls: number;
  readonly rows: number;
  readonly milliseconds: number;
  /** Most memory over what the process had before the scan, bytes. */
  readonly memory: number;
}

/** Both ways to read one fleet. */
interface Scanned {
  readonly runtimes: number;
  readonly whole: Pass;
  readonly risky: Pass;
  /** Milliseconds of a page of the same size through the SDK alone. */
  readonly bare: number;
}

/** Scans of fleets in full, and of the 1% at risk; beside a bare loop over the SDK that keeps nothing. */
export async function measureScans({ fleets }: Plan): Promise<Result> {
  const all: Scanned[] = [];
  for (const runtimes of fleets) all.push(await scanFleet(runtimes));
  const [largest] = all;
  const rising = all.toReversed();
  const fleetOf = ({ runtimes }: Scanned) => `${thousands(runtimes)} runtimes`;
  return {
    figures: largest === undefined ? [] : figuresOf(largest),
    tables: [
      {
        title: "Scans without a pace; memory is the most over what the process had before:",
        columns: ["", "calls", "rows", "seconds", "memory over idle"],
        rows: rising.flatMap((scanned) => [
          [`${fleetOf(scanned)}, in full`, ...cellsOf(scanned.whole)],
          [`${fleetOf(scanned)}, those at risk`, ...cellsOf(scanned.risky)],
        ]),
      },
    ],
    charts: [
      {
        name: "scans-memory",
        title: "Memory over idle during a scan",
        unit: "MB, less is better",
        series: ["in full", "those at risk"],
        rows: rising.map((scanned) => ({
          label: fleetOf(scanned),
          values: [scanned.whole.memory / megabyte, scanned.risky.memory / megabyte],
        })),
      },
    ],
  };
}

function cellsOf({ calls, rows, milliseconds, memory }: Pass): readonly string[] {
  return [thousands(calls), thousands(rows), round(milliseconds / 1_000), `${round(memory / megabyte)} MB`];
}

function figuresOf({ runtimes, whole, risky, bare }: Scanned): readonly Figure[] {
  // One page more than rows of a hundred, as each of the two providers has a last page of its own.
  const pagesOf = ({ rows }: Pass) => Math.ceil(rows / 100) + 1;
  return [
    figure(`calls for a full scan of ${thousands(runtimes)} runtimes`, whole.calls, pagesOf(whole), ""),
    figure("memory over idle during the full scan", whole.memory / megabyte, 64, " MB"),
    figure(`calls for a scan of the ${thousands(risky.rows)} at risk among them`, risky.calls, pagesOf(risky), ""),
    figure("memory over idle during that scan", risky.memory / megabyte, 8, " MB"),
    figure(
      "time of a page in the full scan, in times of a bare loop over the SDK",
      whole.milliseconds / whole.calls / bare,
      2,
      " ×",
    ),
  ];
}

async function scanFleet(runtimes: number): Promise<Scanned> {
  const simulated = await startSimulated(runtimes, "--risk-rate", "0.01");
  try {
    const bare = (await bareLoop(simulated.endpoint)) / barePages;
    const whole = await scan(simulated.endpoint, {});
    const risky = await scan(simulated.endpoint, { IncludeRiskInfo: "true", HasRisk: "true" });
    return { runtimes, whole, risky, bare };
  } finally {
    await simulated.stop();
  }
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
  try {
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
    return { calls, rows, milliseconds: performance.now() - started, memory: most - idle };
  } finally {
    clearInterval(timer);
    await stream.stop();
  }
}

function settledMemory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** The same requests through the SDK alone; milliseconds for all pages. Pages beyond the last one are empty. */
async function bareLoop(endpoint: string): Promise<number> {
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
  for (let page = 1; page <= barePages; page += 1) {
    const query = { AgentProvider: "OpenClaw", PageNumber: String(page), PageSize: "100" };
    await client.callApi(parameters, new sdk.OpenApiRequest({ query }), { readTimeout: 30_000 });
  }
  return performance.now() - started;
}
